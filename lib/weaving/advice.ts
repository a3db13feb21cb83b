/**
 * The contract between weaving and what happens around a call. Weaving does not know what a span is; advice does not
 * know how a call settles. Whatever an advice throws is reported and goes no further.
 */
import type { AnyClass } from '../metadata/element.js';
import type { SettledCall } from '../metadata/read-source.js';
import type { Attempt, Work } from './attempt.js';
import type { CallSite } from './call-site.js';
import type { Lasting } from './lasting.js';

/** One call as advice sees it. */
export interface AdvisedCall extends SettledCall {
  readonly site: CallSite;
  /** `performance.now()` of entry. */
  readonly startedAt: number;
  /** `performance.now()` of settling; `undefined` until then. */
  readonly endedAt: number | undefined;
  /** What `ambient` gave where a call that starts later was made; `undefined` for calls that start at once. */
  readonly origin: unknown;
  /** Nobody brought the call to its end: it settled where it was last used. */
  readonly abandoned: boolean;
}

/** Where the surroundings of running code stand: a property, of another object for each asynchronous resource. */
export interface Standing {
  readonly key: symbol;
  /** Whose property, in the code that runs now; `undefined` where it can't be had. */
  holder(): Record<symbol, unknown> | undefined;
}

/** What happens around the calls of one site. Made once a site; told what `begin` returned for this call. */
export interface Advice<State = unknown> {
  /** Where what `inside` gives can be put in place of `within`, so that no frame of ours is around the user's code. */
  readonly standing?: Standing | undefined;
  /**
   * Asked before anything is made of a call: what stands for its state where there will be nothing to tell of it, whatever it
   * does; then only `inside` or `within` follows, and where the call gave something that goes on after it, `settled`. `undefined`
   * where there may be something. Only asked where it is the only advice. `found` is what stands at `standing` now.
   */
  aside?(found: unknown): State | undefined;
  /** Just before the user's code runs for the first time. Left out where there is nothing to see yet. */
  begin?(call: AdvisedCall, found: unknown): State;
  /** What is to stand at `standing` while the user's code runs; `undefined` where that stays as it is. */
  inside?(state: State): unknown;
  /** Runs the user's code (`work.run()`) inside what `begin` opened: once a call, once a step for a generator. */
  within?(state: State, work: Work): void;
  /** What the call gave goes on after it has returned: from now on it holds memory for as long as that takes. */
  lasts?(state: State): void;
  /** The call has settled; exactly once for each that has begun. */
  settled(state: State, call: AdvisedCall): void;
  /** In place of `settled`: there was no call after all. What `begin` did is to be undone. */
  withdrawn?(state: State): void;
}

/** What the weaving is given to weave with. */
export interface Advisor {
  /** What calls are timed with, where that is not `performance`. */
  readonly clock?: { now(): number } | undefined;
  /** The advice for a site, outermost first; empty leaves the element as it is. */
  adviceFor(site: CallSite): readonly Advice[];
  /** Told once a class when it is woven: its gauges start here. */
  classWoven(owner: AnyClass, sites: readonly CallSite[]): void;
  /**
   * What a call that starts later must remember of the moment it was made. Given an `earlier` moment, that one instead
   * where the present has nothing a call could belong to.
   */
  ambient(earlier?: unknown): unknown;
  /** Runs the user's code (`attempt.run()`) in the surroundings of another moment. */
  resume(ambient: unknown, attempt: Attempt): void;
  /** What lasts longer than its call. */
  readonly lasting: Lasting;
}
