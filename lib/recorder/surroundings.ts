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

/** Handed over as it is: a function around it would cost stack. */
export interface Work {
  run(): void;
}

export class Surroundings {
  readonly #storage: ContextStorage | undefined;
  readonly #holds: () => boolean;

  /** `holds`: whether the API asks this storage; another context manager may have been registered since. */
  constructor(storage?: ContextStorage, holds: () => boolean = () => storage !== undefined) {
    this.#storage = storage;
    this.#holds = holds;
  }

  active(): Context {
    return this.#storage !== undefined && this.#holds() ? (this.#storage.getStore() ?? ROOT_CONTEXT) : context.active();
  }

  run(active: Context, work: Work): void {
    if (this.#storage !== undefined && this.#holds()) this.#storage.run(active, start, work);
    else context.with(active, work.run, work);
  }
}

const start = (work: Work): void => work.run();
