/**
 * What a method does and what its caller does with what comes back: one kind of return with one outcome, and what is to
 * be told of it. It knows nothing of declarations and annotations.
 */
import type { Journal } from './journal.js';
import type { Thrown } from './thrown.js';

/** A method as the scenarios write it: never called with `new`, `this` is noted and not used. */
export type Body = (this: unknown, ...args: unknown[]) => unknown;

/** One call that must be told, whatever tells it. */
export interface ExpectedCall {
  /** What it failed with; a call without it succeeds. */
  readonly failure?: Thrown;
  /** What it gave, for `call.result()`; `undefined` gives nothing. Left out where the contract does not say. */
  readonly result?: { readonly value: unknown };
  /** Spans of the method's own, within this one's. Default 1: the one with which a body begins. */
  readonly steps?: number;
  /** It has begun and does not end in the time of the case: it is in flight, and nothing else tells of it. */
  readonly open?: true;
}

export interface Scenario {
  /** The kind of return. */
  readonly kind: string;
  readonly outcome: string;
  /** The method. It is made once for a class and runs several times. */
  readonly body: (journal: Journal) => Body;
  /** The caller. `invoke` calls the method as its declaration has it. */
  readonly use: (invoke: () => unknown, journal: Journal) => void | Promise<void>;
  /** What it is called with; three things when left out. */
  readonly args?: (journal: Journal) => readonly unknown[];
  readonly calls: readonly ExpectedCall[];
  /** Spans of the body whose call leaves no span, since it is taken back. */
  readonly orphans?: number;
  /**
   * How many turns later than without annotations a promise may settle that the caller has asked for; `any` where it goes through
   * timers and the host's own queues, in which turns are not promised. Default 0: not a turn later.
   */
  readonly ticks?: number | 'any';
  /** The caller asks on while the method is at work: what each does is in order, but not what one does to the other’s. */
  readonly parallel?: true;
  /** The body is a generator function: whoever calls it begins nothing yet. */
  readonly generator?: true;
  /** The caller makes two calls. */
  readonly twice?: true;
  readonly callback?: 'last' | number;
  /** The call is over before its caller hears of the end. */
  readonly heardAfter?: true;
}

/** What every method is called with unless its scenario says otherwise. */
export function usualArguments(journal: Journal): readonly unknown[] {
  return ['first', undefined, journal.label({}, 'third')];
}

/** All outcomes of one kind. */
export function ofKind(kind: string, given: Partial<Scenario>, outcomes: readonly Outcome[]): Scenario[] {
  return outcomes.map((outcome) => ({ ...given, ...outcome, kind }));
}

export type Outcome = Omit<Scenario, 'kind'>;
