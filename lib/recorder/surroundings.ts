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

/** Handed over as it is: a function around it would cost stack. */
export interface Work {
  run(): void;
}

export class Surroundings {
  readonly #place: ContextPlace | undefined;

  /** Left out, `place` is whatever the API asks. */
  constructor(place?: ContextPlace) {
    this.#place = place;
  }

  active(): Context {
    const place = this.#place;
    return place?.holds() === true ? (place.storage.getStore() ?? ROOT_CONTEXT) : context.active();
  }

  run(active: Context, work: Work): void {
    const place = this.#place;
    if (place?.holds() !== true) return context.with(active, work.run, work);
    const { kept } = place;
    if (kept?.enabled !== true) return place.storage.run(active, start, work);
    const { kResourceStore } = kept;
    const resource = place.executing() as Record<symbol, unknown>;
    const before = resource[kResourceStore];
    resource[kResourceStore] = active;
    try {
      work.run();
    } finally {
      resource[kResourceStore] = before;
    }
  }
}

const start = (work: Work): void => work.run();
