/**
 * One call of a woven element, from entry to settling: the facts that sources read, and what each advice remembers of it. A program
 * may be at the end of its stack here: so what one advice throws keeps no other from being told, and is looked at after.
 */
import { report } from '../faults/report.js';
import type { Outcome } from '../metadata/source.js';
import type { AdvisedCall } from './advice.js';
import { adviceFailed, nothing } from './advice-failed.js';
import type { Work } from './attempt.js';
import type { CallPlan } from './call-plan.js';
import { type CallSite, isExpectedAt } from './call-site.js';
import type { Resting } from './lasting.js';
import type { Late } from './late.js';
import { quiet } from './quiet.js';
import type { Rare } from './rare.js';
import type { Ending } from './returns/ending.js';
import { unbegun } from './unbegun.js';

/**
 * It is also the work that is run inside the advice: one object a call. All calls have one shape: fields are written in the
 * constructor, in one order. They are only declared above it, since a field that the language defines costs far more.
 */
export class Call implements AdvisedCall, Ending, Work, Late {
  declare readonly plan: CallPlan;
  declare readonly self: unknown;
  declare readonly args: readonly unknown[];
  /** Whether the user's code has run. */
  declare ran: boolean;
  /** The user's code threw `error` at once; a promise that rejects has not. */
  declare threw: boolean;
  /** What the user's code gave; once that has settled, what came of it. */
  declare value: unknown;
  declare error: unknown;
  declare outcome: Outcome;
  declare startedAt: number;
  declare endedAt: number | undefined;
  /** Of those that are settled late. */
  declare next: Late | undefined;
  /** What the advice beside the user's code remembers, and the one around it. */
  declare private beside: unknown;
  declare private around: unknown;
  /** What few calls have. */
  declare private rare: Rare | undefined;

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
    this.next = undefined;
    this.beside = unbegun;
    this.around = unbegun;
    this.rare = undefined;
  }

  get call(): this {
    return this;
  }

  get site(): CallSite {
    return this.plan.site;
  }

  /** It has ended, here or in the forgetful one: only the first word counts. */
  get over(): boolean {
    return this.endedAt !== undefined || this.rare?.end?.told === true;
  }

  get result(): unknown {
    return this.value;
  }

  /** What is to stand for the surroundings of the user's code; `undefined` where nothing has opened any. */
  get inside(): unknown {
    return this.around === unbegun ? undefined : this.plan.around?.inside?.(this.around);
  }

  get durationMs(): number | undefined {
    return this.endedAt === undefined ? undefined : this.endedAt - this.startedAt;
  }

  get origin(): unknown {
    return this.rare?.origin;
  }

  set origin(given: unknown) {
    this.#more().origin = given;
  }

  get abandoned(): boolean {
    return this.rare?.abandoned === true;
  }

  get resting(): Resting | undefined {
    return this.rare?.resting;
  }

  set resting(given: Resting | undefined) {
    this.#more().resting = given;
  }

  /** Tells every advice that the call begins; one that could not begin takes no further part. `found`: see `Advice`. */
  begin(found?: unknown): void {
    const { plan } = this;
    this.startedAt = plan.clock.now();
    const { beside, around } = plan;
    let besideThrew: unknown = nothing;
    let aroundThrew: unknown = nothing;
    quiet.depth += 1;
    try {
      try {
        this.beside = beside?.begin?.(this, found);
      } catch (error) {
        besideThrew = error;
      }
      try {
        this.around = around?.begin?.(this, found);
      } catch (error) {
        aroundThrew = error;
      }
    } finally {
      // Also where the stack has no room for the inner catch: a depth that stayed would silence the whole process.
      quiet.depth -= 1;
    }
    if (besideThrew !== nothing || aroundThrew !== nothing) adviceFailed(plan.site, besideThrew, aroundThrew);
  }

  /** There will be nothing to tell of it; what it gave goes on inside what the advice around it has opened. */
  beginAside(around: unknown): void {
    this.startedAt = this.plan.clock.now();
    this.around = around;
    this.ran = true;
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
    let broken: unknown = nothing;
    try {
      this.within(work);
    } catch (error) {
      broken = error;
    }
    work.run();
    if (broken !== nothing) adviceFailed(this.plan.site, broken);
  }

  /** Runs work inside what the advice opened, where it opened something; what it throws is thrown on. */
  within(work: Work): void {
    if (this.around !== unbegun) this.plan.around?.within(this.around, work);
  }

  /** What it gave goes on. */
  lasts(): void {
    if (this.around !== unbegun) this.plan.around?.lasts?.(this.around);
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
    this.outcome = isExpectedAt(this.plan.site, error) ? 'success' : 'error';
    this.#close(this.plan.clock.now(), false);
  }

  /** Nobody uses any more what the call gave: it ended `at` its last use. */
  abandon(at: number): void {
    if (this.over) return;
    this.value = undefined;
    this.#more().abandoned = true;
    report('SPANDREL_ABANDONED', this.plan.site.name);
    this.#close(at, false);
  }

  /** This call without what the user gave it: enough to end it, when all that leads to it is gone. */
  forgetful(): Call {
    const call = new Call(this.plan, undefined, []);
    const { startedAt, beside, around } = this;
    Object.assign(call, { startedAt, beside, around });
    const mine = this.#more();
    mine.end ??= { told: false };
    Object.assign(call.#more(), { origin: mine.origin, end: mine.end });
    return call;
  }

  /** It was no call but the making of calls to come: it leaves nothing behind. */
  withdraw(): void {
    if (!this.over) this.#close(this.plan.clock.now(), true);
  }

  #close(at: number, withdrawn: boolean): void {
    const { beside, around, site } = this.plan;
    this.endedAt = at;
    if (this.rare?.end !== undefined) this.rare.end.told = true;
    let aroundThrew: unknown = nothing;
    let besideThrew: unknown = nothing;
    quiet.depth += 1;
    try {
      try {
        if (this.around !== unbegun) {
          if (withdrawn) around?.withdrawn?.(this.around);
          else around?.settled(this.around, this);
        }
      } catch (error) {
        aroundThrew = error;
      }
      try {
        if (this.beside !== unbegun) {
          if (withdrawn) beside?.withdrawn?.(this.beside);
          else beside?.settled(this.beside, this);
        }
      } catch (error) {
        besideThrew = error;
      }
    } finally {
      quiet.depth -= 1;
    }
    if (besideThrew !== nothing || aroundThrew !== nothing) adviceFailed(site, aroundThrew, besideThrew);
  }

  #more(): Rare {
    this.rare ??= { origin: undefined, abandoned: false, resting: undefined, end: undefined };
    return this.rare;
  }
}
