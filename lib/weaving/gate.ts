/**
 * A switch in front of a method whose class is still being decorated (legacy dialect, telemetry already on): other
 * decorators of the class have yet to run, so it can't be woven now, but its first call may come before the end of the
 * tick. The first call weaves the class. Once woven, the gate is what old references lead through.
 */
import type { Runner } from './run-call.js';
import { standIn } from './stand-in.js';

type AnyFunction = (...args: never[]) => unknown;

export interface Gate {
  readonly original: AnyFunction;
  /** What calls go to once the class is woven. */
  woven: AnyFunction | undefined;
}

const gates = new WeakMap<AnyFunction, Gate>();

/** A gate in front of `original`. Before its first call is let through, `arrive` weaves the class and may run that call. */
export function gateFor(original: AnyFunction, arrive: (gate: AnyFunction) => Runner | undefined): AnyFunction {
  const gate: Gate = { original, woven: undefined };
  let arrived = false;
  const made: AnyFunction = standIn(original, (self, args) => {
    if (!arrived) {
      arrived = true;
      const run = arrive(made);
      if (run !== undefined) return run(self, args);
    }
    return Reflect.apply(gate.woven ?? original, self, args);
  });
  gates.set(made, gate);
  return made;
}

/** The gate a function is, if it is one. */
export function gateOf(standing: AnyFunction): Gate | undefined {
  return gates.get(standing);
}
