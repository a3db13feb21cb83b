/**
 * What lists, sets and maps hold, by the language's own methods: a subclass may have put others in their place, which could go on for ever.
 */
import { isMap, isProxy } from 'node:util/types';

/** The length of a list, which a proxy may call anything. */
export function lengthOf(list: readonly unknown[]): number {
  const { length } = list as { readonly length: unknown };
  return typeof length === 'number' && length > 0 ? Math.trunc(length) : 0;
}

export function setValues(set: ReadonlySet<unknown>): Iterable<unknown> {
  return Reflect.apply(Set.prototype.values, set, []);
}

export function mapEntries(map: ReadonlyMap<unknown, unknown>): Iterable<[unknown, unknown]> {
  return Reflect.apply(Map.prototype.entries, map, []);
}

export function sizeOf(value: ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>): number {
  return Reflect.get(isMap(value) ? Map.prototype : Set.prototype, 'size', value) as number;
}

/** The names of an object's own properties. Of a proxy's it is not known which can be seen: it would be asked about each before the first is read. */
export function ownNames(value: object): readonly (string | symbol)[] {
  return isProxy(value) ? Reflect.ownKeys(value) : Object.keys(value);
}

/** Whether a property of `ownNames` can be seen. */
export function isShown(value: object, name: string): boolean {
  return !isProxy(value) || Object.getOwnPropertyDescriptor(value, name)?.enumerable === true;
}
