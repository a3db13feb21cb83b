/**
 * A promise of a class of its own that works when it is first used.
 */
export class LazyPromise<T> extends Promise<T> {
  readonly #work: () => Promise<T>;
  #result: Promise<T> | undefined;

  constructor(work: () => Promise<T>) {
    super(() => {});
    this.#work = work;
  }

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  // biome-ignore lint/suspicious/noThenProperty: it overrides the language's
  override then<A = T, B = never>(
    resolve?: ((value: T) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#once().then(resolve, reject);
  }

  asResponse(): Promise<T> {
    return this.#once().then((value) => value);
  }

  #once(): Promise<T> {
    this.#result ??= this.#work();
    return this.#result;
  }
}
