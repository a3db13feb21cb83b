/**
 * Each set of values that calls bring is counted for itself, exactly, whatever the values are and in whatever order they come.
 */
import * as fc from 'fast-check';
import { Counted, call, Timed } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

const scalars = [undefined, true, false, 'true', 'false', 0, -0, '0', 1, '1', 1.5, '', 'undefined', 'null', null];
const lists = [[], ['1'], [1], ['["1"]'], [true], ['true'], [1, 2], ['1', '2'], [''], [null]];
const others = [
  Number.NaN,
  'NaN',
  Number.POSITIVE_INFINITY,
  'Infinity',
  2 ** 63,
  '9223372036854776000',
  1n,
  '[1]',
  '["1"]',
];

const value = fc.oneof(
  fc.constantFrom<unknown>(...scalars, ...lists, ...others),
  fc.integer({ min: 0, max: 12 }),
  fc.string({ maxLength: 2 }),
);

/** As attributes are told apart: what is left out is not there, minus zero is zero, and what can't be sent is text. */
function told(given: unknown): unknown {
  if (given === null || given === undefined) return undefined;
  if (typeof given === 'bigint') return Number(given);
  if (typeof given === 'number' && (!Number.isFinite(given) || given >= 2 ** 63)) return String(given);
  return Object.is(given, -0) ? 0 : given;
}

const keyOf = (a: unknown, b: unknown, failed: boolean): string => JSON.stringify([told(a), told(b), failed]);

class Shop {
  @Counted('places.count', { attributes: { a: call.arg(0), b: call.arg(1) } })
  @Timed('places.time', { attributes: { a: call.arg(0), b: call.arg(1) } })
  async sell(_a: unknown, _b: unknown, fails: boolean, wait: Promise<void>): Promise<void> {
    await wait;
    if (fails) throw new RangeError('sold out');
  }
}

test('random values, one call after the other and many at once: as a map counts them', async () => {
  const sale = fc.record({ a: value, b: value, fails: fc.boolean(), waits: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(sale, { minLength: 1, maxLength: 60 }), async (sales) => {
      recorded.start();
      try {
        const shop = new Shop();
        const expected = new Map<string, number>();
        let open: (() => void) | undefined;
        const gate = new Promise<void>((done) => {
          open = done;
        });
        const running: Promise<unknown>[] = [];
        for (const { a, b, fails, waits } of sales) {
          const key = keyOf(a, b, fails);
          expected.set(key, (expected.get(key) ?? 0) + 1);
          const sold = shop.sell(a, b, fails, waits ? gate : Promise.resolve()).catch(() => undefined);
          if (waits) running.push(sold);
          else await sold;
        }
        open?.();
        await Promise.all(running);
        for (const metric of ['places.count', 'places.time']) {
          const points = await recorded.points(metric);
          const counted = points.map(([{ a, b, 'error.type': type }, count]) => [
            keyOf(a, b, type !== undefined),
            count,
          ]);
          expect(counted).toHaveLength(expected.size);
          expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(expected));
        }
      } finally {
        await recorded.stop();
      }
    }),
    { seed: 3, numRuns: 120 },
  );
});
