/**
 * The live instances of classes with gauges, held weakly. In the standard dialect an instance announces itself as it is
 * built; in the legacy one (no hook there) it is noticed when one of its members is first used.
 */
import type { AnyClass } from './element.js';
import { processState } from './process-state.js';

const collected = new FinalizationRegistry<{ set: Set<WeakRef<object>>; reference: WeakRef<object> }>(
  ({ set, reference }) => set.delete(reference),
);

/** Instances noticed already, per class: noticing happens on every use in the legacy dialect and must be cheap. */
const noticed = new WeakMap<AnyClass, WeakSet<object>>();

/** Remembers a live instance of `owner`. Cheap when it is known already. */
export function noticeInstance(owner: AnyClass, instance: unknown): void {
  if (typeof instance !== 'object' || instance === null) return;
  let known = noticed.get(owner);
  if (known === undefined) noticed.set(owner, (known = new WeakSet()));
  if (known.has(instance)) return;
  known.add(instance);
  const { instances } = processState();
  let set = instances.get(owner);
  if (set === undefined) instances.set(owner, (set = new Set()));
  const reference = new WeakRef(instance);
  set.add(reference);
  collected.register(instance, { set, reference });
}

/** The instances of `owner` that are still in use, oldest first. */
export function liveInstances(owner: AnyClass): object[] {
  const found: object[] = [];
  for (const reference of processState().instances.get(owner) ?? []) {
    const instance = reference.deref();
    if (instance !== undefined) found.push(instance);
  }
  return found;
}

/** Says that instances of `owner` announce themselves. */
export function markAnnouncing(owner: AnyClass): void {
  processState().announcing.add(owner);
}

/** Whether instances of `owner` announce themselves from their constructor. */
export function announcesInstances(owner: AnyClass): boolean {
  return processState().announcing.has(owner);
}
