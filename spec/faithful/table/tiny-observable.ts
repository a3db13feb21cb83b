/**
 * An observable as the TC39 proposal has it, in a few lines: lazy, each subscription a run of its own.
 */
export interface Observer {
  start?(subscription: Subscription): void;
  next?(value: unknown): void;
  error?(error: unknown): void;
  complete?(): void;
}

export interface Subscription {
  readonly closed: boolean;
  unsubscribe(): void;
}

type Run = (observer: Required<Pick<Observer, 'next' | 'error' | 'complete'>>) => (() => void) | undefined;

export class TinyObservable {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  ['@@observable'](): this {
    return this;
  }

  subscribe(
    given: Observer | ((value: unknown) => void),
    error?: Observer['error'],
    complete?: () => void,
  ): Subscription {
    const observer: Observer = typeof given === 'function' ? { next: given, error, complete } : given;
    let closed = false;
    let cleanUp: (() => void) | undefined;
    const close = (): void => {
      if (closed) return;
      closed = true;
      cleanUp?.();
    };
    const subscription: Subscription = {
      get closed() {
        return closed;
      },
      unsubscribe: close,
    };
    observer.start?.(subscription);
    if (closed) return subscription;
    const ending = (tell: () => void): void => {
      if (closed) return;
      closed = true;
      try {
        tell();
      } finally {
        cleanUp?.();
      }
    };
    cleanUp = this.#run({
      next: (value) => {
        if (!closed) observer.next?.(value);
      },
      error: (reason) => ending(() => observer.error?.(reason)),
      complete: () => ending(() => observer.complete?.()),
    });
    if (closed) cleanUp?.();
    return subscription;
  }

  /** Another one, whose values are made of this one’s. */
  map(change: (value: unknown) => unknown): TinyObservable {
    return new TinyObservable((observer) => {
      const { unsubscribe } = this.subscribe({
        next: (value) => observer.next(change(value)),
        error: (reason) => observer.error(reason),
        complete: () => observer.complete(),
      });
      return unsubscribe;
    });
  }
}
