/**
 * What is true of the whole process, whichever copy of the package asks (an ES module and a CommonJS build can both be
 * loaded, and two versions): it lives on one versioned global symbol. Its fields are only ever added to; a copy that finds
 * the state of an older one fills in what is missing. A change that older copies could not live with needs a new version.
 */
import type { AnyClass, Element } from './element.js';
import type { AnnotationRecord } from './records/record.js';

/** Told of classes while telemetry is on. Set by the weaving, at most one at a time. */
export interface ArrivalListener {
  /** A class whose annotations are complete: weave it now. */
  arrived(owner: AnyClass): void;
  /** A class whose decorators are still running (legacy dialect): weave it as soon as they have. No descriptor: all of it. */
  arriving(owner: AnyClass, element: Element, descriptor?: PropertyDescriptor): PropertyDescriptor | undefined;
  /** The instance whose construction made its class known (standard dialect), which has arrived. */
  firstBuilt?(owner: AnyClass, instance: object): void;
  /** A plain function wrapped by `traced()`. */
  wrapped(slot: object): void;
}

/** How a metric name is defined, and where that was written first. */
export interface MetricDefinitionEntry {
  readonly where: string;
  readonly text: string;
  readonly description: string | undefined;
}

/** The instances of a class with gauges, as far as they were noticed. */
export interface NoticedInstances {
  /** To tell at once whether an instance is known: in the legacy dialect every use of it asks. */
  readonly known: WeakSet<object>;
  readonly references: Set<WeakRef<object>>;
}

export interface ProcessState {
  readonly classes: Set<WeakRef<AnyClass>>;
  readonly records: WeakMap<AnyClass, readonly AnnotationRecord[]>;
  readonly slots: Set<WeakRef<object>>;
  readonly definitions: Map<string, MetricDefinitionEntry>;
  /** Live instances of classes with gauges, by class. */
  readonly instances: WeakMap<AnyClass, NoticedInstances>;
  /** Classes whose instances announce themselves from their constructor (standard dialect). */
  readonly announcing: WeakSet<AnyClass>;
  listener: ArrivalListener | undefined;
  /** The running telemetry, as `bootstrap()` made it. */
  telemetry: object | undefined;
}

const key = Symbol.for('spandrel.state.1');

type Holder = { [key]?: ProcessState & Record<string, unknown> };

const parts: { readonly [K in keyof ProcessState]: () => ProcessState[K] } = {
  classes: () => new Set(),
  records: () => new WeakMap(),
  slots: () => new Set(),
  definitions: () => new Map(),
  instances: () => new WeakMap(),
  announcing: () => new WeakSet(),
  listener: () => undefined,
  telemetry: () => undefined,
};

let found: Holder[typeof key];

/** The state of this process, made on first use. */
export function processState(): ProcessState {
  return state();
}

/**
 * A thing of which the process has one, for the code that knows what it is: made by the copy that asks first. Every copy
 * must understand it, also one of another version, so what is in it is only ever added to as well.
 */
export function oneInProcess<T extends object>(name: string, make: () => T): T {
  const all = state();
  all[name] ??= make();
  return all[name] as T;
}

function state(): NonNullable<typeof found> {
  if (found !== undefined) return found;
  const holder = globalThis as Holder;
  const there = (holder[key] ?? {}) as NonNullable<typeof found>;
  for (const [name, make] of Object.entries(parts)) {
    if (!Object.hasOwn(there, name)) (there as Record<string, unknown>)[name] = make();
  }
  if (holder[key] === undefined) Object.defineProperty(holder, key, { value: there });
  found = there;
  return there;
}
