/**
 * Standard dialect: a decorator below ours that binds a method as an instance is built comes before the initializer by which
 * a class without any instance becomes known. So the first one has bound what was written; it is covered where it is kept.
 */
import { isProxy } from 'node:util/types';
import type { AnyClass, AnyFunction } from '../metadata/element.js';
import { planOf } from '../metadata/plan.js';
import { methodStandIn } from '../metadata/stand-in.js';
import type { Advisor } from './advice.js';
import type { Live } from './call-plan.js';
import { callSite } from './call-site.js';
import { isAdvised, remember } from './remains.js';
import { runnerFor } from './run-call.js';
import { placeOfMember, planFor } from './weave-class.js';

/** Covers the methods that `instance`, the first of `owner` and not constructed yet, has of its own: bound ones. */
export function coverBound(owner: AnyClass, instance: object, advisor: Advisor, live: Live): void {
  // Others' traps are none of ours to spring.
  if (isProxy(instance)) return;
  for (const { element, records } of planOf(owner)) {
    // A bound method that is called `#x` is another than a private one.
    if (element.private === true) continue;
    const { holder, key } = placeOfMember(owner, element);
    const own: unknown = Object.getOwnPropertyDescriptor(instance, key)?.value;
    const woven: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value;
    if (holderOf(instance, key) !== holder || !isAdvised(woven) || !isBound(own, woven as AnyFunction)) continue;
    const plan = planFor(callSite(owner, element, records), own, advisor, live);
    const told = runnerFor(plan);
    // Whoever calls it, it is the instance that is called.
    const { run } = { run: (...args: unknown[]): unknown => Reflect.apply(told, instance, args) };
    const value = remember(methodStandIn(own, run), { original: own, live, advised: true });
    Reflect.defineProperty(instance, key, { value });
  }
}

/** Where an instance inherits a member from: a subclass may have overridden it. */
function holderOf(instance: object, key: string | symbol): object | null {
  let level = Object.getPrototypeOf(instance) as object | null;
  while (level !== null && !isProxy(level) && !Object.hasOwn(level, key)) {
    level = Object.getPrototypeOf(level) as object | null;
  }
  return level;
}

/** By its name: what a function was bound from cannot be asked. Where a base binds the same method, it is bound twice. */
function isBound(own: unknown, method: AnyFunction): own is AnyFunction {
  if (typeof own !== 'function' || isProxy(own) || Object.hasOwn(own, 'prototype')) return false;
  const [name, written] = [String(nameOf(own)), String(nameOf(method))];
  return name.endsWith(written) && /^(bound )+$/.test(name.slice(0, name.length - written.length));
}

function nameOf(value: object): unknown {
  return Object.getOwnPropertyDescriptor(value, 'name')?.value as unknown;
}
