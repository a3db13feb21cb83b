/**
 * A function that takes the original's place and cannot be told from it: same `name`, `length`, own keys, prototype and
 * Reflect metadata, and a constructor where the original is one.
 */
import type { AnyFunction } from './element.js';
import { type Marks, marksOf, putMarks } from './marks.js';

type Run = (this: unknown, ...args: unknown[]) => unknown;

/**
 * A stand-in for `original`: `run` itself, made to look like it. `run` is to be a method nobody else holds: it can't be
 * called with `new`, as the original can't. Where it can, a function around `run` sees to that.
 */
export function standIn(original: AnyFunction, run: Run): AnyFunction {
  const marks = marksOf(original);
  if (!isConstructor(original)) return alike(run, original, marks);
  return alike(
    marks.properties.has('prototype') ? constructible(original, run) : bound(original, run),
    original,
    marks,
  );
}

/**
 * A stand-in for what stands in a method's place: `run` is always told who is called. A function that is bound takes no
 * heed of that, and its stand-in can't be a constructor and still be told; nobody constructs a method.
 */
export function methodStandIn(original: AnyFunction, run: Run): AnyFunction {
  const marks = marksOf(original);
  const made = marks.properties.has('prototype') && isConstructor(original) ? constructible(original, run) : run;
  return alike(made, original, marks);
}

function alike(made: Run, original: AnyFunction, marks: Marks): AnyFunction {
  Object.setPrototypeOf(made, Object.getPrototypeOf(original) as object | null);
  for (const key of Reflect.ownKeys(made)) {
    if (!marks.properties.has(key)) Reflect.deleteProperty(made, key);
  }
  putMarks(marks, made);
  return made as AnyFunction;
}

/** Constructed, it is the original that is constructed, which sees itself as `new.target`, or the subclass. */
function constructible(original: AnyFunction, run: Run): Run {
  return function made(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return Reflect.apply(run, this, args);
    return Reflect.construct(original, args, new.target === made ? original : new.target);
  };
}

/** For a constructor without a `prototype`, as bound ones are: one that is bound, since every other has one for good. */
function bound(original: AnyFunction, run: Run): Run {
  const made = constructible(original, run);
  Object.defineProperty(made, Symbol.hasInstance, { value: (value: unknown) => value instanceof original });
  return made.bind(undefined);
}

const constructed = {};
const probe = { construct: () => constructed };
const { of } = Array;

/**
 * `Array.of` constructs its `this` where that is a constructor, and throws nothing where it is none (a throw would cost
 * microseconds for each callback). The proxy answers for the original: nothing of it runs, nor is anything read.
 */
function isConstructor(value: AnyFunction): boolean {
  return (Reflect.apply(of, new Proxy(value, probe), []) as unknown) === constructed;
}
