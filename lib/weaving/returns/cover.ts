/**
 * A method of one object, watched on that object alone: an own property, out of sight of enumeration unless the method
 * was in it, that looks like the method it covers. Taken off and called on another thing, it is that method and no more.
 */
import type { AnyFunction } from '../../metadata/element.js';
import { standIn } from '../../metadata/stand-in.js';

/** All there are, to know one again on a thing it was copied to. */
const covers = new WeakSet<object>();

/** Whether a function is a cover of ours, also for another call. */
export function isCover(method: object): boolean {
  return covers.has(method);
}

/** Covers `name` on `thing`. Throws where the object does not allow it. Returns what takes the cover off again. */
export function cover(
  thing: object,
  name: string | symbol,
  method: AnyFunction,
  run: (args: unknown[]) => unknown,
): () => void {
  const { covering } = {
    covering(this: unknown, ...args: unknown[]): unknown {
      if (this === thing) return run(args);
      return Reflect.apply(copiedOnto(this) ?? method, this, args as never[]);
    },
  };
  const made = dress(method, covering);
  covers.add(made);
  /** Some copy all own properties of a thing onto another (got): there, a cover is what that other would inherit. */
  const copiedOnto = (other: unknown): AnyFunction | undefined => {
    if (before !== undefined || typeof other !== 'object' || other === null) return undefined;
    const own: unknown = Object.getOwnPropertyDescriptor(other, name)?.value;
    if (typeof own !== 'function' || !covers.has(own)) return undefined;
    const inherited: unknown = Reflect.get(Object.getPrototypeOf(other) ?? {}, name, other);
    return typeof inherited === 'function' ? (inherited as AnyFunction) : undefined;
  };
  const before = Object.getOwnPropertyDescriptor(thing, name);
  const enumerable = before?.enumerable ?? false;
  Object.defineProperty(thing, name, { value: made, writable: true, configurable: true, enumerable });
  return () => {
    // Somebody may have put something else there since: then it stays.
    if (Object.getOwnPropertyDescriptor(thing, name)?.value !== made) return;
    if (before === undefined) Reflect.deleteProperty(thing, name);
    else Reflect.defineProperty(thing, name, before);
  };
}

/** Makes `covering` look like `method`; the short way for most, which have no more than the language gives them. */
function dress(method: AnyFunction, covering: (this: unknown, ...args: unknown[]) => unknown): AnyFunction {
  const keys = Reflect.ownKeys(method);
  if (keys.length !== 2 || Object.getPrototypeOf(method) !== Function.prototype) return standIn(method, covering);
  Object.defineProperty(covering, 'name', { value: method.name, configurable: true });
  Object.defineProperty(covering, 'length', { value: method.length, configurable: true });
  return covering as AnyFunction;
}
