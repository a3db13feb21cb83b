/**
 * A promise as model clients give them: of a class of its own, lazy, and with other ways to be used than `then`.
 */
import type { Journal } from './journal.js';
import type { Thrown } from './thrown.js';

/** Sends its request when it is first used. */
export class RequestPromise extends Promise<unknown> {
  readonly #journal: Journal;
  readonly #failure: Thrown | undefined;
  #sent: Promise<unknown> | undefined;

  constructor(journal: Journal, failure?: Thrown) {
    super(() => {});
    this.#journal = journal;
    this.#failure = failure;
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: it overrides the language's
  override then<A = unknown, B = never>(
    resolve?: ((value: unknown) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.#journal.either('then is called');
    return this.#send().then(resolve, reject);
  }

  /** The reply without its body, and with it. */
  asResponse(): Promise<unknown> {
    return this.#send().then(() => 'the response');
  }

  withResponse(): Promise<unknown> {
    return Promise.all([this, this.asResponse()]);
  }

  *lines(): Generator<string> {
    yield 'first line';
    yield 'second line';
  }

  retried(): RequestPromise {
    this.#journal.either('is made again');
    return new RequestPromise(this.#journal, this.#failure);
  }

  abort(): string {
    return 'aborted';
  }

  get id(): string {
    this.#journal.either('the id is read');
    return 'id';
  }

  async #send(): Promise<unknown> {
    if (this.#sent === undefined) {
      this.#journal.either('sent');
      const failure = this.#failure;
      this.#sent = Promise.resolve().then(() => {
        if (failure !== undefined) throw failure.value;
        return 'reply';
      });
    }
    return this.#sent;
  }
}
