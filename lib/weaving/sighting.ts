/**
 * Notices instances on the first use of any of their class's members, for gauges in the legacy dialect, where a class
 * tells nothing of its constructions. The calls themselves pass untouched.
 */
import type { AnyClass, AnyFunction } from '../metadata/element.js';
import { noticeInstance } from '../metadata/instances.js';
import { methodStandIn } from '../metadata/stand-in.js';
import type { Live } from './call-plan.js';
import { originalBehind, remember } from './remains.js';
import type { Replaced } from './replaced.js';

/** Covers the prototype's own methods and accessors; `replaced` gets what was there. */
export function sight(owner: AnyClass, live: Live, replaced: Replaced[]): void {
  const holder = owner.prototype as object;
  for (const key of Reflect.ownKeys(holder)) {
    if (key === 'constructor') continue;
    const before = Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
    const after: PropertyDescriptor = {};
    for (const side of ['value', 'get', 'set'] as const) {
      if (typeof before[side] !== 'function') continue;
      const original = originalBehind(before[side]) as AnyFunction;
      before[side] = original as never;
      after[side] = noticing(owner, original, live) as never;
    }
    if (Reflect.defineProperty(holder, key, after)) replaced.push({ holder, key, before, after });
  }
}

function noticing(owner: AnyClass, original: AnyFunction, live: Live): AnyFunction {
  const { run } = {
    run(this: unknown, ...args: unknown[]): unknown {
      if (live.on) noticeInstance(owner, this);
      return Reflect.apply(original, this, args as never[]);
    },
  };
  const made = methodStandIn(original, run);
  return remember(made, { original, live, advised: false });
}
