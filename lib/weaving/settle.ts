/**
 * How a call ends. Told by what came back: a plain native promise settles later and its derived promise is returned (the
 * identity changes, an unhandled rejection stays unhandled); a generator ends with its iteration; anything else is the
 * value itself, and the call ends as it is returned, and so does what only looks like one of these. Other kinds of
 * return join here, one row each.
 */
import type { Call } from './call.js';
import { isGenerator } from './generator-kinds.js';
import { observeGenerator } from './observe-generator.js';
import { isPlainPromise, whenSettled } from './plain-promise.js';

/** Returns what the caller gets for `value`, having seen to it that the call settles when it should. */
export function settle(call: Call, value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    if (isPlainPromise(value)) {
      const derived = whenSettled(
        value,
        (result) => call.succeed(result),
        (error) => call.fail(error),
      );
      if (derived !== undefined) return derived;
    } else if (isGenerator(value) && observeGenerator(call, value, true)) return value;
  }
  call.succeed(value);
  return value;
}
