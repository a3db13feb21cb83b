/**
 * A real program under a load that goes up and down: the share of successful traces follows, and comes back. Margins are wide: what
 * else the machine does is a load, too.
 */
import { type RampSample, rampBase, rampEndMs, rampTop } from './ramp/ramp-plan.js';
import { rampSamples } from './ramp/ramp-run.js';

let samples: RampSample[];

beforeAll(async () => {
  samples = await rampSamples();
}, 70_000);

const between = (fromMs: number, toMs: number): RampSample[] => samples.filter(({ ms }) => ms >= fromMs && ms < toMs);

test('it ran to its end, with a sample every quarter of a second', () => {
  expect(samples.length).toBeGreaterThan((rampEndMs / 250) * 0.8);
});

test('at the top it is seen as busy, and keeps less than half of what it kept', () => {
  // The load is smoothed: it is looked at where it has had the time to show.
  const top = between(rampTop.fromMs + 2000, rampTop.toMs);
  expect(top.length).toBeGreaterThan(0);
  expect(Math.min(...top.map(({ load }) => load))).toBeGreaterThan(0.8);
  expect(Math.max(...top.map(({ rate }) => rate))).toBeLessThan(rampBase / 2);
  expect(Math.min(...top.map(({ rate }) => rate))).toBeGreaterThanOrEqual(0);
});

test('before it kept all of its share, and after it does again', () => {
  expect(new Set(between(1000, 3000).map(({ rate }) => rate))).toEqual(new Set([rampBase]));
  expect(samples.at(-1)?.load).toBeLessThan(0.5);
  expect(samples.at(-1)?.rate).toBeGreaterThan(rampBase * 0.9);
});

test('on its way back it goes by small steps', () => {
  const steps = samples.map(({ rate }, at) => rate - (samples[at - 1]?.rate ?? rampBase));
  expect(Math.max(...steps)).toBeLessThan(rampBase / 4);
});
