/**
 * What others leave on a function: own properties and Reflect metadata. Frameworks keep routes and guards there. A
 * stand-in gets them from its original; what was left on a gate meanwhile goes over to the original.
 */
type ReflectMetadata = {
  getOwnMetadataKeys?(target: object): unknown[];
  getOwnMetadata?(key: unknown, target: object): unknown;
  defineMetadata?(key: unknown, value: unknown, target: object): void;
};

/** The marks of a function at one moment. */
export interface Marks {
  readonly properties: ReadonlyMap<string | symbol, PropertyDescriptor>;
  readonly metadata: ReadonlyMap<unknown, unknown>;
}

export function marksOf(target: object): Marks {
  const properties = new Map<string | symbol, PropertyDescriptor>();
  for (const key of Reflect.ownKeys(target)) {
    properties.set(key, Object.getOwnPropertyDescriptor(target, key) as PropertyDescriptor);
  }
  const { getOwnMetadataKeys, getOwnMetadata } = Reflect as ReflectMetadata;
  const keys = getOwnMetadataKeys === undefined || getOwnMetadata === undefined ? [] : getOwnMetadataKeys(target);
  return { properties, metadata: new Map(keys.map((key) => [key, getOwnMetadata?.(key, target)])) };
}

/** Puts marks on a function; with `since`, those alone that are new or other than they were then. */
export function putMarks({ properties, metadata }: Marks, to: object, since?: Marks): void {
  for (const [key, descriptor] of properties) {
    if (isSame(descriptor, since?.properties.get(key))) continue;
    // The `prototype` of a constructor can only be given a new value; the rest is copied as it is.
    const fixed = key === 'prototype' && Object.hasOwn(to, key);
    Reflect.defineProperty(to, key, fixed ? { value: descriptor.value as unknown } : descriptor);
  }
  const { defineMetadata } = Reflect as ReflectMetadata;
  for (const [key, value] of metadata) {
    if (since?.metadata.has(key) && Object.is(since.metadata.get(key), value)) continue;
    defineMetadata?.(key, value, to);
  }
}

function isSame(a: PropertyDescriptor, b: PropertyDescriptor | undefined): boolean {
  return b !== undefined && descriptorFields.every((field) => Object.is(a[field], b[field]));
}

const descriptorFields = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const;
