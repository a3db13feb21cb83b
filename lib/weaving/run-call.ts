/**
 * What a stand-in does when it is called: begins the advice, runs the original once, and hands on what came of it.
 */
import { Attempt } from './attempt.js';
import { Call, type CallPlan } from './call.js';
import { isGeneratorFunction } from './generator-kinds.js';
import { observeGenerator } from './observe-generator.js';
import { isQuiet } from './quiet.js';
import { settle } from './settle.js';

/** Runs one call of a woven element. */
export type Runner = (self: unknown, args: readonly unknown[]) => unknown;

/** How the calls of a plan are run; chosen once, by what the original is. */
export function runnerFor(plan: CallPlan): Runner {
  const { live, original } = plan;
  const runner = isGeneratorFunction(original) ? makeGenerator : callNow;
  return (self, args) => (live.on && !isQuiet() ? runner(plan, self, args) : Reflect.apply(original, self, args));
}

function callNow(plan: CallPlan, self: unknown, args: readonly unknown[]): unknown {
  const call = new Call(plan, self, args);
  const attempt = new Attempt(plan.original, self, args);
  call.begin();
  call.run(attempt);
  if (attempt.threw) {
    call.fail(attempt.error);
    throw attempt.error;
  }
  return settle(call, attempt.value);
}

/**
 * A generator function runs nothing but its parameter defaults when it is called. The call begins with the first step,
 * in the surroundings of now; a generator that is never iterated leaves nothing behind.
 */
function makeGenerator(plan: CallPlan, self: unknown, args: readonly unknown[]): unknown {
  const call = new Call(plan, self, args);
  const attempt = new Attempt(plan.original, self, args);
  attempt.run();
  if (attempt.threw) {
    call.begin();
    call.fail(attempt.error);
    throw attempt.error;
  }
  call.origin = plan.ambient();
  observeGenerator(call, attempt.value as object, false);
  return attempt.value;
}
