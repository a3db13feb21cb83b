/**
 * Which classes are annotated, and who wants to hear of the next. Classes are held weakly: a class made in a function
 * and forgotten is not kept alive for telemetry.
 */
import type { AnyClass } from './element.js';
import { type ArrivalListener, processState } from './process-state.js';
import type { AnnotationRecord } from './records/record.js';

/** Sets the records of a class; known to the roster from now on. */
export function enrol(owner: AnyClass, records: readonly AnnotationRecord[]): void {
  const state = processState();
  if (!state.records.has(owner)) {
    forget(state.classes);
    state.classes.add(new WeakRef(owner));
  }
  state.records.set(owner, records);
}

/** The records of a class itself, in the order they were written down; empty when it has none. */
export function recordsOf(owner: AnyClass): readonly AnnotationRecord[] {
  return processState().records.get(owner) ?? [];
}

/** Whether the class has records of its own. */
export function isEnrolled(owner: AnyClass): boolean {
  return processState().records.has(owner);
}

/** The classes known now. */
export function enrolledClasses(): AnyClass[] {
  return alive(processState().classes);
}

/** Makes `listener` the one that hears of arrivals; `undefined` for nobody. */
export function listenForArrivals(listener: ArrivalListener | undefined): void {
  processState().listener = listener;
}

/** Who hears of arrivals; nobody while telemetry is off. */
export function arrivalListener(): ArrivalListener | undefined {
  return processState().listener;
}

/** Keeps a switchable function in reach of the next `bootstrap()`, and of the one that runs. */
export function enrolSlot(slot: object): void {
  const state = processState();
  forget(state.slots);
  state.slots.add(new WeakRef(slot));
  state.listener?.wrapped(slot);
}

/** The switchable functions still in use. */
export function enrolledSlots(): object[] {
  return alive(processState().slots);
}

function alive<T extends object>(references: Set<WeakRef<T>>): T[] {
  const found: T[] = [];
  for (const reference of references) {
    const value = reference.deref();
    if (value === undefined) references.delete(reference);
    else found.push(value);
  }
  return found;
}

/** Every so often, drops what was collected, so that a process that makes classes in a loop does not grow. */
function forget(references: Set<WeakRef<object>>): void {
  if (references.size % 1024 === 1023) alive(references);
}
