/**
 * How a call is run at most sites: nothing is read of it but the time, and it gives a plain value at once. Then no call is
 * made of it; what throws, or gives something that lasts, becomes one when that is seen (`run-call.ts` says what else holds).
 *
 * Measured: a call object, its list of states and the walk through them cost more than the rest of a counted and timed call.
 */
import type { Advice, PlainAdvice } from './advice.js';
import { adviceFailed, type Failures } from './advice-failed.js';
import { Attempt } from './attempt.js';
import { Call, type CallPlan, type Runner, unbegun } from './call.js';
import { failed, late, settleLate } from './late.js';
import { quiet } from './quiet.js';
import { settle } from './returns/settle.js';

interface Plain extends Advice {
  readonly plain: PlainAdvice<unknown>;
}

interface PlainWithin extends Plain {
  readonly plain: Required<PlainAdvice<unknown>>;
  within(state: unknown, attempt: Attempt): void;
}

/** The runner of such a site; `undefined` where some advice wants more of a call. */
export function plainRunnerFor(plan: CallPlan): Runner | undefined {
  const beside: Plain[] = [];
  const within: PlainWithin[] = [];
  for (const one of plan.advice) {
    if (isWithin(one)) within.push(one);
    else if (isBeside(one)) beside.push(one);
    else return undefined;
  }
  // The innermost is told first.
  const told = beside.reverse().map(({ plain }) => plain);
  const [inner, ...more] = within;
  if (inner === undefined) return runnerBeside(plan, told);
  return more.length === 0 && inner === plan.advice.at(-1) ? runnerWithin(plan, told, inner) : undefined;
}

function isBeside(one: Advice): one is Plain {
  return one.plain !== undefined && one.begin === undefined && one.within === undefined;
}

function isWithin(one: Advice): one is PlainWithin {
  return one.within !== undefined && one.plain?.begin !== undefined;
}

function runnerBeside(plan: CallPlan, told: readonly PlainAdvice<unknown>[]): Runner {
  const { live, original } = plan;
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      if (!live.on || quiet.depth > 0) return Reflect.apply(original, this, args);
      let startedAt: number | undefined;
      let value: unknown;
      try {
        startedAt = performance.now();
      } catch {
        // No stack left for telemetry.
      }
      try {
        value = Reflect.apply(original, this, args);
      } catch (error) {
        const call = startedAt === undefined ? undefined : () => begun(plan, this, args, startedAt, undefined);
        try {
          failed(call?.(), error);
        } catch {
          late.last = { call, threw: true, value: error, next: late.last };
        }
        throw error;
      }
      if (startedAt === undefined) return value;
      let call: Call | undefined;
      let isTold = false;
      try {
        if (late.last !== undefined) settleLate();
        if (typeof value === 'object' && value !== null) {
          call = begun(plan, this, args, startedAt, undefined);
          return settle(call, value);
        }
        const failures = tell(told, undefined, startedAt, performance.now());
        isTold = true;
        if (failures !== undefined) adviceFailed(plan.site, failures);
      } catch {
        const lost = call ?? (() => begun(plan, this, args, startedAt, undefined));
        if (!isTold) late.last = { call: lost, threw: false, value, next: late.last };
      }
      return value;
    },
  }.run;
}

function runnerWithin(plan: CallPlan, beside: readonly PlainAdvice<unknown>[], inner: PlainWithin): Runner {
  const { live, original } = plan;
  const told = [inner.plain, ...beside];
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      if (!live.on || quiet.depth > 0) return Reflect.apply(original, this, args);
      const attempt = new Attempt(original, this, args);
      let startedAt: number | undefined;
      let state: unknown = unbegun;
      let broken: Failures | undefined;
      try {
        startedAt = performance.now();
        quiet.depth += 1;
        try {
          state = inner.plain.begin(startedAt);
        } finally {
          // A depth that stayed would silence the whole process.
          quiet.depth -= 1;
        }
        if (state !== unbegun) inner.within(state, attempt);
      } catch (error) {
        broken = { error, next: undefined };
      }
      // Whatever went wrong on our side, the user's code runs, and once.
      try {
        if (!attempt.ran) attempt.run();
      } catch (error) {
        // Not even the attempt could be called: the user's code would have fared no better.
        attempt.threw = true;
        attempt.error = error;
      }
      const { threw, error, value } = attempt;
      let call: Call | undefined;
      let isTold = startedAt === undefined;
      try {
        if (broken !== undefined) adviceFailed(plan.site, broken);
        if (late.last !== undefined) settleLate();
        if (startedAt !== undefined) {
          if (threw || state === unbegun || (typeof value === 'object' && value !== null)) {
            call = begun(plan, this, args, startedAt, state);
            if (!threw) return settle(call, value);
            call.fail(error);
          } else {
            const failures = tell(told, state, startedAt, performance.now());
            isTold = true;
            if (failures !== undefined) adviceFailed(plan.site, failures);
          }
        }
      } catch {
        const lost = call ?? (() => begun(plan, this, args, startedAt as number, state));
        if (!isTold) late.last = { call: lost, threw, value: threw ? error : value, next: late.last };
      }
      if (threw) throw error;
      return value;
    },
  }.run;
}

/** The call, when there has to be one after all. */
function begun(plan: CallPlan, self: unknown, args: readonly unknown[], startedAt: number, state: unknown): Call {
  const call = new Call(plan, self, args);
  call.takeUp(startedAt, state);
  return call;
}

/** Tells each of a plain value that was given at once; what they throw is handed back. */
function tell(
  advice: readonly PlainAdvice<unknown>[],
  state: unknown,
  startedAt: number,
  endedAt: number,
): Failures | undefined {
  let failures: Failures | undefined;
  quiet.depth += 1;
  try {
    for (let i = 0; i < advice.length; i += 1) {
      try {
        (advice[i] as PlainAdvice<unknown>).returned(state, startedAt, endedAt);
      } catch (error) {
        failures = { error, next: failures };
      }
    }
  } finally {
    quiet.depth -= 1;
  }
  return failures;
}
