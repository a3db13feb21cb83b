/**
 * A call that gave a generator lasts as long as its iteration. The caller gets the very generator the method made; its
 * `next`, `return` and `throw` are covered by own, non-enumerable properties that run each step inside the advice and
 * hear how it ends. Between two steps the caller is outside. It never starts an iteration of its own.
 *
 * A method may give the same generator again and again: each call puts its covers over those of the one before, up to a
 * bound. The calls past it settle as they return.
 */
import type { AnyFunction } from '../metadata/element.js';
import { adviceFailed, type Failures } from './advice-failed.js';
import { Attempt } from './attempt.js';
import type { Call } from './call.js';
import { failed, late } from './late.js';
import { isPlainPromise, whenSettled } from './plain-promise.js';

const covered = ['next', 'return', 'throw'] as const;

/** Calls that cover one and the same generator; each more would make every step of it deeper. */
const coversAtMost = 16;
const coversOf = new WeakMap<object, number>();

/** How far an iteration is. */
interface Iteration {
  readonly call: Call;
  readonly generator: object;
  /** The generator function's body has begun. */
  begun: boolean;
  /** It queues the steps it is asked for while one is running; a sync generator refuses those, and goes on. */
  readonly queues: boolean;
  /** A step is running now. */
  stepping: boolean;
  /** It was closed before it began: its body never runs. */
  closed: boolean;
}

/**
 * Covers the generator's steps; where the call has not begun yet, it begins with the first of them. `false` when the
 * generator can't be covered (it is frozen, a proxy that refuses, or covered often enough): then it is left as it was.
 */
export function observeGenerator(call: Call, generator: object, begun: boolean): boolean {
  try {
    const covers = coversOf.get(generator) ?? 0;
    if (covers >= coversAtMost || !Object.isExtensible(generator)) return false;
    coversOf.set(generator, covers + 1);
    const iteration: Iteration = {
      call,
      generator,
      begun,
      queues: Symbol.asyncIterator in generator,
      stepping: false,
      closed: false,
    };
    for (const name of covered) {
      const method = (generator as Record<typeof name, AnyFunction>)[name];
      const value = cover(iteration, name, method);
      Object.defineProperty(generator, name, { value, writable: true, configurable: true, enumerable: false });
    }
    return true;
  } catch {
    return false;
  }
}

function cover(iteration: Iteration, name: (typeof covered)[number], method: AnyFunction): AnyFunction {
  const { call, generator } = iteration;
  const made = {
    [name](this: unknown, ...args: unknown[]): unknown {
      // Taken off this generator and called on another thing: none of our business.
      if (this !== generator) return Reflect.apply(method, this, args);
      if (!iteration.begun && name !== 'next') iteration.closed = true;
      // Made while telemetry ran and first stepped after it: there is nobody to tell.
      if (!iteration.begun && !call.plan.live.on) iteration.closed = true;
      const over = call.endedAt !== undefined || iteration.closed;
      if (over || (iteration.stepping && !iteration.queues)) return Reflect.apply(method, this, args);
      if (!iteration.begun) {
        iteration.begun = true;
        try {
          call.begin();
        } catch {
          // No stack left for telemetry.
        }
      }
      return takeStep(iteration, new Attempt(method, generator, args));
    },
  }[name] as AnyFunction;
  Object.defineProperty(made, 'length', { value: method.length, configurable: true });
  return made;
}

function takeStep(iteration: Iteration, attempt: Attempt): unknown {
  const { call } = iteration;
  iteration.stepping = true;
  let broken: Failures | undefined;
  try {
    call.inner?.within?.(call.innerState, attempt);
  } catch (error) {
    broken = { error, next: undefined };
  }
  try {
    attempt.run();
  } finally {
    iteration.stepping = false;
  }
  const { threw, value, error } = attempt;
  try {
    if (broken !== undefined) adviceFailed(call.site, broken);
    if (threw) failed(call, error);
  } catch {
    // No stack left: what came of the step is what counts.
    if (threw) late.last = { call, threw, value: error, next: late.last };
  }
  if (threw) throw error;
  // A step of an async generator is a promise of its iterator result.
  if (isPlainPromise(value)) {
    const derived = whenSettled(
      value,
      (result) => noteDone(call, result),
      (reason) => call.fail(reason),
    );
    if (derived !== undefined) return derived;
  }
  noteDone(call, value);
  return value;
}

/**
 * The last iterator result of a native generator is a plain object of its own making. With `yield*` the others may be
 * anything the inner iterator gave: getters of theirs are not ours to run.
 */
function noteDone(call: Call, result: unknown): void {
  try {
    const descriptor = Object.getOwnPropertyDescriptor(result, 'done');
    if (descriptor?.value === true) call.succeed(Object.getOwnPropertyDescriptor(result, 'value')?.value);
  } catch {
    // A proxy that refuses to be looked at is no last result.
  }
}
