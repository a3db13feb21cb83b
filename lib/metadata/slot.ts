/**
 * A function that can't be replaced where it stands (a plain function wrapped by `traced()`, a `#private` member): its
 * stand-in looks at a slot at each call, which holds how to run it while telemetry is on and nothing otherwise. Weaving
 * fills the slot.
 */
import type { AnyFunction } from './element.js';
import type { AnnotationRecord } from './records/record.js';
import { enrolSlot } from './roster.js';
import { standIn } from './stand-in.js';

export interface Slot {
  readonly original: AnyFunction;
  /** How to run it; `undefined` while telemetry is off. */
  runner: ((this: unknown, ...args: unknown[]) => unknown) | undefined;
}

/** The slot of a plain function, with what was said of it. */
export interface FunctionSlot extends Slot {
  readonly records: readonly [AnnotationRecord];
}

/** A stand-in for a plain function, switched on and off with telemetry. */
export function switchable(original: AnyFunction, records: FunctionSlot['records']): AnyFunction {
  const slot: FunctionSlot = { original, records, runner: undefined };
  const made = switchedBy(slot);
  enrolSlot(slot);
  return made;
}

/** The stand-in that runs what `slot` holds. While telemetry is off it costs reading one property. */
export function switchedBy(slot: Slot): AnyFunction {
  const { original } = slot;
  const { run } = {
    run(this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(slot.runner ?? original, this, args as never[]);
    },
  };
  return standIn(original, run);
}
