/**
 * What a stand-in does when it is called: begins the advice, runs the original once, and hands on what came of it.
 *
 * A recursion that is woven goes as deep as its frames allow, so there are few of ours. At the end of the stack anything
 * that is called may throw a RangeError: wherever the user's code has run, that is caught in place and costs telemetry.
 */
import { adviceFailed, nothing } from './advice-failed.js';
import type { Around } from './arrangement.js';
import { Attempt } from './attempt.js';
import { Call } from './call.js';
import type { CallPlan, Runner } from './call-plan.js';
import { failed, late } from './late.js';
import { quiet } from './quiet.js';
import { returned } from './returned.js';
import { isGeneratorFunction } from './returns/generator-kinds.js';
import { observeGenerator } from './returns/observe-generator.js';
import { givesFreshPromise } from './returns/plain-promise.js';
import { callbackRunner } from './run-callback.js';
import { goesOnAside, runnerInside } from './run-inside.js';

/** How the calls of a plan are run; chosen once, by what the original is and what its advice wants. */
export function runnerFor(plan: CallPlan): Runner {
  if (isGeneratorFunction(plan.original)) return generatorRunner(plan);
  const { callback } = plan.site;
  const plain = plan.around === undefined ? runnerBeside(plan) : runnerWithin(plan);
  return callback === undefined ? plain : callbackRunner(plan, callback, plain);
}

/** Nothing is to be open around the user's code: it is called at once. */
function runnerBeside(plan: CallPlan): Runner {
  const { live, original } = plan;
  const isFresh = givesFreshPromise(original);
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      if (!live.on || quiet.depth > 0) return Reflect.apply(original, this, args);
      let call: Call | undefined;
      let value: unknown;
      try {
        call = new Call(plan, this, args);
        call.begin();
      } catch {
        // No stack left for telemetry.
      }
      try {
        value = Reflect.apply(original, this, args);
      } catch (error) {
        try {
          failed(call, error);
        } catch {
          if (call !== undefined) {
            call.threw = true;
            call.value = error;
            call.next = late.last;
            late.last = call;
          }
        }
        throw error;
      }
      try {
        return returned(call, value, isFresh);
      } catch {
        if (call !== undefined) {
          call.value = value;
          call.next = late.last;
          late.last = call;
        }
        return value;
      }
    },
  }.run;
}

/** The user's code runs inside what the advice opens. */
function runnerWithin(plan: CallPlan): Runner {
  const around = plan.around as Around;
  const { standing } = around;
  const through = runnerThrough(plan, around);
  return standing === undefined ? through : runnerInside(plan, around, standing, through);
}

/** The advice runs it. */
function runnerThrough(plan: CallPlan, around: Around): Runner {
  const { live, original, beside } = plan;
  const asks = beside === undefined && around.aside !== undefined;
  const isFresh = givesFreshPromise(original);
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      if (!live.on || quiet.depth > 0) return Reflect.apply(original, this, args);
      if (asks) {
        const state = asideOf(around);
        if (state !== undefined) return runAside(plan, around, state, this, args);
      }
      const call = new Call(plan, this, args);
      let broken: unknown = nothing;
      try {
        call.begin();
      } catch {
        // No stack left for telemetry.
      }
      try {
        call.within(call);
      } catch (error) {
        broken = error;
      }
      // Whatever went wrong on our side, the user's code runs, and once.
      try {
        if (!call.ran) call.run();
      } catch (error) {
        // Not even that could be called: the user's code would have fared no better.
        call.threw = true;
        call.error = error;
      }
      const { threw, error, value } = call;
      try {
        if (broken !== nothing) adviceFailed(plan.site, broken);
        if (!threw) return returned(call, value, isFresh);
        failed(call, error);
      } catch {
        if (threw) call.value = error;
        call.next = late.last;
        late.last = call;
        if (!threw) return value;
      }
      throw error;
    },
  }.run;
}

function asideOf(around: Around): unknown {
  try {
    return around.aside?.(undefined);
  } catch {
    // It will say so again when the call begins.
    return undefined;
  }
}

/** There will be nothing to tell of the call: it only has to run where its advice wants it to. */
function runAside(plan: CallPlan, around: Around, state: unknown, self: unknown, args: readonly unknown[]): unknown {
  const attempt = new Attempt(plan.original, self, args);
  let broken: unknown = nothing;
  try {
    around.within(state, attempt);
  } catch (error) {
    broken = error;
  }
  try {
    if (!attempt.ran) attempt.run();
  } catch (error) {
    // Not even that could be called: the user's code would have fared no better.
    attempt.threw = true;
    attempt.error = error;
  }
  if (broken !== nothing) {
    try {
      adviceFailed(plan.site, broken);
    } catch {
      // No stack left to tell it.
    }
  }
  const { threw, error, value } = attempt;
  if (threw) throw error;
  if (typeof value !== 'object' || value === null) return value;
  try {
    return goesOnAside(plan, self, state, value);
  } catch {
    // No stack left for that.
    return value;
  }
}

/**
 * A generator function runs nothing but its parameter defaults when it is called. The call begins with the first step,
 * in the surroundings of now; a generator that is never iterated leaves nothing behind.
 */
function generatorRunner(plan: CallPlan): Runner {
  const { live, original } = plan;
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      if (!live.on || quiet.depth > 0) return Reflect.apply(original, this, args);
      const call = new Call(plan, this, args);
      const attempt = new Attempt(original, this, args);
      attempt.run();
      if (attempt.threw) {
        try {
          call.begin();
          failed(call, attempt.error);
        } catch {
          attempt.call = call;
          attempt.value = attempt.error;
          attempt.next = late.last;
          late.last = attempt;
        }
        throw attempt.error;
      }
      try {
        call.origin = plan.advisor.ambient();
        observeGenerator(call, attempt.value as object, false);
      } catch {
        // No stack left for telemetry.
      }
      return attempt.value;
    },
  }.run;
}
