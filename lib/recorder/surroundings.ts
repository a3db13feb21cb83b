/**
 * Where the active Context is kept: in the storage of the context manager we registered, which is used directly, since each
 * call of the program goes through here twice. Where that is not to be had, by way of the API.
 */
import { type Context, context, ROOT_CONTEXT } from '@opentelemetry/api';

/** The part of Node's `AsyncLocalStorage` that is used. */
export interface ContextStorage {
  getStore(): Context | undefined;
  run<T>(store: Context, work: (given: T) => void, given: T): void;
}

/**
 * How `AsyncLocalStorage` keeps its store up to Node 22: as a property of the resource that is executing. Its `run` finds the
 * resource twice and calls through three frames; done here, it is found once, and the program has more of its stack.
 */
export interface KeptOnResource {
  /** Whether the storage is in use. */
  readonly enabled: boolean;
  readonly kResourceStore: symbol;
}

/** All that is known of where the Context is kept. */
export interface ContextPlace {
  readonly storage: ContextStorage;
  /** Whether the API asks this storage; another context manager may have been registered since. */
  holds(): boolean;
  /** The storage again, where it keeps its store like that. */
  readonly kept: KeptOnResource | undefined;
  /** The resource that is executing. */
  executing(): object;
}

/**
 * The active Context as a property, for whoever puts one there himself: what calls the program's code directly, with no frame of
 * ours between, puts its Context there before and what was there after.
 */
export class StandingContext {
  readonly key: symbol;
  readonly #place: ContextPlace;
  readonly #kept: KeptOnResource;

  constructor(place: ContextPlace, kept: KeptOnResource) {
    this.key = kept.kResourceStore;
    this.#place = place;
    this.#kept = kept;
  }

  /** Whose property it is in the code that runs now; the same until that returns. `undefined` where it can't be had. */
  holder(): Record<symbol, unknown> | undefined {
    return this.#place.holds() && this.#kept.enabled ? (this.#place.executing() as Record<symbol, unknown>) : undefined;
  }
}

/** Handed over as it is: a function around it would cost stack. */
export interface Work {
  run(): void;
}

export class Surroundings {
  /** Left out where the Context is not kept as a property. */
  readonly standing: StandingContext | undefined;
  readonly #place: ContextPlace | undefined;

  /** Left out, `place` is whatever the API asks. */
  constructor(place?: ContextPlace) {
    this.#place = place;
    this.standing = place?.kept === undefined ? undefined : new StandingContext(place, place.kept);
  }

  active(): Context {
    const place = this.#place;
    return place?.holds() === true ? (place.storage.getStore() ?? ROOT_CONTEXT) : context.active();
  }

  run(active: Context, work: Work): void {
    const { standing } = this;
    const holder = standing?.holder();
    if (standing === undefined || holder === undefined) return this.#runElsewhere(active, work);
    const { key } = standing;
    const before = holder[key];
    holder[key] = active;
    try {
      work.run();
    } finally {
      holder[key] = before;
    }
  }

  #runElsewhere(active: Context, work: Work): void {
    const place = this.#place;
    if (place?.holds() !== true) return context.with(active, work.run, work);
    place.storage.run(active, start, work);
  }
}

const start = (work: Work): void => work.run();
