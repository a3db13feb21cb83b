/**
 * A function that takes the original's place and cannot be told from it: same `name`, `length`, own keys, prototype and
 * Reflect metadata, and no constructor where the original is none.
 */
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
  resemble(made, original);
  return made;
}

function resemble(made: object, original: object): void {
  Object.setPrototypeOf(made, Object.getPrototypeOf(original) as object | null);
  for (const key of Reflect.ownKeys(made)) {
    if (!Object.hasOwn(original, key)) Reflect.deleteProperty(made, key);
  }
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, key) as PropertyDescriptor;
    // The `prototype` of a constructor can only be given a new value; the rest is copied as it is.
    const fixed = key === 'prototype' && Object.hasOwn(made, key);
    Reflect.defineProperty(made, key, fixed ? { value: descriptor.value as unknown } : descriptor);
  }
  copyReflectMetadata(original, made);
}

function isConstructor(value: object): boolean {
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype');
  // Generators own a prototype too, but one whose constructor is not theirs.
  return prototype !== undefined && (prototype.value as { constructor?: unknown } | undefined)?.constructor === value;
}

type ReflectMetadata = {
  getOwnMetadataKeys?(target: object): unknown[];
  getOwnMetadata?(key: unknown, target: object): unknown;
  defineMetadata?(key: unknown, value: unknown, target: object): void;
};

/** Frameworks keep routes and guards as metadata on the function itself. */
function copyReflectMetadata(from: object, to: object): void {
  const { getOwnMetadataKeys, getOwnMetadata, defineMetadata } = Reflect as ReflectMetadata;
  if (getOwnMetadataKeys === undefined || getOwnMetadata === undefined || defineMetadata === undefined) return;
  for (const key of getOwnMetadataKeys(from)) defineMetadata(key, getOwnMetadata(key, from), to);
}
