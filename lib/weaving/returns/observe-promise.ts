/**
 * A promise that is not a plain one (of a subclass, or with a `then` of its own) belongs to its maker: its `then` may
 * start work or consume a body, and its other methods are what it was made for. So the caller gets the very object, we
 * call nothing on it, and watch what the caller calls (`promise-uses.ts`). One that is never used is left to `lasting`.
 */
import { type AnyFunction, isClass } from '../../metadata/element.js';
import { Attempt } from '../attempt.js';
import type { Call } from '../call.js';
import { cover, isCover } from './cover.js';
import { watchersAtMost } from './ending.js';
import { chainOf, kindOf } from './kind-of.js';
import { observeGenerator } from './observe-generator.js';
import { isPlainPromise, whenSettled } from './plain-promise.js';
import { type Use, Uses } from './promise-uses.js';

const watchersOf = new WeakMap<object, number>();

/** Watches what is called on `promise`; `false` where it does not let itself be watched. */
export function observePromise(call: Call, promise: object, uses?: Uses): boolean {
  const all = uses ?? new Uses(call);
  try {
    const watchers = watchersOf.get(promise) ?? 0;
    if (watchers >= watchersAtMost || !Object.isExtensible(promise)) return false;
    const methods = methodsOf(promise);
    if (!methods.has('then')) return false;
    watchersOf.set(promise, watchers + 1);
    all.coveredBy(() => watchersOf.set(promise, (watchersOf.get(promise) as number) - 1));
    for (const [name, method] of methods) {
      const run = (args: unknown[]): unknown =>
        all.call.over || all.inside
          ? Reflect.apply(method, promise, args as never[])
          : use(all, promise, name, method, args);
      all.coveredBy(cover(promise, name, method, run));
    }
    if (uses === undefined) call.plan.advisor.lasting.rest(call);
    return true;
  } catch {
    if (uses === undefined) all.uncover();
    return false;
  }
}

/**
 * `then`, and the methods its class adds. What a promise of the language has beside calls `then`. A name means what it
 * means nearest: where that is an accessor or no function, nothing is watched under it. Functions put on the one object
 * are data of its maker, but for a `then`.
 */
function methodsOf(promise: object): Map<string | symbol, AnyFunction> {
  const methods = new Map<string | symbol, AnyFunction>();
  const seen = new Set<string | symbol>(['constructor']);
  for (const level of chainOf(promise)) {
    const ofLanguage = Object.hasOwn(level, 'finally') && isLanguagePromise(level);
    for (const name of ofLanguage ? ['then'] : Reflect.ownKeys(level)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const { value, configurable } = Object.getOwnPropertyDescriptor(level, name) as PropertyDescriptor;
      if (typeof value !== 'function' || isClass(value)) continue;
      if (level === promise && !(configurable && (name === 'then' || isCover(value)))) continue;
      methods.set(name, value as AnyFunction);
    }
    if (ofLanguage) break;
  }
  return methods;
}

/** `Promise.prototype`, of whichever realm: the one whose `then` comes with the language. */
function isLanguagePromise(level: object): boolean {
  if (level === Promise.prototype) return true;
  const then: unknown = Object.getOwnPropertyDescriptor(level, 'then')?.value;
  return typeof then === 'function' && isLanguageThen(then);
}

function isLanguageThen(then: object): boolean {
  return /^function then\(\) \{\s*\[native code\]/.test(Function.prototype.toString.call(then));
}

/** One call on the promise, run inside what the advice opened: work that waited for it belongs to our call. */
function use(uses: Uses, promise: object, name: string | symbol, method: AnyFunction, args: unknown[]): unknown {
  const one = uses.begin();
  const { call } = uses;
  // These go through `then`, as a rule, and that is where they are heard.
  const through = name === 'catch' || name === 'finally';
  const asked = uses.asked;
  if (name === 'then') uses.asked += 1;
  const attempt = new Attempt(method, promise, handlersHeard(one, name, method, args));
  uses.inside = !through;
  try {
    call.runInside(attempt);
  } finally {
    uses.inside = false;
  }
  const { threw, value, error } = attempt;
  if (threw) {
    one.none();
    throw error;
  }
  if (through && uses.asked > asked) {
    one.none();
    return value;
  }
  if (name === 'then' && isLanguageThen(method)) return value;
  const hears = name === 'then' && (typeof args[0] === 'function' || typeof args[1] === 'function');
  return answered(one, promise, value, hears);
}

/** The handlers of a `then`, or of a `catch`: they hear of the end after us, and run where the caller is. */
function handlersHeard(one: Use, name: string | symbol, method: AnyFunction, args: unknown[]): unknown[] {
  if (name === 'catch') return args.map((handler, i) => (i === 0 ? heard(one, handler, true) : handler));
  if (name !== 'then') return args;
  // The language's `then` can't tell a handler that hands on from none; a `then` of somebody's can.
  const all = isLanguageThen(method) ? [args[0], args[1]] : args;
  return all.map((handler, i) => (i < 2 ? heard(one, handler, i === 1, isLanguageThen(method)) : handler));
}

function heard(one: Use, handler: unknown, failed: boolean, always = false): unknown {
  const { advisor } = one.uses.call.plan;
  if (typeof handler !== 'function' && !always) return handler;
  const outside = advisor.ambient();
  return function (this: unknown, ...given: unknown[]): unknown {
    if (failed) one.fail(given[0]);
    else one.succeed(given[0]);
    if (typeof handler === 'function') {
      return new Attempt(handler as AnyFunction, this, given).resumedIn(advisor, outside);
    }
    if (failed) throw given[0];
    return given[0];
  };
}

/** A method may give the same promise each time, and then gets the same for it. */
const derivedFrom = new WeakMap<object, Promise<unknown>>();

function derivedFor(promise: Promise<unknown>, one: Use): Promise<unknown> | undefined {
  const derived = whenSettled(
    promise,
    (result) => one.succeed(result),
    (error) => one.fail(error),
  );
  if (derived === undefined) return undefined;
  const known = derivedFrom.get(promise);
  if (known === undefined) {
    derivedFrom.set(promise, derived);
    return derived;
  }
  // The known one tells of a rejection that nobody handles; this one is given to nobody.
  derived.catch(() => undefined);
  return known;
}

/** What a method of the promise gave: its end is the end of this use, unless a handler `hears` of it before. */
function answered(one: Use, promise: object, value: unknown, hears: boolean): unknown {
  const kind = typeof value === 'object' && value !== null ? kindOf(value) : undefined;
  if (kind === 'generator' && observeGenerator(one.uses.call, value as object, true, one)) return value;
  if (kind === 'promise') {
    if (isPlainPromise(value)) {
      const derived = derivedFor(value, one);
      if (derived !== undefined) return derived;
    } else if (value !== promise) observePromise(one.uses.call, value as object, one.uses);
  }
  if (!hears) one.none();
  return value;
}
