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
import type { Attempt } from './attempt.js';
import type { CallSite } from './call-site.js';
import { quiet, quietly } from './quiet.js';
import type { Ending } from './returns/ending.js';

/** What a stand-in needs at each call, settled at weave time. */
export interface CallPlan {
  readonly site: CallSite;
  readonly original: AnyFunction;
  readonly advice: readonly Advice[];
  readonly advisor: Advisor;
  readonly live: Live;
}

/** Runs one call of a woven element. It is a method, and stands in for the original itself: one frame less a call. */
export type Runner = (this: unknown, ...args: unknown[]) => unknown;

/** Whether the weaving a stand-in belongs to is still on: someone may hold the stand-in after the originals are back. */
export interface Live {
  on: boolean;
}

export class Call implements AdvisedCall, Ending {
  readonly plan: CallPlan;
  readonly self: unknown;
  readonly args: readonly unknown[];
  result: unknown = undefined;
  error: unknown = undefined;
  outcome: Outcome = 'success';
  origin: unknown = undefined;
  abandoned = false;
  startedAt = 0;
  endedAt: number | undefined = undefined;
  /** The innermost advice that wants the user's code to run inside it, and what it remembers of the call. */
  inner: Advice | undefined = undefined;
  innerState: unknown = undefined;
  #states: unknown[] = [];

  constructor(plan: CallPlan, self: unknown, args: readonly unknown[]) {
    this.plan = plan;
    this.self = self;
    this.args = args;
  }

  get site(): CallSite {
    return this.plan.site;
  }

  get over(): boolean {
    return this.endedAt !== undefined;
  }

  get durationMs(): number | undefined {
    return this.endedAt === undefined ? undefined : this.endedAt - this.startedAt;
  }

  /** Tells every advice that the call begins; one that could not begin takes no further part in this call. */
  begin(): void {
    const { advice } = this.plan;
    const states = new Array<unknown>(advice.length).fill(unbegun);
    this.startedAt = performance.now();
    this.#states = states;
    let failures: Failures | undefined;
    quiet.depth += 1;
    try {
      for (let i = 0; i < advice.length; i += 1) {
        try {
          const one = advice[i] as Advice;
          const state = one.begin?.(this);
          states[i] = state;
          if (one.within !== undefined) {
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

  /** Takes up a call that its advice has seen begin. Only the innermost had anything to remember: `state`, or `unbegun`. */
  takeUp(startedAt: number, state: unknown): void {
    const { advice } = this.plan;
    this.startedAt = startedAt;
    this.#states = advice.map(({ within }) => (within === undefined ? undefined : state));
    if (state === unbegun) return;
    this.inner = advice.at(-1);
    this.innerState = state;
  }

  /** Runs the user's code inside what the advice opened. Whatever goes wrong on our side, it runs, and once. */
  runInside(attempt: Attempt): void {
    let broken: Failures | undefined;
    try {
      this.inner?.within?.(this.innerState, attempt);
    } catch (error) {
      broken = { error, next: undefined };
    }
    attempt.run();
    if (broken !== undefined) adviceFailed(this.plan.site, broken);
  }

  /** The call gave `result`. Only the first settling counts. */
  succeed(result: unknown): void {
    if (this.endedAt !== undefined) return;
    this.result = result;
    this.#settle(performance.now());
  }

  /** The call threw or rejected with `error`. Only the first settling counts. */
  fail(error: unknown): void {
    if (this.endedAt !== undefined) return;
    this.error = error;
    this.outcome = this.#isExpected(error) ? 'success' : 'error';
    this.#settle(performance.now());
  }

  /** Nobody uses any more what the call gave: it ended `at` its last use. */
  abandon(at: number): void {
    // It has ended, here or in the forgetful one.
    if (this.#states.length === 0) return;
    this.abandoned = true;
    report('SPANDREL_ABANDONED', this.plan.site.name);
    this.#settle(at);
  }

  /** This call without what the user gave it: enough to end it, when all that leads to it is gone. */
  forgetful(): Call {
    const call = new Call(this.plan, undefined, []);
    call.startedAt = this.startedAt;
    call.origin = this.origin;
    call.#states = this.#states;
    return call;
  }

  /** It was no call but the making of calls to come: it leaves nothing behind. */
  withdraw(): void {
    if (this.endedAt !== undefined) return;
    this.#close(performance.now(), (one, state) => one.withdrawn?.(state));
  }

  #settle(at: number): void {
    this.#close(at, (one, state) => one.settled(state, this));
  }

  #close(at: number, tell: (one: Advice, state: unknown) => void): void {
    const { advice, site } = this.plan;
    const states = this.#states;
    this.endedAt = at;
    let failures: Failures | undefined;
    quiet.depth += 1;
    try {
      for (let i = states.length - 1; i >= 0; i -= 1) {
        if (states[i] === unbegun) continue;
        try {
          tell(advice[i] as Advice, states[i]);
        } catch (error) {
          failures = { error, next: failures };
        }
      }
    } finally {
      quiet.depth -= 1;
    }
    // Shared with the forgetful one, for which there is nothing to end any more.
    states.length = 0;
    if (failures !== undefined) adviceFailed(site, failures);
  }

  #isExpected(error: unknown): boolean {
    const { expected } = this.plan.site;
    return expected !== undefined && quietly(() => expected(error));
  }
}

/** What is remembered of a call by an advice that could not begin. */
export const unbegun = Symbol('unbegun');
