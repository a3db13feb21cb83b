/**
 * The one kind of promise whose `then` we call: the language's own, not a subclass, nothing put over it. A subclass may
 * start work or consume a body in its `then`.
 */
import { isAsyncFunction, isPromise } from 'node:util/types';

const nativeThen = Promise.prototype.then;

/** Whether a value is a promise, and a plain one. */
export function isPlainPromise(value: unknown): value is Promise<unknown> {
  return (
    isPromise(value) &&
    Object.getPrototypeOf(value) === Promise.prototype &&
    !Object.hasOwn(value, 'then') &&
    // The language's `then` reads it, to know what to derive.
    !Object.hasOwn(value, 'constructor')
  );
}

/**
 * Whether what a function gives is a promise that the language has just made for it: nobody has had it in hand, and all that
 * could be said of it is known. (A generator of that kind is told apart before.)
 */
export function givesFreshPromise(original: object): boolean {
  return isAsyncFunction(original);
}

/** The value as a plain promise, if it is one. Of a fresh promise only the realm is to be looked at. */
export function plainPromise(value: object, isFresh: boolean): Promise<unknown> | undefined {
  const isPlain = isFresh ? Object.getPrototypeOf(value) === Promise.prototype : isPlainPromise(value);
  return isPlain ? (value as Promise<unknown>) : undefined;
}

/**
 * The derived promise, which settles as `promise` does after we heard of it. It is what the caller gets, so that a
 * rejection nobody handles is still unhandled. Uses the language's own `then`: a replaced one could do anything.
 * `undefined` where even that gives no plain promise: then `promise` is left alone.
 */
export function whenSettled(
  promise: Promise<unknown>,
  fulfilled: (value: unknown) => void,
  rejected: (error: unknown) => void,
): Promise<unknown> | undefined {
  return derivedOf(
    promise,
    (value) => {
      fulfilled(value);
      return value;
    },
    (error) => {
      rejected(error);
      throw error;
    },
  );
}

/** The same, of functions that hand on what they are given: two functions less a call. A fresh promise has nothing hung on it. */
export function derivedOf(
  promise: Promise<unknown>,
  handOn: (value: unknown) => unknown,
  throwOn: (error: unknown) => never,
  isFresh = false,
): Promise<unknown> | undefined {
  let derived: object;
  try {
    derived = Reflect.apply(nativeThen, promise, [handOn, throwOn]) as object;
  } catch {
    return undefined;
  }
  // What the language derives, unless somebody has changed what that is for all promises.
  if (Object.getPrototypeOf(derived) !== Promise.prototype) {
    leaveAlone(derived);
    return undefined;
  }
  if (!isFresh) carryOver(promise, derived);
  return derived as Promise<unknown>;
}

/** Nobody gets it: whoever has the promise it is of hears of a rejection there, and it must not end the program. */
function leaveAlone(derived: object): void {
  try {
    Reflect.apply(nativeThen, derived, [undefined, () => undefined]);
  } catch {
    // No promise, or one that derives nothing: there is nothing to be done about it.
  }
}

/** Some libraries hang things on their promises (`cancel`, `requestId`). Symbols are Node's own business. */
function carryOver(from: object, to: object): void {
  try {
    for (const key of Object.getOwnPropertyNames(from)) {
      Reflect.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key) as PropertyDescriptor);
    }
  } catch {
    // The derived promise is what tells of a rejection: it goes to the caller with what it got.
  }
}
