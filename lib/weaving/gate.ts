/**
 * A switch in front of a method whose class is still being decorated (legacy dialect, telemetry already on): other
 * decorators of the class have yet to run, so it can't be woven now, but its first call may come before the end of the
 * tick. The first call weaves the class. Once woven, the gate is what old references lead through, and what the
 * decorators left on it goes over to the method they took it for.
 */
import type { AnyFunction } from '../metadata/element.js';
import { type Marks, marksOf, putMarks } from '../metadata/marks.js';
import { oneInProcess } from '../metadata/process-state.js';
import { methodStandIn } from '../metadata/stand-in.js';
import type { Runner } from './call-plan.js';
import { inheritedAt } from './inherited.js';

export interface Gate {
  readonly made: AnyFunction;
  readonly original: AnyFunction;
  /** The gate stands on a class that only inherits the method: there was no property before it. */
  readonly inherited: boolean;
  /** How it looked as it was made. */
  readonly marks: Marks;
  /** What calls go to once the class is woven. */
  woven: AnyFunction | undefined;
}

/** Where a gate is to stand. */
export interface GatePlace {
  readonly holder: object;
  readonly key: string | symbol;
  readonly inherited: boolean;
}

/** Also those of other copies of the package: a class may meet the gates of one and be woven by another. */
const gates = oneInProcess('gates', () => new WeakMap<AnyFunction, Gate>());

/** The outermost gate of each place, for as long as its class lives: another decorator may have put it out of sight. */
const placed = oneInProcess('gatesByPlace', () => new WeakMap<object, Map<string | symbol, Gate>>());

/** A gate in front of `original`. Before its first call is let through, `arrive` weaves the class and may run that call. */
export function gateFor(
  original: AnyFunction,
  { holder, key, inherited }: GatePlace,
  arrive: (gate: Gate) => Runner | undefined,
): Gate {
  const { run } = {
    run(this: unknown, ...args: unknown[]): unknown {
      let first: Runner | undefined;
      // Also later: somebody may put it back, or wrap it, after the class was woven without it (a spy).
      if (gate.woven === undefined) first = arrive(gate);
      const target = first ?? gate.woven ?? (inherited ? inheritedAt(holder, key, this) : original);
      return Reflect.apply(target as AnyFunction, this, args as never[]);
    },
  };
  const made = methodStandIn(original, run);
  const gate: Gate = { made, original, inherited, marks: marksOf(made), woven: undefined };
  gates.set(made, gate);
  const there = placed.get(holder) ?? new Map<string | symbol, Gate>();
  placed.set(holder, there.set(key, gate));
  return gate;
}

/** The gate that was put at a place last, whatever stands there now. */
export function gateOnceAt(holder: object, key: string | symbol): Gate | undefined {
  return placed.get(holder)?.get(key);
}

/** The gate a function is, if it is one. */
export function gateOf(standing: unknown): Gate | undefined {
  return gates.get(standing as AnyFunction);
}

/** What decorators wrote on the gate, they meant for the method. */
export function handOver({ made, original, marks }: Gate): void {
  putMarks(marksOf(made), original, marks);
}
