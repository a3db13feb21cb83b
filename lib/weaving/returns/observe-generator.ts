/**
 * A call that gave a generator lasts as long as its iteration. The caller gets the very generator the method made; its
 * `next`, `return` and `throw` are covered by own, non-enumerable properties that run each step inside the advice and
 * hear how it ends. Between two steps the caller is outside. It never starts an iteration of its own.
 *
 * A method may give the same generator again and again: each call puts its covers over those of the one before, up to a
 * bound. The calls past it settle as they return.
 */
import { isProxy } from 'node:util/types';
import type { AnyFunction } from '../../metadata/element.js';
import { adviceFailed, nothing } from '../advice-failed.js';
import { Attempt } from '../attempt.js';
import type { Call } from '../call.js';
import { failed, late } from '../late.js';
import { cover } from './cover.js';
import { type Ending, watchersAtMost } from './ending.js';
import { isPlainPromise, whenSettled } from './plain-promise.js';

const covered = ['next', 'return', 'throw'] as const;

const coversOf = new WeakMap<object, number>();

/** How far an iteration is. It is told what came of its steps, where the stack has no room for that at once, late. */
class Iteration {
  readonly call: Call;
  /** What is over with it: the call, or one use of what the call gave. */
  readonly ending: Ending;
  readonly generator: object;
  /** The generator function's body has begun. */
  begun: boolean;
  /** It queues the steps it is asked for while one is running; a sync generator refuses those, and goes on. */
  readonly queues: boolean;
  /** Steps that are under way; of a sync generator, one at most. */
  steps = 0;
  /** Take the covers off: nothing of ours stays where there is nothing to tell any more. */
  readonly uncovers: (() => void)[] = [];
  /** It was closed before it began: its body never runs. */
  closed = false;

  constructor(call: Call, ending: Ending, generator: object, begun: boolean) {
    this.call = call;
    this.ending = ending;
    this.generator = generator;
    this.begun = begun;
    this.queues = Symbol.asyncIterator in generator;
  }

  /** A step gave `result`: the last one, or the iteration waits for the next. */
  succeed(result: unknown): void {
    const { ending } = this;
    const { lasting } = this.call.plan.advisor;
    if (this.queues) this.steps -= 1;
    const last = lastOf(result);
    if (last !== undefined) {
      lasting.stir(ending);
      ending.succeed(last.value);
      this.uncover();
    } else if (this.steps === 0 && !ending.over) lasting.rest(ending);
  }

  /** A step threw or rejected with `error`. */
  fail(error: unknown): void {
    this.call.plan.advisor.lasting.stir(this.ending);
    this.ending.fail(error);
    this.uncover();
  }

  uncover(): void {
    for (const off of this.uncovers.splice(0)) off();
  }
}

/**
 * Covers the generator's steps; where the call has not begun yet, it begins with the first of them. `false` when the
 * generator can't be covered (it is frozen, a proxy that refuses, or covered often enough): then it is left as it was.
 */
export function observeGenerator(call: Call, generator: object, begun: boolean, ending: Ending = call): boolean {
  try {
    const covers = coversOf.get(generator) ?? 0;
    if (covers >= watchersAtMost || !Object.isExtensible(generator)) return false;
    coversOf.set(generator, covers + 1);
    const iteration = new Iteration(call, ending, generator, begun);
    for (const name of covered) {
      const method = (generator as Record<typeof name, AnyFunction>)[name];
      iteration.uncovers.push(cover(generator, name, method, (args) => step(iteration, name, method, args)));
    }
    if (begun) call.plan.advisor.lasting.rest(ending);
    return true;
  } catch {
    return false;
  }
}

function step(iteration: Iteration, name: (typeof covered)[number], method: AnyFunction, args: unknown[]): unknown {
  const { call, ending, generator } = iteration;
  if (!iteration.begun && name !== 'next') iteration.closed = true;
  // Made while telemetry ran and first stepped after it: there is nobody to tell.
  if (!iteration.begun && !call.plan.live.on) iteration.closed = true;
  const over = ending.over || iteration.closed;
  if (over) iteration.uncover();
  if (over || (iteration.steps > 0 && !iteration.queues)) return Reflect.apply(method, generator, args as never[]);
  return takeStep(iteration, new Attempt(method, generator, args));
}

function takeStep(iteration: Iteration, attempt: Attempt): unknown {
  const { call, ending } = iteration;
  // Not before: what begins where there is no stack for this would never end.
  if (!iteration.begun) {
    iteration.begun = true;
    try {
      call.begin();
      call.lasts();
    } catch {
      // No stack left for telemetry.
    }
  }
  iteration.steps += 1;
  if (iteration.queues) call.plan.advisor.lasting.stir(ending);
  let broken: unknown = nothing;
  try {
    call.within(attempt);
  } catch (error) {
    broken = error;
  }
  try {
    attempt.run();
  } catch (error) {
    // Not even the attempt could be called: the step would have fared no better.
    attempt.threw = true;
    attempt.error = error;
  }
  if (!iteration.queues) iteration.steps = 0;
  const { threw, value, error } = attempt;
  try {
    if (broken !== nothing) adviceFailed(call.site, broken);
    if (threw) failed(iteration, error);
  } catch {
    // No stack left: what came of the step is what counts.
    if (threw) {
      attempt.call = iteration;
      attempt.value = error;
      attempt.next = late.last;
      late.last = attempt;
    }
  }
  if (threw) throw error;
  // A step of an async generator is a promise of its iterator result.
  try {
    const derived =
      iteration.queues && isPlainPromise(value)
        ? whenSettled(
            value,
            (result) => iteration.succeed(result),
            (reason) => failed(iteration, reason),
          )
        : undefined;
    if (derived !== undefined) return derived;
    iteration.succeed(value);
  } catch {
    // No stack left, not even to see whether it was the last step: of an async one that is never known.
    attempt.call = iteration;
    attempt.next = late.last;
    late.last = attempt;
  }
  return value;
}

/**
 * The last iterator result of a native generator is a plain object of its own making. With `yield*` the others may be
 * anything the inner iterator gave: getters of theirs are not ours to run.
 */
function lastOf(result: unknown): { readonly value: unknown } | undefined {
  // Looking at a proxy is asking it. No other object refuses; what is thrown below, at the end of the stack, is for who asks.
  if (result === null || result === undefined || isProxy(result)) return undefined;
  if (Object.getOwnPropertyDescriptor(result, 'done')?.value !== true) return undefined;
  return { value: Object.getOwnPropertyDescriptor(result, 'value')?.value as unknown };
}
