/**
 * One call of a woven element, from entry to settling: the facts that sources read, and what each advice remembers of it.
 */
import { messageOf, report } from '../faults/report.js';
import type { Outcome } from '../metadata/source.js';
import type { Advice, AdvisedCall } from './advice.js';
import type { Attempt } from './attempt.js';
import type { CallSite } from './call-site.js';
import { quietly } from './quiet.js';

/** What a stand-in needs at each call, settled at weave time. */
export interface CallPlan {
  readonly site: CallSite;
  readonly original: (...args: never[]) => unknown;
  readonly advice: readonly Advice[];
  readonly ambient: () => unknown;
  readonly live: Live;
}

/** Whether the weaving a stand-in belongs to is still on: someone may hold the stand-in after the originals are back. */
export interface Live {
  on: boolean;
}

export class Call implements AdvisedCall {
  readonly plan: CallPlan;
  readonly self: unknown;
  readonly args: readonly unknown[];
  result: unknown = undefined;
  error: unknown = undefined;
  outcome: Outcome = 'success';
  threw = false;
  origin: unknown = undefined;
  startedAt = 0;
  endedAt: number | undefined = undefined;
  #states: unknown[] | undefined = undefined;

  constructor(plan: CallPlan, self: unknown, args: readonly unknown[]) {
    this.plan = plan;
    this.self = self;
    this.args = args;
  }

  get site(): CallSite {
    return this.plan.site;
  }

  get durationMs(): number | undefined {
    return this.endedAt === undefined ? undefined : this.endedAt - this.startedAt;
  }

  /** Tells every advice that the call begins. */
  begin(): void {
    const { advice } = this.plan;
    const states: unknown[] = [];
    this.#states = states;
    this.startedAt = performance.now();
    for (let i = 0; i < advice.length; i += 1) {
      try {
        states[i] = quietly(() => (advice[i] as Advice).begin(this));
      } catch (error) {
        // An advice that could not begin takes no further part in this call.
        states[i] = unbegun;
        this.#adviceFailed(error);
      }
    }
  }

  /** Runs the user's code inside the innermost advice that wants it. It runs once, whatever goes wrong on our side. */
  run(attempt: Attempt): void {
    const { advice } = this.plan;
    const states = this.#states;
    for (let i = advice.length - 1; i >= 0 && states !== undefined; i -= 1) {
      const one = advice[i] as Advice;
      if (one.within === undefined || states[i] === unbegun) continue;
      try {
        one.within(states[i], attempt);
      } catch (error) {
        this.#adviceFailed(error);
      }
      break;
    }
    attempt.run();
  }

  /** The call gave `result`. Only the first settling counts. */
  succeed(result: unknown): void {
    if (this.endedAt !== undefined) return;
    this.result = result;
    this.#settle();
  }

  /** The call threw or rejected with `error`. Only the first settling counts. */
  fail(error: unknown): void {
    if (this.endedAt !== undefined) return;
    this.threw = true;
    this.error = error;
    this.outcome = this.#isExpected(error) ? 'success' : 'error';
    this.#settle();
  }

  #settle(): void {
    this.endedAt = performance.now();
    const { advice } = this.plan;
    const states = this.#states;
    if (states === undefined) return;
    for (let i = advice.length - 1; i >= 0; i -= 1) {
      if (states[i] === unbegun) continue;
      try {
        quietly(() => (advice[i] as Advice).settled(states[i], this));
      } catch (error) {
        this.#adviceFailed(error);
      }
    }
  }

  #isExpected(error: unknown): boolean {
    const { expected, name } = this.plan.site;
    if (expected === undefined) return false;
    try {
      return quietly(() => expected(error));
    } catch (failure) {
      report('SPANDREL_OPTION_FAILED', name, { what: 'expected', error: messageOf(failure) });
      return false;
    }
  }

  #adviceFailed(error: unknown): void {
    report('SPANDREL_ADVICE_FAILED', this.plan.site.name, { error: messageOf(error) });
  }
}

const unbegun = Symbol('unbegun');
