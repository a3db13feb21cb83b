/**
 * A method of one object, watched on that object alone: an own property, out of sight of enumeration, that looks like the
 * method it covers. Taken off and called on another thing, it is that method and no more.
 */
import type { AnyFunction } from '../../metadata/element.js';

/** Covers `name` on `thing`. Throws where the object does not allow it. Returns what takes the cover off again. */
export function cover(
  thing: object,
  name: string | symbol,
  method: AnyFunction,
  run: (args: unknown[]) => unknown,
): () => void {
  const { covering } = {
    covering(this: unknown, ...args: unknown[]): unknown {
      return this === thing ? run(args) : Reflect.apply(method, this, args as never[]);
    },
  };
  Object.defineProperty(covering, 'name', { value: method.name, configurable: true });
  Object.defineProperty(covering, 'length', { value: method.length, configurable: true });
  const before = Object.getOwnPropertyDescriptor(thing, name);
  Object.defineProperty(thing, name, { value: covering, writable: true, configurable: true, enumerable: false });
  return () => {
    // Somebody may have put something else there since: then it stays.
    if (Object.getOwnPropertyDescriptor(thing, name)?.value !== covering) return;
    if (before === undefined) Reflect.deleteProperty(thing, name);
    else Reflect.defineProperty(thing, name, before);
  };
}
