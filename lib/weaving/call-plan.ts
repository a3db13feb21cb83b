/**
 * What a stand-in needs at each call, settled at weave time.
 */
import type { AnyFunction } from '../metadata/element.js';
import type { Advisor } from './advice.js';
import type { Arrangement } from './arrangement.js';
import type { CallSite } from './call-site.js';

export interface CallPlan extends Arrangement {
  readonly site: CallSite;
  readonly original: AnyFunction;
  readonly advisor: Advisor;
  readonly live: Live;
  /** `performance`, taken from the global object once: there it is a getter, which costs a tenth of a reading. */
  readonly clock: { now(): number };
}

/** Runs one call of a woven element. It is a method, and stands in for the original itself: one frame less a call. */
export type Runner = (this: unknown, ...args: unknown[]) => unknown;

/** Whether the weaving a stand-in belongs to is still on: someone may hold the stand-in after the originals are back. */
export interface Live {
  on: boolean;
}
