/**
 * A function that takes the original's place and cannot be told from it: same `name`, `length`, own keys, prototype and
 * Reflect metadata, and no constructor where the original is none.
 */
import { marksOf, putMarks } from './marks.js';

type AnyFunction = (...args: never[]) => unknown;

/** A stand-in for `original`; each call goes to `run` with its `this` and arguments. */
export function standIn(original: AnyFunction, run: (self: unknown, args: readonly unknown[]) => unknown): AnyFunction {
  const made = isConstructor(original)
    ? function (this: unknown, ...args: unknown[]): unknown {
        if (new.target !== undefined) return Reflect.construct(original, args, new.target);
        return run(this, args);
      }
    : // A method can't be called with `new`, as the original method can't.
      {
        method(this: unknown, ...args: unknown[]): unknown {
          return run(this, args);
        },
      }.method;
  Object.setPrototypeOf(made, Object.getPrototypeOf(original) as object | null);
  for (const key of Reflect.ownKeys(made)) {
    if (!Object.hasOwn(original, key)) Reflect.deleteProperty(made, key);
  }
  putMarks(marksOf(original), made);
  return made;
}

function isConstructor(value: object): boolean {
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype');
  // Generators own a prototype too, but one whose constructor is not theirs.
  return prototype !== undefined && (prototype.value as { constructor?: unknown } | undefined)?.constructor === value;
}
