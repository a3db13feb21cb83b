/**
 * Async generators: the span covers the iteration, whichever way it ends, and steps are answered in their order.
 */
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';
import { Steps } from '../support/steps.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('async: iterated, left early, thrown into', async () => {
  const steps = new Steps();
  const seen: number[] = [];
  for await (const n of steps.later(2)) seen.push(n);
  for await (const n of steps.later(5)) if (n === 2) break;
  const thrown = steps.later(5);
  await thrown.next();
  await expect(thrown.throw(new RangeError('thrown in'))).rejects.toThrow('thrown in');
  expect(await thrown.next()).toEqual({ done: true, value: undefined });
  expect(seen).toEqual([1, 2]);
  expect(steps.log).toEqual([undefined, undefined, 'cleaned', undefined, 'cleaned', 'cleaned']);
  expect(await recorded.trees()).toEqual([
    span('Steps.later'),
    span('Steps.later'),
    failedSpan('Steps.later', { type: 'RangeError', message: 'thrown in' }),
  ]);
  expect(await recorded.points('generators.async.count')).toEqual([
    [{ 'error.type': 'RangeError' }, 1],
    [{}, 2],
  ]);
});

test('async: steps asked for all at once are answered in their order', async () => {
  const steps = new Steps();
  const iteration = steps.later(2);
  const results = await Promise.all([
    iteration.next('ignored'),
    iteration.next('a'),
    iteration.next('b'),
    iteration.next('c'),
  ]);
  expect(results).toEqual([
    { done: false, value: 1 },
    { done: false, value: 2 },
    { done: true, value: 'done' },
    { done: true, value: undefined },
  ]);
  expect(steps.log).toEqual(['a', 'b', 'cleaned']);
  expect(await recorded.trees()).toEqual([span('Steps.later')]);
  expect(await recorded.points('generators.async.count')).toEqual([[{}, 1]]);

  // All that is still asked for after the end is answered by the language, and counts no more.
  const broken = steps.later(2);
  await broken.next();
  const asked = [broken.throw(new RangeError('first')), broken.throw(new TypeError('second')), broken.next()];
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(await recorded.points('generators.async.count')).toEqual([
    [{ 'error.type': 'RangeError' }, 1],
    [{}, 1],
  ]);
});
