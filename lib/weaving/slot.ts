/**
 * A function that can't be replaced where it stands (a plain function wrapped by `traced()`): its stand-in looks at a
 * slot at each call, which holds how to run it while telemetry is on and nothing otherwise.
 */
import type { AnyFunction } from '../metadata/element.js';
import type { AnnotationRecord } from '../metadata/records/record.js';
import { enrolSlot } from '../metadata/roster.js';
import type { Advisor } from './advice.js';
import type { Live } from './call.js';
import { callSite } from './call-site.js';
import { type Runner, runnerFor } from './run-call.js';
import { standIn } from './stand-in.js';
import { planFor } from './weave-class.js';

export interface Slot {
  readonly original: AnyFunction;
  readonly records: readonly AnnotationRecord[];
  /** How to run it; `undefined` while telemetry is off. */
  runner: Runner | undefined;
}

/** A stand-in for a plain function, switched on and off with telemetry. */
export function switchable(original: AnyFunction, records: readonly AnnotationRecord[]): AnyFunction {
  const slot: Slot = { original, records, runner: undefined };
  const { run } = {
    run(this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(slot.runner ?? original, this, args as never[]);
    },
  };
  const made = standIn(original, run);
  enrolSlot(slot);
  return made;
}

/** Switches a slot on. */
export function fillSlot(slot: Slot, advisor: Advisor, live: Live): void {
  const [first] = slot.records;
  if (first === undefined) return;
  const site = callSite(undefined, first.element, slot.records);
  slot.runner = runnerFor(planFor(site, slot.original, advisor, live));
}
