/**
 * What kind of thing came back, told by its prototypes and remembered for each. Properties are looked up as descriptors
 * and never read: a getter must not run on our account. A proxy is never looked into.
 */
import { Stream } from 'node:stream';
import { isPromise, isProxy } from 'node:util/types';
import { isGeneratorPrototype } from './generator-kinds.js';

export type ReturnKind = 'value' | 'promise' | 'generator' | 'web stream' | 'node stream' | 'observable';

const kinds = new WeakMap<object, ReturnKind>([
  [Object.prototype, 'value'],
  [Array.prototype, 'value'],
  [Promise.prototype, 'value'],
]);

/** The kind of `value`; whatever is no other is a plain value. */
export function kindOf(value: object): ReturnKind {
  if (isProxy(value)) return 'value';
  // A promise of another realm has other prototypes.
  if (isPromise(value)) return 'promise';
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return 'value';
  let kind = kinds.get(prototype);
  if (kind === undefined) {
    kind = kindOfAll(prototype);
    kinds.set(prototype, kind);
  }
  return kind;
}

function kindOfAll(prototype: object): ReturnKind {
  const chain = chainOf(prototype);
  if (chain.some(isGeneratorPrototype)) return 'generator';
  // Made to be one by its prototypes, with a `then` of its own (p-cancelable, and so got).
  if (has(chain.slice(0, Math.max(0, chain.indexOf(Promise.prototype))), 'then')) return 'promise';
  if (chain.includes(ReadableStream.prototype)) return 'web stream';
  if (chain.includes(Stream.prototype)) return isResultStream(chain) ? 'node stream' : 'value';
  return has(chain, 'subscribe') && observableIn(chain) !== undefined ? 'observable' : 'value';
}

/** To be read, and not a connection: the two sides of a socket have nothing to do with each other. */
function isResultStream(chain: readonly object[]): boolean {
  return has(chain, 'read') && (!has(chain, 'write') || has(chain, '_transform'));
}

/** The prototype that makes things observable: the one with the method under the symbol of observables. */
export function observableIn(chain: readonly object[]): object | undefined {
  const key = (Symbol as { observable?: symbol }).observable;
  return chain.find(
    (level) => Object.hasOwn(level, '@@observable') || (key !== undefined && Object.hasOwn(level, key)),
  );
}

/** An object's prototypes, nearest first, beginning with `first` itself. None of a proxy's: looking is asking it. */
export function chainOf(first: object | null): object[] {
  const chain: object[] = [];
  for (let level = first; level !== null && !isProxy(level); level = Object.getPrototypeOf(level) as object | null) {
    chain.push(level);
  }
  return chain;
}

function has(chain: readonly object[], method: string): boolean {
  return chain.some((level) => typeof Object.getOwnPropertyDescriptor(level, method)?.value === 'function');
}
