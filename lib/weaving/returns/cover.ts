/**
 * A method of one object, watched on that object alone: an own property, out of sight of enumeration unless the method
 * was in it, that looks like the method it covers. Taken off and called on another thing, it is that method and no more.
 */
import type { AnyFunction } from '../../metadata/element.js';
import { standIn } from '../../metadata/stand-in.js';

interface Cover {
  /** What was there before, maybe another cover. */
  readonly before: PropertyDescriptor | undefined;
  off: boolean;
}

/** All there are, to know one again beneath another, or on a thing it was copied to. */
const covers = new WeakMap<object, Cover>();

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
  /** Some copy all own properties of a thing onto another (got): there, a cover is what that other would inherit. */
  const copiedOnto = (other: unknown): AnyFunction | undefined => {
    if (before !== undefined || typeof other !== 'object' || other === null) return undefined;
    // What is no object is no key of it.
    if (!covers.has(Object.getOwnPropertyDescriptor(other, name)?.value as object)) return undefined;
    const inherited: unknown = Reflect.get(Object.getPrototypeOf(other) ?? {}, name, other);
    return typeof inherited === 'function' ? (inherited as AnyFunction) : undefined;
  };
  const before = Object.getOwnPropertyDescriptor(thing, name);
  const enumerable = before?.enumerable ?? false;
  Object.defineProperty(thing, name, { value: made, writable: true, configurable: true, enumerable });
  const placed: Cover = { before, off: false };
  covers.set(made, placed);
  return () => {
    placed.off = true;
    takeOff(thing, name);
  };
}

/** Takes off what is to come off, from the top: somebody may have put something else over it, and then it stays. */
function takeOff(thing: object, name: string | symbol): void {
  for (;;) {
    const placed = covers.get(Object.getOwnPropertyDescriptor(thing, name)?.value as object);
    if (placed?.off !== true) return;
    const { before } = placed;
    if (!(before === undefined ? Reflect.deleteProperty(thing, name) : Reflect.defineProperty(thing, name, before)))
      return;
  }
}

/** Makes `covering` look like `method`; the short way for most, which have no more than the language gives them. */
function dress(method: AnyFunction, covering: (this: unknown, ...args: unknown[]) => unknown): AnyFunction {
  const keys = Reflect.ownKeys(method);
  if (keys.length !== 2 || Object.getPrototypeOf(method) !== Function.prototype) return standIn(method, covering);
  Object.defineProperty(covering, 'name', { value: method.name, configurable: true });
  Object.defineProperty(covering, 'length', { value: method.length, configurable: true });
  return covering as AnyFunction;
}
