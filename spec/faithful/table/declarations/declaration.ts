/**
 * A way to declare a method: where it is written, on what, and how it is called.
 */
import type { Annotations } from '../annotate.js';
import type { Body } from '../scenario.js';

/** A method that was declared, ready to be called. */
export interface Declared {
  /** What `this` is within it. */
  readonly self: unknown;
  /** Calls it as its user does. */
  invoke(args: readonly unknown[]): unknown;
  /** Where it can be looked at: each object with the property that holds it. */
  readonly places: readonly (readonly [holder: object, key: string | symbol])[];
  /** The classes that must be left as they were. */
  readonly classes: readonly (abstract new (
    ...args: never[]
  ) => unknown)[];
}

export interface Declaration {
  readonly name: string;
  /** `code.function.name` of each call that one call of it makes, the outer first. */
  readonly layers: readonly string[];
  /** A getter: it has no arguments, and can be neither a generator nor an async function. */
  readonly getter?: true;
  /** Its method is written out, and calls the body: it can hold nothing that is a kind of function of its own. */
  readonly plain?: true;
  /** Where its annotations can stand. A function of its own has options of `traced()` alone. */
  readonly on: 'member' | 'class' | 'either' | 'function';
  /** It is written while telemetry runs. */
  readonly late?: true;
  /** Nothing can be put in its place, which is reported. */
  readonly fixed?: true;
  readonly declare: (body: Body, annotations: Annotations) => Declared;
}

type Runs = { run(...args: unknown[]): unknown };

/** An instance whose method is `run`. */
export function onInstance(
  owner: new () => Runs,
  given: Partial<Declared> = {},
  holder: object = owner.prototype as object,
): Declared {
  const self = new owner();
  return { self, invoke: (args) => self.run(...args), places: [[holder, 'run']], classes: [owner], ...given };
}
