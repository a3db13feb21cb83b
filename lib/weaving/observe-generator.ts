/**
 * A call that gave a generator lasts as long as its iteration. The caller gets the very generator the method made; its
 * `next`, `return` and `throw` are covered by own, non-enumerable properties that run each step inside the advice and
 * hear how it ends. Between two steps the caller is outside. It never starts an iteration of its own.
 */
import { Attempt } from './attempt.js';
import type { Call } from './call.js';
import { isPlainPromise, whenSettled } from './plain-promise.js';

const covered = ['next', 'return', 'throw'] as const;
type Method = (...args: never[]) => unknown;

/**
 * Covers the generator's steps; where the call has not begun yet, it begins with the first of them. `false` when the
 * generator can't be covered (it is frozen): then it is left as it was.
 */
export function observeGenerator(call: Call, generator: object, begun: boolean): boolean {
  if (!Object.isExtensible(generator)) return false;
  let started = begun;
  for (const name of covered) {
    const method = (generator as Record<typeof name, Method>)[name];
    const cover = {
      [name](this: unknown, ...args: unknown[]): unknown {
        // Taken off this generator and called on another thing, or the call is over: none of our business.
        if (this !== generator || call.endedAt !== undefined) return Reflect.apply(method, this, args);
        if (!started) {
          started = true;
          call.begin();
        }
        return takeStep(call, new Attempt(method, generator, args));
      },
    }[name] as Method;
    Object.defineProperty(cover, 'length', { value: method.length, configurable: true });
    Object.defineProperty(generator, name, { value: cover, writable: true, configurable: true, enumerable: false });
  }
  return true;
}

function takeStep(call: Call, attempt: Attempt): unknown {
  call.run(attempt);
  const { threw, value, error } = attempt;
  if (threw) {
    call.fail(error);
    throw error;
  }
  // A step of an async generator is a promise of its iterator result.
  if (isPlainPromise(value)) {
    return whenSettled(
      value,
      (result) => noteDone(call, result),
      (reason) => call.fail(reason),
    );
  }
  noteDone(call, value);
  return value;
}

/** The iterator result of a native generator is a plain object with `done` and `value`. */
function noteDone(call: Call, result: unknown): void {
  const { done, value } = result as IteratorResult<unknown>;
  if (done === true) call.succeed(value);
}
