/**
 * Which successes are kept: a share of them that is always the same, or one that follows load and limits.
 */
import type { LocalTrace } from './local-trace.js';
import { RejectionThreshold } from './rejection-threshold.js';
import type { LetGo } from './sampling-counts.js';
import type { SuccessRates } from './success-rates.js';

/** Shares whose thresholds are kept ready: to make one takes a microsecond. */
const thresholdsAtMost = 1_000;

/** Stands for the places of traces that have none. */
const nowhere = {};

export class SuccessShare {
  /** Where nothing is taken from it. */
  readonly base: RejectionThreshold;
  readonly #rates: SuccessRates | undefined;
  /** Those of the shares that `rates` gave lately: a few, which change now and then. */
  readonly #thresholds = new Map<number, RejectionThreshold>();

  constructor(success: number, rates: SuccessRates | undefined) {
    this.base = new RejectionThreshold(success);
    this.#rates = rates;
  }

  /** Whether it is not always the same. */
  get changes(): boolean {
    return this.#rates !== undefined;
  }

  /** The share for a trace that begins at a site now. */
  at(site: object): RejectionThreshold {
    const share = this.#rates?.at(site);
    if (share === undefined) return this.base;
    const known = this.#thresholds.get(share);
    if (known !== undefined) return known;
    if (this.#thresholds.size >= thresholdsAtMost) this.#thresholds.clear();
    const threshold = new RejectionThreshold(share);
    this.#thresholds.set(share, threshold);
    return threshold;
  }

  /** Why a trace is let go that nothing speaks for. */
  reasonAgainst(trace: LocalTrace, spans: number): keyof LetGo {
    const rates = this.#rates;
    if (rates === undefined || (trace.undecided?.origin ?? 'here') !== 'here') return 'sampled';
    if (!trace.isWithin(this.base)) return 'sampled';
    rates.offered(trace.undecided?.site ?? nowhere, spans);
    return 'thinned';
  }

  /** Whether there is room for a trace that only success keeps. */
  admits(trace: LocalTrace, spans: number): boolean {
    const rates = this.#rates;
    if (rates === undefined) return true;
    const site = trace.undecided?.site ?? nowhere;
    rates.offered(site, spans);
    return rates.admits(site, spans);
  }
}
