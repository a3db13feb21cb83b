/**
 * Notices instances on the first use of any of their class's members, for gauges in the legacy dialect, where a class
 * tells nothing of its constructions. The calls themselves pass untouched.
 */
import type { AnyClass } from '../metadata/element.js';
import { noticeInstance } from '../metadata/instances.js';
import type { Replaced } from './replaced.js';
import { standIn } from './stand-in.js';

type AnyFunction = (...args: never[]) => unknown;

/** Covers the prototype's own methods and accessors; what was replaced comes back. */
export function sighted(owner: AnyClass): Replaced[] {
  const holder = owner.prototype as object;
  const replaced: Replaced[] = [];
  for (const key of Reflect.ownKeys(holder)) {
    if (key === 'constructor') continue;
    const before = Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
    const after = { ...before };
    for (const side of ['value', 'get', 'set'] as const) {
      const original = before[side] as unknown;
      if (typeof original === 'function') after[side] = noticing(owner, original as AnyFunction) as never;
    }
    if (Reflect.defineProperty(holder, key, after)) replaced.push({ holder, key, before, after });
  }
  return replaced;
}

function noticing(owner: AnyClass, original: AnyFunction): AnyFunction {
  return standIn(original, (self, args) => {
    noticeInstance(owner, self);
    return Reflect.apply(original, self, args);
  });
}
