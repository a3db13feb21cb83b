/**
 * Where a call site keeps what it found: by the values that led there, as a map of JavaScript tells them apart.
 */
import * as fc from 'fast-check';
import { Place } from '../../lib/advice/series-places.js';

/** As a map of JavaScript tells values apart, and lists by what is in them. */
const keyIn = (given: unknown): unknown => (Array.isArray(given) ? `list ${JSON.stringify(given)}` : given);

test('a place finds what was kept there, and nothing of its neighbours', () => {
  const held = fc.oneof(
    fc.constantFrom<never>(
      ...([undefined, Number.NaN, 0, -0, '0', true, 'true', ['0'], [0], '["0"]', [true]] as never[]),
    ),
    fc.integer({ min: 0, max: 9 }) as fc.Arbitrary<never>,
  );
  const step = fc.record({
    values: fc.array(held, { minLength: 1, maxLength: 2 }),
    failure: fc.option(fc.constantFrom('A', 'B')),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const start = new Place<number>(undefined, undefined);
      const kept = new Map<unknown, Map<unknown, Map<string | null, number>>>();
      // One entered before and kept only after, as of calls that overlap.
      const overlapping = start.after(undefined);
      for (const [i, { values, failure }] of steps.entries()) {
        const [first, second] = [keyIn(values[0]), values.length < 2 ? 'no second' : keyIn(values[1])];
        const place = values.reduce((on, one) => on.after(one), start);
        expect(place.values()).toHaveLength(values.length);
        const level = kept.get(first) ?? new Map<unknown, Map<string | null, number>>();
        const found = level.get(second) ?? new Map<string | null, number>();
        expect(failure === null ? place.success : place.failure(failure)).toBe(found.get(failure));
        if (failure === null) place.keepSuccess(i);
        else place.keepFailure(failure, i);
        kept.set(first, level.set(second, found.set(failure, i)));
      }
      expect(overlapping.values()).toEqual([undefined]);
    }),
    { seed: 9, numRuns: 400 },
  );
});

test('calls that overlap take one place for a value, not one each', () => {
  const start = new Place<string>(undefined, undefined);
  const entered = Array.from({ length: 6 }, () => start.after('same'));
  for (const place of entered) place.keepSuccess('found');
  const last = start.after('same');
  expect(last.success).toBe('found');
  for (const other of ['b', 'c', 'd', 'e', 'f']) start.after(other).keepSuccess(other);
  for (const other of ['b', 'c', 'd', 'e', 'f']) expect(start.after(other).success).toBe(other);
  expect(last).toBe(entered.at(-1));
});
