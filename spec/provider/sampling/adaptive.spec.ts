/**
 * The share of successful traces follows the load, in a time of its own: down at once, back slowly, without swinging to and fro; and
 * what the user puts in the place of either can do no harm.
 */
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import fc from 'fast-check';
import { reported, restartReports } from '../../../lib/faults/report.js';
import type { AdaptiveSettings } from '../../../lib/provider/settings/sampling-settings.js';
import { isUnobserved } from '../../../lib/provider/unobserved.js';
import { VirtualProcess } from './virtual-process.js';

const roundMs = 250;
const site = {};
const base = 0.5;
let told: string[] = [];
let process: VirtualProcess;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['performance', 'Date'] });
  told = [];
  restartReports((sentence) => told.push(sentence));
});

afterEach(() => {
  process.rates.stop();
  jest.useRealTimers();
  restartReports();
});

function started(adaptive: AdaptiveSettings = {}, success = base): VirtualProcess {
  process = new VirtualProcess({ success, adaptive });
  process.rates.start();
  return process;
}

/** The shares in the rounds of so much time at a load. */
function under(load: number, ms: number): number[] {
  process.load = load;
  return Array.from({ length: ms / roundMs }, () => {
    process.pass(roundMs);
    return process.rates.at(site);
  });
}

describe('the share', () => {
  test('is the base as long as the load is below the threshold', () => {
    started();
    expect(new Set([0, 0.3, 0.69].flatMap((load) => under(load, 5000)))).toEqual(new Set([base]));
  });

  test('is base * (1 - load) above it, within some seconds', () => {
    started();
    for (const load of [0.75, 0.9, 0.98]) {
      under(load, 7000);
      expect(process.rates.load).toBeCloseTo(load, 2);
      expect(process.rates.at(site)).toBeCloseTo(base * (1 - load), 2);
      expect(process.rates.rate).toBe(process.rates.at(site));
      expect(process.rates.rateByLoad).toBe(process.rates.rate);
    }
  });

  test('a peak shorter than half a second does nothing to it', () => {
    started();
    under(0.4, 2000);
    expect(new Set([...under(1, 500), ...under(0.4, 2000)])).toEqual(new Set([base]));
  });

  test('comes back when the load is well below the threshold, and not before', () => {
    started();
    under(0.9, 5000);
    for (const load of [0.69, 0.62]) {
      under(load, 10_000);
      expect(process.rates.at(site)).toBeCloseTo(base * (1 - load), 2);
    }
    under(0.55, 10_000);
    expect(process.rates.at(site)).toBe(base);
  });

  test('a load about the threshold thins once, and does not swing', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.61, max: 0.79, noNaN: true }), { maxLength: 200 }), (loads) => {
        started();
        under(0.7, 5000);
        const thinned = loads.flatMap((load) => under(load, roundMs)).map((rate) => rate < base);
        process.rates.stop();
        const turns = thinned.filter((isThinned, at) => at > 0 && isThinned !== thinned[at - 1]);
        expect(turns.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50, seed: 80 },
    );
  });

  test('whatever the load, it stays between nothing and the base, and rises by small steps', () => {
    const loads = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 20 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(loads, fc.double({ min: 0, max: 1, noNaN: true }), (stretches, threshold) => {
        started({ threshold });
        const rates = stretches.flatMap(([load, rounds]) => under(load, rounds * roundMs));
        process.rates.stop();
        expect(Math.min(0, ...rates)).toBe(0);
        expect(Math.max(base, ...rates)).toBe(base);
        const steps = rates.map((rate, at) => rate - (rates[at - 1] ?? base));
        expect(Math.max(0, ...steps)).toBeLessThanOrEqual((base * roundMs) / 5000 + 1e-9);
      }),
      { numRuns: 50, seed: 81 },
    );
  });

  test('a threshold of 0 always thins by the load; one of 1 never does', () => {
    started({ threshold: 0 });
    under(0.2, 10_000);
    expect(process.rates.at(site)).toBeCloseTo(base * 0.8, 2);
    process.rates.stop();
    started({ threshold: 1 });
    expect(new Set(under(1, 10_000))).toEqual(new Set([base]));
  });

  test('follows in a program that does not let its timers run, as traces begin', () => {
    started();
    process.load = 0.95;
    for (let trace = 0; trace < 20_000; trace += 1) {
      process.block(1);
      process.rates.at(site);
    }
    expect(process.rates.at(site)).toBeCloseTo(base * 0.05, 3);
  });

  test('a buffer that fills up is a load like any other', () => {
    started();
    process.fill = 0.9;
    under(0.1, 6000);
    expect(process.rates.at(site)).toBeCloseTo(base * 0.1, 2);
  });

  test('a limit beside it counts where it asks for less, and not on top of it', () => {
    process = new VirtualProcess({ success: 1, adaptive: {}, maxSpansPerSecond: 100 });
    process.rates.start();
    const demand = { site, spans: 1, perSecond: 400 };
    process.load = 0.9;
    process.pass(10_000, demand);
    expect(process.rates.at(site)).toBeCloseTo(0.1, 2);
    expect([process.rates.rate, process.rates.rateByLoad]).toEqual(Array(2).fill(process.rates.at(site)));
    process.load = 0;
    process.pass(15_000, demand);
    expect(process.rates.rateByLoad).toBe(1);
    expect(process.rates.rate).toBeGreaterThan(0.2);
    expect(process.rates.rate).toBeLessThan(0.28);
  });
});

describe('functions of the user’s', () => {
  test('load and rate stand in the place of ours, and run unobserved', () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const seen: unknown[] = [];
    started({
      threshold: 0.5,
      load: () => {
        seen.push(isUnobserved());
        return 0.8;
      },
      rate: (from, load) => {
        seen.push(isUnobserved());
        return (from * (1 - load)) / 2;
      },
    });
    under(0, 6000);
    context.disable();
    expect(process.rates.load).toBeCloseTo(0.8, 2);
    expect(process.rates.at(site)).toBeCloseTo(base * 0.1, 2);
    expect(new Set(seen)).toEqual(new Set([true]));
    expect(told).toEqual([]);
  });

  test('a rate above the base is the base', () => {
    started({ rate: () => 1 });
    expect(new Set(under(0.9, 3000))).toEqual(new Set([base]));
    expect(told).toEqual([]);
  });

  const broken: [string, () => unknown][] = [
    [
      'threw',
      () => {
        throw new Error('no idea');
      },
    ],
    ['NaN', () => Number.NaN],
    ['less than none', () => -0.1],
    ['more than all', () => 1.1],
    ['nothing', () => undefined],
    ['a text', () => '0.5'],
    ['a promise', () => Promise.resolve(0.5)],
    ['a promise that rejects', () => Promise.reject(new Error('too late'))],
  ];

  test.each(broken)('a load that gives %s: ours counts, and it is told once', async (_what, load) => {
    started({ load: load as () => number });
    under(0.9, 6000);
    expect(process.rates.at(site)).toBeCloseTo(base * 0.1, 2);
    await Promise.resolve();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('SPANDREL_SAMPLING_FAILED: sampling.adaptive.load:');
    expect(reported()).toMatchObject([{ code: 'SPANDREL_SAMPLING_FAILED' }]);
  });

  test.each(broken)('a rate that gives %s: ours counts, and it is told once', async (_what, rate) => {
    started({ rate: rate as () => number });
    under(0.9, 6000);
    expect(process.rates.at(site)).toBeCloseTo(base * 0.1, 2);
    await Promise.resolve();
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('SPANDREL_SAMPLING_FAILED: sampling.adaptive.rate:');
  });
});
