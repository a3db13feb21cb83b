/**
 * The share of successful traces that the load leaves: all of the base below a threshold, fewer above it. It falls as the load rises,
 * and comes back slowly, and later than it fell: a program that is quicker for being observed less would otherwise swing to and fro.
 */
import type { AdaptiveSettings } from '../settings/sampling-settings.js';
import { shareFrom } from './share-from.js';

/** A change of the load is seen for two thirds after so long. */
const smoothedMs = 1000;

/** So far below the threshold the load must come before the share goes up to its base; half of a threshold that is lower than twice that. */
const recoveryGap = 0.1;

/** From none to its base the share takes so long. */
const recoveryMs = 5000;

/** Of a longer time (the process slept, or was not asked) no more than this counts for the way back. */
const stepAtMostMs = 1000;

const byDefault = (base: number, load: number): number => base * (1 - load);

export class AdaptiveRate {
  readonly #base: number;
  readonly #threshold: number;
  readonly #recovered: number;
  readonly #rule: NonNullable<AdaptiveSettings['rate']>;
  #isThinning = false;
  #load = 0;
  #rate: number;

  constructor(base: number, { threshold = 0.7, rate = byDefault }: AdaptiveSettings) {
    this.#base = base;
    this.#threshold = threshold;
    this.#recovered = Math.max(threshold - recoveryGap, threshold / 2);
    this.#rule = rate;
    this.#rate = base;
  }

  /** Smoothed, 0 to 1. */
  get load(): number {
    return this.#load;
  }

  /** The share now, 0 to the base. */
  get rate(): number {
    return this.#rate;
  }

  /** The load was so much in the time that has gone by since the last call. */
  pass(ms: number, load: number): void {
    const left = Math.exp(-ms / smoothedMs);
    this.#load = this.#load * left + load * (1 - left);
    if (this.#load > this.#threshold) this.#isThinning = true;
    else if (this.#load < this.#recovered) this.#isThinning = false;
    const right = this.#isThinning ? this.#underLoad() : this.#base;
    const reached = this.#rate + (this.#base * Math.min(ms, stepAtMostMs)) / recoveryMs;
    this.#rate = Math.min(right, reached);
  }

  #underLoad(): number {
    const load = this.#load;
    const otherwise = byDefault(this.#base, load);
    const rate = shareFrom('sampling.adaptive.rate', () => this.#rule(this.#base, load), otherwise);
    return Math.min(this.#base, rate);
  }
}
