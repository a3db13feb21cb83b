/**
 * Calls of methods in callback style: they end when the callback is called, wherever that is.
 */
import type { AnyFunction } from '../metadata/element.js';
import { adviceFailed, nothing } from './advice-failed.js';
import { Attempt } from './attempt.js';
import { Call } from './call.js';
import type { CallPlan, Runner } from './call-plan.js';
import { failed, late } from './late.js';
import { quiet } from './quiet.js';
import { answering, awaiting, callbackIn } from './returns/callback.js';

/** Where the method is given its callback, that ends the call; `plain` runs the others. */
export function callbackRunner(plan: CallPlan, at: 'last' | number, plain: Runner): Runner {
  const { live, original } = plan;
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      const index = live.on && quiet.depth === 0 ? callbackIn(args, at) : undefined;
      if (index === undefined) return Reflect.apply(plain, this, args);
      let call: Call;
      let attempt: Attempt;
      let passed: unknown[];
      try {
        call = new Call(plan, this, args);
        passed = [...args];
        attempt = new Attempt(original, this, passed);
      } catch {
        // No stack left for telemetry, of which nothing has begun.
        return Reflect.apply(original, this, args);
      }
      let broken: unknown = nothing;
      try {
        call.begin();
        call.lasts();
        // Only now: what is held of the call, to end it where the callback is lost, is what has begun.
        passed[index] = answering(call, args[index] as AnyFunction);
      } catch {
        // The same, but for what has begun.
        call.withdraw();
        return Reflect.apply(original, this, args);
      }
      try {
        call.within(attempt);
      } catch (error) {
        broken = error;
      }
      try {
        attempt.run();
      } catch (error) {
        // Not even that could be called: the user's code would have fared no better.
        attempt.threw = true;
        attempt.error = error;
      }
      const { threw, error, value } = attempt;
      try {
        if (broken !== nothing) adviceFailed(plan.site, broken);
        if (!threw) return awaiting(call, value);
        failed(call, error);
      } catch {
        if (!threw) return value;
        attempt.call = call;
        attempt.value = error;
        attempt.next = late.last;
        late.last = attempt;
      }
      throw error;
    },
  }.run;
}
