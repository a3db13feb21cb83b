/**
 * A promise that is not a plain one (of a subclass, or with a `then` of its own) belongs to its maker: its `then` may
 * start work or consume a body, and its other methods are what it was made for. So the caller gets the very object, we
 * call nothing on it, and watch what the caller calls: each call that is answered later is a use, and the end of the last
 * use that is under way is the end of the call. One that is never used is left to `lasting`.
 */
import { isPromise } from 'node:util/types';
import type { AnyFunction } from '../../metadata/element.js';
import { adviceFailed, type Failures } from '../advice-failed.js';
import { Attempt } from '../attempt.js';
import type { Call } from '../call.js';
import { cover } from './cover.js';
import type { Ending } from './ending.js';
import { chainOf, kindOf } from './kind-of.js';
import { observeGenerator } from './observe-generator.js';
import { isPlainPromise, whenSettled } from './plain-promise.js';

/** Of calls that give one and the same promise, so many watch it; the rest end as they return. */
const watchersAtMost = 16;
const watchersOf = new WeakMap<object, number>();

/** All uses of what one call gave. */
class Uses {
  readonly call: Call;
  #pending = 0;
  /** One of the covered methods is running: what it calls on its own object is no use of the caller's. */
  inside = false;
  #outcome: { readonly threw: boolean; readonly value: unknown } | undefined;

  constructor(call: Call) {
    this.call = call;
  }

  /** One more use is under way. */
  begin(): Use {
    this.#pending += 1;
    this.call.plan.advisor.lasting.stir(this.call);
    return new Use(this);
  }

  /** A use is over; without an outcome it was none. A failure counts more than what else the caller got. */
  end(outcome: { readonly threw: boolean; readonly value: unknown } | undefined): void {
    const { call } = this;
    this.#pending -= 1;
    if (this.#outcome?.threw !== true) this.#outcome = outcome ?? this.#outcome;
    if (this.#pending > 0 || call.over) return;
    if (this.#outcome === undefined) call.plan.advisor.lasting.rest(call);
    else if (this.#outcome.threw) call.fail(this.#outcome.value);
    else call.succeed(this.#outcome.value);
  }
}

class Use implements Ending {
  readonly #uses: Uses;
  over = false;

  constructor(uses: Uses) {
    this.#uses = uses;
  }

  get uses(): Uses {
    return this.#uses;
  }

  succeed(value: unknown): void {
    this.#end({ threw: false, value });
  }

  fail(value: unknown): void {
    this.#end({ threw: true, value });
  }

  /** It was no use: an answer was there at once. */
  none(): void {
    this.#end(undefined);
  }

  abandon(at: number): void {
    if (this.over) return;
    this.over = true;
    this.#uses.call.abandon(at);
  }

  #end(outcome: Parameters<Uses['end']>[0]): void {
    if (this.over) return;
    this.over = true;
    this.#uses.end(outcome);
  }
}

/** Watches what is called on `promise`; `false` where it does not let itself be watched. */
export function observePromise(call: Call, promise: object, uses?: Uses): boolean {
  try {
    const watchers = watchersOf.get(promise) ?? 0;
    if (watchers >= watchersAtMost || !Object.isExtensible(promise)) return false;
    const methods = methodsOf(promise);
    if (!methods.has('then')) return false;
    watchersOf.set(promise, watchers + 1);
    const all = uses ?? new Uses(call);
    for (const [name, method] of methods) {
      cover(promise, name, method, (args) =>
        all.call.over || all.inside
          ? Reflect.apply(method, promise, args as never[])
          : use(all, promise, name, method, args),
      );
    }
    if (uses === undefined) call.plan.advisor.lasting.rest(call);
    return true;
  } catch {
    return false;
  }
}

/** `then`, and what its class and the object itself add. What a promise of the language has beside calls `then`. */
function methodsOf(promise: object): Map<string | symbol, AnyFunction> {
  const methods = new Map<string | symbol, AnyFunction>();
  for (const level of chainOf(promise)) {
    const ofLanguage = Object.hasOwn(level, 'finally') && isLanguagePromise(level);
    for (const name of ofLanguage ? ['then'] : Reflect.ownKeys(level)) {
      if (name === 'constructor' || methods.has(name)) continue;
      const { value } = Object.getOwnPropertyDescriptor(level, name) as PropertyDescriptor;
      const fixed = level === promise && Object.getOwnPropertyDescriptor(level, name)?.configurable === false;
      if (typeof value === 'function' && !fixed) methods.set(name, value as AnyFunction);
    }
    if (ofLanguage) break;
  }
  return methods;
}

/** `Promise.prototype`, of whichever realm: the one whose `then` comes with the language. */
function isLanguagePromise(level: object): boolean {
  if (level === Promise.prototype) return true;
  const then: unknown = Object.getOwnPropertyDescriptor(level, 'then')?.value;
  return (
    typeof then === 'function' &&
    /^function then\(\) \{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(then))
  );
}

/** One call on the promise, run inside what the advice opened: work that waited for it belongs to our call. */
function use(uses: Uses, promise: object, name: string | symbol, method: AnyFunction, args: unknown[]): unknown {
  const one = uses.begin();
  const { call } = uses;
  const attempt = new Attempt(method, promise, handlersHeard(one, name, args));
  let broken: Failures | undefined;
  uses.inside = true;
  try {
    try {
      call.inner?.within?.(call.innerState, attempt);
    } catch (error) {
      broken = { error, next: undefined };
    }
    attempt.run();
  } finally {
    uses.inside = false;
  }
  if (broken !== undefined) adviceFailed(call.site, broken);
  const { threw, value, error } = attempt;
  if (threw) {
    one.none();
    throw error;
  }
  return name === 'then' ? value : answered(one, promise, value);
}

function handlersHeard(one: Use, name: string | symbol, args: unknown[]): unknown[] {
  if (name === 'then') return heard(one, args);
  // A class may have a `catch` of its own.
  return name === 'catch' ? heard(one, [undefined, ...args]).slice(1) : args;
}

/** The handlers of a `then`: they hear of the end after us, and run where the caller is, not inside the call. */
function heard(one: Use, [fulfilled, rejected, ...more]: unknown[]): unknown[] {
  const { advisor } = one.uses.call.plan;
  const outside = advisor.ambient();
  const answer = (handler: unknown, given: unknown, otherwise: () => unknown): unknown => {
    if (typeof handler !== 'function') return otherwise();
    const attempt = new Attempt(handler as AnyFunction, undefined, [given]);
    advisor.resume(outside, attempt);
    if (attempt.threw) throw attempt.error;
    return attempt.value;
  };
  return [
    (value: unknown) => {
      one.succeed(value);
      return answer(fulfilled, value, () => value);
    },
    (error: unknown) => {
      one.fail(error);
      return answer(rejected, error, () => {
        throw error;
      });
    },
    ...more,
  ];
}

/** What another method of the promise gave: its end is the end of this use. */
function answered(one: Use, promise: object, value: unknown): unknown {
  const kind = typeof value === 'object' && value !== null ? kindOf(value) : 'value';
  if (kind === 'generator' && observeGenerator(one.uses.call, value as object, true, one)) return value;
  if (kind === 'promise' && isPromise(value)) {
    if (isPlainPromise(value)) {
      const derived = whenSettled(
        value,
        (result) => one.succeed(result),
        (error) => one.fail(error),
      );
      if (derived !== undefined) return derived;
    } else if (value !== promise) observePromise(one.uses.call, value, one.uses);
  }
  one.none();
  return value;
}
