/**
 * A method that a class inherits and yet has woven as its own (`@Traced({ inherited: true })`): it is found in the base
 * at each call, as `super.method` is, since a base may be given another one at any time.
 */
import type { CallPlan, Runner } from './call.js';
import { runnerFor } from './run-call.js';

/** What `holder` inherits under `key`. */
export function inheritedAt(holder: object, key: string | symbol, self: unknown): unknown {
  return Reflect.get(Object.getPrototypeOf(holder) as object, key, self);
}

/** The property itself, as `holder` would have it; `undefined` when there is none. */
export function inheritedDescriptor(holder: object, key: string | symbol): PropertyDescriptor | undefined {
  for (let level = Object.getPrototypeOf(holder) as object | null; level !== null; ) {
    const found = Object.getOwnPropertyDescriptor(level, key);
    if (found !== undefined) return { ...found, configurable: true };
    level = Object.getPrototypeOf(level) as object | null;
  }
  return undefined;
}

/** Runs calls of what is inherited at the moment; bare where `isAdvised`: the base was woven since, and tells the call. */
export function inheritedRunner(
  plan: CallPlan,
  holder: object,
  key: string | symbol,
  isAdvised: (found: unknown) => boolean,
): Runner {
  let known: unknown = plan.original;
  let run = runnerFor(plan);
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      const found = inheritedAt(holder, key, this);
      if (found !== known) {
        known = found;
        const original = found as CallPlan['original'];
        // What is no function any more fails as it would have.
        const bare = typeof found !== 'function' || isAdvised(found);
        run = bare ? (original as Runner) : runnerFor({ ...plan, original });
      }
      return Reflect.apply(run, this, args);
    },
  }.run;
}
