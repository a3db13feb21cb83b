/**
 * One call of a woven element, from entry to settling: the facts that sources read, and what each advice remembers of it.
 *
 * A program may be at the end of its stack here. So each advice is told in a loop that does not end with one that throws,
 * and what was thrown is looked at after.
 */
import { report } from '../faults/report.js';
import type { AnyFunction } from '../metadata/element.js';
import type { Outcome } from '../metadata/source.js';
import type { Advice, AdvisedCall, Advisor } from './advice.js';
import { adviceFailed, type Failures } from './advice-failed.js';
import type { Work } from './attempt.js';
import type { CallSite } from './call-site.js';
import type { Resting } from './lasting.js';
import { quiet, quietly } from './quiet.js';
import type { Ending } from './returns/ending.js';
import { none, unbegun, unbegunOf } from './states.js';

/** What a stand-in needs at each call, settled at weave time. */
export interface CallPlan {
  readonly site: CallSite;
  readonly original: AnyFunction;
  readonly advice: readonly Advice[];
  /** Whether any of the advice is told that a call begins. */
  readonly begins: boolean;
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

/** An advice that runs the user's code inside itself. */
type Around = Advice & Required<Pick<Advice, 'within'>>;

/**
 * It is also the work that is run inside the advice: one object a call. All calls have one shape: fields are written in the
 * constructor, in one order. They are only declared above it, since a field that the language defines costs far more.
 */
export class Call implements AdvisedCall, Ending, Work {
  declare readonly plan: CallPlan;
  declare readonly self: unknown;
  declare readonly args: readonly unknown[];
  declare ran: boolean;
  /** The user's code threw `error` at once; a promise that rejects has not. */
  declare threw: boolean;
  /** What the user's code gave; once that has settled, what came of it. */
  declare value: unknown;
  declare error: unknown;
  declare outcome: Outcome;
  declare startedAt: number;
  declare endedAt: number | undefined;
  /** The innermost advice that wants the user's code to run inside it, and what it remembers of the call. */
  declare inner: Around | undefined;
  declare innerState: unknown;
  declare origin: unknown;
  declare abandoned: boolean;
  declare resting: Resting | undefined;
  /** What each advice remembers; nothing before the call has begun. */
  declare private states: readonly unknown[] | undefined;
  /** Shared with the forgetful one: only one of the two tells of the end. */
  declare private end: { told: boolean } | undefined;

  constructor(plan: CallPlan, self: unknown, args: readonly unknown[]) {
    this.plan = plan;
    this.self = self;
    this.args = args;
    this.ran = false;
    this.threw = false;
    this.value = undefined;
    this.error = undefined;
    this.outcome = 'success';
    this.startedAt = 0;
    this.endedAt = undefined;
    this.inner = undefined;
    this.innerState = undefined;
    this.origin = undefined;
    this.abandoned = false;
    this.resting = undefined;
    this.states = undefined;
    this.end = undefined;
  }

  get site(): CallSite {
    return this.plan.site;
  }

  /** It has ended, here or in the forgetful one: only the first word counts. */
  get over(): boolean {
    return this.endedAt !== undefined || this.end?.told === true;
  }

  get result(): unknown {
    return this.value;
  }

  get durationMs(): number | undefined {
    return this.endedAt === undefined ? undefined : this.endedAt - this.startedAt;
  }

  /** Tells every advice that the call begins; one that could not begin takes no further part in this call. */
  begin(): void {
    const { advice, begins, clock } = this.plan;
    this.startedAt = clock.now();
    if (!begins) {
      this.states = none;
      return;
    }
    const states = unbegunOf(advice.length);
    this.states = states;
    let failures: Failures | undefined;
    quiet.depth += 1;
    try {
      for (let i = 0; i < advice.length; i += 1) {
        try {
          const one = advice[i] as Advice;
          const state = one.begin?.(this);
          states[i] = state;
          if (isAround(one)) {
            this.inner = one;
            this.innerState = state;
          }
        } catch (error) {
          failures = { error, next: failures };
        }
      }
    } finally {
      // Also where the stack has no room for the inner catch: a depth that stayed would silence the whole process.
      quiet.depth -= 1;
    }
    if (failures !== undefined) adviceFailed(this.plan.site, failures);
  }

  /** Runs the user's code, and keeps what came of it; a second time does nothing. */
  run(): void {
    if (this.ran) return;
    this.ran = true;
    try {
      this.value = Reflect.apply(this.plan.original, this.self, this.args);
    } catch (error) {
      this.threw = true;
      this.error = error;
    }
  }

  /** Runs work of the user's inside what the advice opened. Whatever goes wrong on our side, it runs, and once. */
  runInside(work: Work): void {
    let broken: Failures | undefined;
    try {
      if (this.inner !== undefined) this.inner.within(this.innerState, work);
    } catch (error) {
      broken = { error, next: undefined };
    }
    work.run();
    if (broken !== undefined) adviceFailed(this.plan.site, broken);
  }

  /** The call gave `result`. Only the first settling counts. */
  succeed(result: unknown): void {
    if (this.over) return;
    this.value = result;
    this.#close(this.plan.clock.now(), false);
  }

  /** The call threw or rejected with `error`. Only the first settling counts. */
  fail(error: unknown): void {
    if (this.over) return;
    this.value = undefined;
    this.error = error;
    this.outcome = this.#isExpected(error) ? 'success' : 'error';
    this.#close(this.plan.clock.now(), false);
  }

  /** Nobody uses any more what the call gave: it ended `at` its last use. */
  abandon(at: number): void {
    if (this.over) return;
    this.value = undefined;
    this.abandoned = true;
    report('SPANDREL_ABANDONED', this.plan.site.name);
    this.#close(at, false);
  }

  /** This call without what the user gave it: enough to end it, when all that leads to it is gone. */
  forgetful(): Call {
    const call = new Call(this.plan, undefined, []);
    call.startedAt = this.startedAt;
    call.origin = this.origin;
    call.states = this.states;
    this.end ??= { told: false };
    call.end = this.end;
    return call;
  }

  /** It was no call but the making of calls to come: it leaves nothing behind. */
  withdraw(): void {
    if (!this.over) this.#close(this.plan.clock.now(), true);
  }

  #close(at: number, withdrawn: boolean): void {
    const { advice, site } = this.plan;
    const states = this.states;
    this.endedAt = at;
    if (this.end !== undefined) this.end.told = true;
    if (states === undefined) return;
    let failures: Failures | undefined;
    quiet.depth += 1;
    try {
      for (let i = advice.length - 1; i >= 0; i -= 1) {
        const state = states[i];
        if (state === unbegun) continue;
        try {
          const one = advice[i] as Advice;
          if (withdrawn) one.withdrawn?.(state);
          else one.settled(state, this);
        } catch (error) {
          failures = { error, next: failures };
        }
      }
    } finally {
      quiet.depth -= 1;
    }
    if (failures !== undefined) adviceFailed(site, failures);
  }

  #isExpected(error: unknown): boolean {
    const { expected } = this.plan.site;
    return expected !== undefined && quietly(() => expected(error));
  }
}

function isAround(one: Advice): one is Around {
  return one.within !== undefined;
}
