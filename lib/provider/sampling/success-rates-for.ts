/**
 * From the settings to the share of successful traces that is kept, over time: one number where nothing changes it, else governed by
 * load and limits. Errors, slow traces and rules are decided elsewhere: none of this ever thins them.
 */
import type { SuccessRates } from '../../recorder/success-rates.js';
import type { ResolvedSampling } from '../settings/resolve-sampling.js';
import { AdaptiveRate } from './adaptive-rate.js';
import { GovernedRates } from './governed-rates.js';
import { loadOfProcess } from './load-of-process.js';
import { shareFrom } from './share-from.js';

/** The share of successful traces, and what `health()` tells of it. */
export interface ChangingRates extends SuccessRates {
  /** From here on it follows load and demand by itself; it does not keep the process alive. */
  start(): void;
  stop(): void;
  /** Smoothed, 0 to 1; only with `adaptive`. */
  readonly load: number | undefined;
  /** The share of successful traces kept now, at a site that is within its own limit. */
  readonly rate: number;
  /** The same by load alone, so that it can be told what thinned a trace: load, or a limit. */
  readonly rateByLoad: number;
}

export interface RateSources {
  /** How full the buffer is, 0 to 1. */
  readonly fill: () => number;
  /** Milliseconds since some beginning. Default `performance.now()`: load and limits are matters of the real time. */
  readonly now?: () => number;
  /** What this process had to do since the last call, 0 to 1. */
  readonly measure?: () => number;
}

export type RateOptions = Pick<ResolvedSampling, 'success' | 'adaptive' | 'maxSpansPerSecond' | 'perSite'>;

/** Nothing of it runs before `start()`. */
export function successRatesFor(options: RateOptions, sources: RateSources): ChangingRates {
  const { success: base, adaptive, maxSpansPerSecond: perSecond, perSite } = options;
  if (adaptive === undefined && perSecond === undefined && perSite === undefined) return fixed(base);
  const { now = () => performance.now() } = sources;
  return new GovernedRates({
    base,
    adaptive: adaptive && new AdaptiveRate(base, adaptive),
    perSecond,
    perSite,
    measure: adaptive === undefined ? () => 0 : loadBy(adaptive.load, sources),
    now,
  });
}

function loadBy(users: (() => number) | undefined, { fill, measure = loadOfProcess() }: RateSources): () => number {
  const ours = (): number => Math.min(1, Math.max(0, measure(), fill()));
  if (users === undefined) return ours;
  // Ours is read each time: what it gives is about the time since its last reading.
  return () => shareFrom('sampling.adaptive.load', users, ours());
}

function fixed(rate: number): ChangingRates {
  return {
    at: () => rate,
    admits: () => true,
    offered: () => {},
    start: () => {},
    stop: () => {},
    load: undefined,
    rate,
    rateByLoad: rate,
  };
}
