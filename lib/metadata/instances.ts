/**
 * The live instances of classes with gauges, held weakly. In the standard dialect an instance announces itself as it is
 * built; in the legacy one (no hook there) it is noticed when one of its members is first used.
 */
import type { AnyClass } from './element.js';
import { processState } from './process-state.js';

const collected = new FinalizationRegistry<{ references: Set<WeakRef<object>>; reference: WeakRef<object> }>(
  ({ references, reference }) => references.delete(reference),
);

/** Remembers a live instance of `owner`. Cheap when it is known already. */
export function noticeInstance(owner: AnyClass, instance: unknown): void {
  if (typeof instance !== 'object' || instance === null) return;
  const { instances } = processState();
  let noticed = instances.get(owner);
  if (noticed === undefined) {
    noticed = { known: new WeakSet(), references: new Set() };
    instances.set(owner, noticed);
  }
  const { known, references } = noticed;
  if (known.has(instance)) return;
  known.add(instance);
  const reference = new WeakRef(instance);
  references.add(reference);
  collected.register(instance, { references, reference });
}

/** The instances of `owner` that are still in use, oldest first. */
export function liveInstances(owner: AnyClass): object[] {
  const found: object[] = [];
  for (const reference of processState().instances.get(owner)?.references ?? []) {
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
