/**
 * Limits on spans a second, over demands of any kind in a time of their own: never more than the limit in any window, as much as the
 * limit where there is more than that, every site its own part, and shares by which what was there can be told.
 */
import fc from 'fast-check';
import { type Demand, type Passed, spansOf, VirtualProcess } from './virtual-process.js';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['performance', 'Date'] });
});

afterEach(() => {
  jest.useRealTimers();
});

const sites = [{}, {}, {}];
const site = sites[0] as object;

/** Stretches of a demand that jumps: quiet, busy and flooded, with traces of one size to many. */
const stretch = fc.record({
  ms: fc.integer({ min: 1, max: 3000 }),
  demands: fc.array(
    fc.record({
      site: fc.constantFrom(...sites),
      perSecond: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 2000 })),
      spans: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.integer({ min: 1, max: 100 })),
    }),
    { maxLength: 3 },
  ),
});
const pattern = fc.array(stretch, { minLength: 1, maxLength: 6 });
const seed = fc.integer();
/** So that there are traces enough for a sum of few, rare ones not to be all chance. */
const enough = fc.integer({ min: 200, max: 2000 });
const limit = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 1000 }));

/** By how many spans the fullest of all windows is over so many a second. */
function mostAbove(perSecond: number, traces: readonly Passed[]): number {
  let [sum, least, most] = [0, Number.POSITIVE_INFINITY, 0];
  for (const { at, spans } of traces) {
    const allowed = (perSecond * at) / 1000;
    least = Math.min(least, sum - allowed);
    sum += spans;
    most = Math.max(most, sum - allowed - least);
  }
  return most;
}

function followed(process: VirtualProcess, stretches: readonly { ms: number; demands: readonly Demand[] }[]): void {
  process.rates.start();
  for (const { ms, demands } of stretches) process.pass(ms, ...demands);
  process.rates.stop();
}

describe('whatever the demand', () => {
  const rounding = 1e-6;
  /** What may come at once: what the bucket holds, or one trace that is larger. */
  const atOnce = (perSecond: number, traces: readonly Passed[]): number =>
    Math.max(perSecond, ...traces.map(({ spans }) => spans)) + rounding;

  test('no window of the process has more spans than the limit and one second’s worth', () => {
    fc.assert(
      fc.property(pattern, limit, seed, (stretches, maxSpansPerSecond, chance) => {
        const process = new VirtualProcess({ maxSpansPerSecond }, chance);
        followed(process, stretches);
        expect(mostAbove(maxSpansPerSecond, process.kept)).toBeLessThanOrEqual(atOnce(maxSpansPerSecond, process.kept));
      }),
      { numRuns: 40, seed: 73 },
    );
  });

  test('nor has one of a site, where both are limited', () => {
    fc.assert(
      fc.property(pattern, limit, limit, seed, (stretches, maxSpansPerSecond, perSite, chance) => {
        const process = new VirtualProcess({ maxSpansPerSecond, perSite, success: 0.5 }, chance);
        followed(process, stretches);
        expect(mostAbove(maxSpansPerSecond, process.kept)).toBeLessThanOrEqual(atOnce(maxSpansPerSecond, process.kept));
        for (const one of sites) {
          const own = process.kept.filter((trace) => trace.site === one);
          expect(mostAbove(perSite, own)).toBeLessThanOrEqual(atOnce(perSite, own));
        }
      }),
      { numRuns: 40, seed: 74 },
    );
  });

  test('the shares tell how many traces there were: the sum of their inverses is right within chance', () => {
    fc.assert(
      fc.property(pattern, enough, enough, seed, (stretches, maxSpansPerSecond, perSite, chance) => {
        const process = new VirtualProcess({ maxSpansPerSecond, perSite, success: 0.5 }, chance);
        const arrived: Passed[] = [];
        const { at } = process.rates;
        process.rates.at = (place) => {
          const rate = at.call(process.rates, place);
          arrived.push({ at: process.now, site: place, spans: 0, rate });
          return rate;
        };
        followed(process, stretches);
        const told = process.chosen.reduce((sum, { rate }) => sum + 1 / rate, 0);
        const deviation = Math.sqrt(arrived.reduce((sum, { rate }) => sum + (1 - rate) / rate, 0));
        expect(Math.abs(told - arrived.length)).toBeLessThanOrEqual(4 * deviation);
      }),
      { numRuns: 40, seed: 75 },
    );
  });

  test('no share is more than the base, or less than what the limits need', () => {
    fc.assert(
      fc.property(pattern, limit, seed, (stretches, maxSpansPerSecond, chance) => {
        const process = new VirtualProcess({ maxSpansPerSecond, success: 0.3 }, chance);
        followed(process, stretches);
        const largest = Math.max(0, ...stretches.flatMap(({ demands }) => demands.map(({ spans }) => spans)));
        // Every demand there was at its greatest, all in one round.
        const least = (0.3 * 0.9 * maxSpansPerSecond) / (3 * 2000 * largest + maxSpansPerSecond) / 2;
        const rates = process.offered.map(({ rate }) => rate);
        expect(Math.max(0, ...rates)).toBeLessThanOrEqual(0.3);
        expect(Math.min(0.3, ...rates)).toBeGreaterThan(least);
      }),
      { numRuns: 20, seed: 76 },
    );
  });
});

test('a demand that stays above the limit is kept at the limit, within a tenth', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 300 }),
      fc.double({ min: 1.1, max: 15, noNaN: true }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(1, 0.2),
      seed,
      (maxSpansPerSecond, times, spans, success, chance) => {
        const process = new VirtualProcess({ maxSpansPerSecond, success }, chance);
        const demand = { site, spans, perSecond: (maxSpansPerSecond * times) / spans / success };
        process.rates.start();
        process.pass(8000, demand);
        process.forget();
        process.pass(20_000, demand);
        process.rates.stop();
        const perSecond = spansOf(process.kept) / 20;
        expect(perSecond).toBeGreaterThan(0.9 * maxSpansPerSecond);
        expect(perSecond).toBeLessThanOrEqual(1.051 * maxSpansPerSecond);
        // It is the share that does it: the bucket is for what the share has not caught up with.
        expect(spansOf(process.chosen) / 20).toBeLessThan(1.1 * maxSpansPerSecond);
      },
    ),
    { numRuns: 12, seed: 77 },
  );
});

describe('where the demand jumps', () => {
  test('the share follows within a few seconds, down and up', () => {
    const process = new VirtualProcess({ maxSpansPerSecond: 100 });
    process.rates.start();
    process.pass(5000, { site, spans: 1, perSecond: 50 });
    expect(process.rates.rate).toBe(1);
    process.pass(8000, { site, spans: 1, perSecond: 1000 });
    expect(process.rates.rate).toBeCloseTo(0.095, 2);
    process.pass(14_000, { site, spans: 1, perSecond: 50 });
    expect(process.rates.rate).toBe(1);
    process.rates.stop();
  });

  test('a program that runs no timers is thinned as well', () => {
    const process = new VirtualProcess({ maxSpansPerSecond: 100 });
    process.rates.start();
    for (let trace = 0; trace < 20_000; trace += 1) {
      process.block(1);
      process.rates.at(site);
      process.rates.offered(site, 1);
    }
    expect(process.rates.at(site)).toBeCloseTo(0.095, 3);
    process.rates.stop();
  });
});

describe('perSite', () => {
  const [hot, small] = [{}, {}];

  test('a site with little to say keeps all of it beside a hot one', () => {
    const process = new VirtualProcess({ perSite: 50, maxSpansPerSecond: 90 });
    process.rates.start();
    process.pass(20_000, { site: hot, spans: 1, perSecond: 3000 }, { site: small, spans: 2, perSecond: 10 });
    process.rates.stop();
    const of = (traces: readonly Passed[], one: object): number => traces.filter((trace) => trace.site === one).length;
    expect(of(process.offered, small)).toBeGreaterThan(100);
    expect(of(process.kept, small)).toBe(of(process.offered, small));
    expect(of(process.kept, hot)).toBeLessThanOrEqual(50 * 20 + 50);
    expect(of(process.kept, hot)).toBeGreaterThan(50 * 20 * 0.9);
  });

  test('without it the hot one crowds it out: what the setting is for', () => {
    const process = new VirtualProcess({ maxSpansPerSecond: 90 });
    process.rates.start();
    process.pass(20_000, { site: hot, spans: 1, perSecond: 3000 }, { site: small, spans: 2, perSecond: 10 });
    process.rates.stop();
    expect(process.kept.filter((trace) => trace.site === small).length).toBeLessThan(40);
  });

  test('a site that was hot and has been quiet since begins with its whole share', () => {
    const process = new VirtualProcess({ perSite: 50 });
    process.rates.start();
    process.pass(10_000, { site: hot, spans: 1, perSecond: 1000 });
    expect(process.rates.at(hot)).toBeLessThan(0.1);
    process.pass(20_000, { site: small, spans: 1, perSecond: 1 });
    expect(process.rates.at(hot)).toBe(1);
    process.rates.stop();
  });
});

test('a trace that one limit has no room for is not charged to the other', () => {
  const process = new VirtualProcess({ maxSpansPerSecond: 10, perSite: 4 });
  const { rates } = process;
  const [first, second] = [{}, {}];
  expect(rates.admits(first, 4)).toBe(true);
  // The site is full; the whole has six left, which the refused ones must not have taken.
  for (let again = 0; again < 5; again += 1) expect(rates.admits(first, 3)).toBe(false);
  expect(rates.admits(second, 4)).toBe(true);
  expect(rates.admits({}, 2)).toBe(true);
  expect(rates.admits({}, 1)).toBe(false);
});

test('a trace larger than the limit goes through now and then: the average holds', () => {
  const process = new VirtualProcess({ maxSpansPerSecond: 10 });
  let kept = 0;
  for (let second = 0; second < 100; second += 1) {
    if (process.rates.admits(site, 50)) kept += 1;
    process.block(1000);
  }
  expect(kept).toBe(20);
});

test('where nothing changes the share it is one number, for good', () => {
  const process = new VirtualProcess({ success: 0.25 });
  process.rates.start();
  process.load = 1;
  process.pass(5000, { site, spans: 10, perSecond: 500 });
  process.rates.stop();
  expect(new Set(process.offered.map(({ rate }) => rate))).toEqual(new Set([0.25]));
  expect(process.kept).toHaveLength(process.offered.length);
  expect([process.rates.rate, process.rates.rateByLoad, process.rates.load]).toEqual([0.25, 0.25, undefined]);
  expect(jest.getTimerCount()).toBe(0);
});
