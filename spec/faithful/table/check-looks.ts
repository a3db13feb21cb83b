/**
 * What can be seen of a method and its class from outside: with telemetry it looks as without, and afterwards it is the
 * very one that was written.
 */
import 'reflect-metadata';
import { isDeepStrictEqual } from 'node:util';
import { outside } from '../../support/snapshot.js';
import type { Declared } from './declarations/declaration.js';
import type { Trial } from './trial.js';

/** One property as it stands. */
export interface Look {
  readonly key: string | symbol;
  readonly descriptor: PropertyDescriptor;
}

/** Flags, names, lengths, own keys and metadata of the method and its like, without anything's identity. */
export function lookAt({ places }: Declared): unknown {
  return places.map(([holder, key]) => {
    const { value, get } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
    const made = (value ?? get) as object;
    const metadata = Reflect.getMetadataKeys(made).map((name) => [name, Reflect.getMetadata(name, made)]);
    return { seen: outside(holder, key), metadata, order: Reflect.ownKeys(holder) };
  });
}

export function unlike({ problems }: Trial, bare: unknown, woven: unknown): void {
  if (!isDeepStrictEqual(bare, woven)) {
    problems.push(`it looks otherwise: ${JSON.stringify(woven)} instead of ${JSON.stringify(bare)}`);
  }
}

/** Every property of the classes and their prototypes, with the identity of what is in it. */
export function written({ classes }: Declared): readonly Look[] {
  return classes
    .flatMap((owner) => [owner, owner.prototype as object])
    .flatMap((holder) =>
      Reflect.ownKeys(holder).map((key) => ({
        key,
        descriptor: Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor,
      })),
    );
}

export function sameLook(one: readonly Look[], other: readonly Look[]): boolean {
  if (one.length !== other.length) return false;
  return one.every(({ key, descriptor }, at) => {
    const then = other[at] as Look;
    const sides = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const;
    return key === then.key && sides.every((side) => Object.is(descriptor[side], then.descriptor[side]));
  });
}
