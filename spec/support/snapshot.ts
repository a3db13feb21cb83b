/**
 * Everything of a class that weaving could have changed, as it is now: descriptors with the identity of their functions,
 * and the keys, names and prototypes of these.
 */
export interface Snapshot {
  readonly statics: Record<string | symbol, PropertyDescriptor>;
  readonly members: Record<string | symbol, PropertyDescriptor>;
  /** In their order. */
  readonly keys: readonly (string | symbol)[];
}

type AnyClass = abstract new (...args: never[]) => unknown;

export function snapshot(owner: AnyClass): Snapshot {
  const prototype = owner.prototype as object;
  return {
    statics: Object.getOwnPropertyDescriptors(owner) as Snapshot['statics'],
    members: Object.getOwnPropertyDescriptors(prototype) as Snapshot['members'],
    keys: [...Reflect.ownKeys(owner), ...Reflect.ownKeys(prototype)],
  };
}

/** A property's flags, and what can be seen of its functions from outside, without their identity. */
export function outside(holder: object, key: string | symbol): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  if (descriptor === undefined) return undefined;
  const { enumerable, configurable, writable } = descriptor;
  const sides = (['value', 'get', 'set'] as const).map((side) => shape(descriptor[side]));
  return { enumerable, configurable, writable, sides };
}

function shape(value: unknown): unknown {
  if (typeof value !== 'function') return typeof value;
  const own = Reflect.ownKeys(value).map((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    return [key, { ...descriptor, value: key === 'prototype' ? 'prototype' : descriptor?.value }];
  });
  return { own, prototype: Object.getPrototypeOf(value), tag: Object.prototype.toString.call(value) };
}
