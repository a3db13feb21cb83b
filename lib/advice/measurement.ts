/**
 * What `@Counted` and `@Timed` have in common: a call that has settled leaves something in a series.
 */
import type { Attributes } from '@opentelemetry/api';
import type { Outcome } from '../metadata/source.js';
import type { AdvisedCall } from '../weaving/advice.js';

/** What is added by calls with some attributes and some outcome. */
export interface Addition {
  /** Whether it may be held for later calls. */
  readonly keep: boolean;
  /** `amount`: what was read for it on entry. */
  add(call: AdvisedCall, amount: number | undefined): void;
}

/** One annotation of one site. */
export interface Measurement {
  /** The attributes that are given as they are. */
  readonly fixed: Attributes;
  /** What is to be read before the user's code runs, beside attributes: then the annotation has a call's state for itself. */
  readonly amountOnEntry: ((call: AdvisedCall) => number | undefined) | undefined;
  lettingsGo(): number;
  /** What a call adds; `undefined` where calls of that outcome add nothing. */
  additionTo(attributes: Attributes, outcome: Outcome): Addition | undefined;
}
