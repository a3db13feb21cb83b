/**
 * A function that takes the original's place and cannot be told from it: same `name`, `length`, own keys, prototype and
 * Reflect metadata, and no constructor where the original is none.
 */
import type { AnyFunction } from './element.js';
import { marksOf, putMarks } from './marks.js';

/**
 * A stand-in for `original`: `run` itself, made to look like it. `run` is to be a method nobody else holds: it can't be
 * called with `new`, as the original can't. Where it can, a function around `run` sees to that.
 */
export function standIn(original: AnyFunction, run: (this: unknown, ...args: unknown[]) => unknown): AnyFunction {
  const made = isConstructor(original)
    ? function (this: unknown, ...args: unknown[]): unknown {
        if (new.target !== undefined) return Reflect.construct(original, args, new.target);
        return Reflect.apply(run, this, args);
      }
    : run;
  Object.setPrototypeOf(made, Object.getPrototypeOf(original) as object | null);
  for (const key of Reflect.ownKeys(made)) {
    if (!Object.hasOwn(original, key)) Reflect.deleteProperty(made, key);
  }
  putMarks(marksOf(original), made);
  return made as AnyFunction;
}

function isConstructor(value: object): boolean {
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype');
  // Generators own a prototype too, but one whose constructor is not theirs.
  return prototype !== undefined && (prototype.value as { constructor?: unknown } | undefined)?.constructor === value;
}
