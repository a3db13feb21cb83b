/**
 * A method that a class inherits and yet has woven as its own (`@Traced({ inherited: true })`): it is found in the base
 * at each call, as `super.method` is, since a base may be given another one at any time.
 */
import type { CallPlan, Runner } from './call-plan.js';
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

/** Runs calls of what is inherited at the moment; bare where `isAdvised`: it tells the call itself. */
export function inheritedRunner(
  plan: CallPlan,
  holder: object,
  key: string | symbol,
  isAdvised: (found: unknown) => boolean,
): Runner {
  // What is no function any more fails as it would have.
  const runnerOf = (found: unknown): Runner =>
    typeof found !== 'function' || isAdvised(found)
      ? (found as Runner)
      : runnerFor({ ...plan, original: found as CallPlan['original'] });
  let known: unknown = plan.original;
  let run = runnerOf(known);
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      const found = inheritedAt(holder, key, this);
      if (found !== known) {
        known = found;
        run = runnerOf(found);
      }
      return Reflect.apply(run, this, args);
    },
  }.run;
}
