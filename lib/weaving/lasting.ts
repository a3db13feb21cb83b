/**
 * What lasts longer than the call that made it, and may be dropped without a word: an iteration nobody steps on, a promise
 * nobody asks, a stream nobody reads to its end. What rests too long, or was collected as garbage, is ended where it was
 * last used, and counted.
 */

/** Something that can be ended from outside because nobody uses it any more. */
export interface Abandonable {
  /** `at` is `performance.now()` of its last use. */
  abandon(at: number): void;
}

/** Of what it can be ended without what it knows of the user's objects. */
export interface Forgetful extends Abandonable {
  forgetful(): Abandonable;
}

/** At rest at once, at most; beyond it the one that has rested longest is ended. */
const restingAtMost = 10_000;

export class Lasting {
  /** When each came to rest. In the order they did so: the first has rested longest. */
  readonly #resting = new Map<Abandonable, number>();
  readonly #idleMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #collected: FinalizationRegistry<Abandonable> | undefined;
  /** The telemetry is over: what is dropped from now on is not for the one that may come after it to tell of. */
  #over = false;

  /** `idleMs`: how long something may rest, in milliseconds. */
  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  /** It waits for its user from now on. */
  rest(one: Abandonable): void {
    if (this.#over) return;
    this.#resting.delete(one);
    this.#resting.set(one, performance.now());
    if (this.#resting.size > restingAtMost) this.#endFirst();
    this.#watch(this.#idleMs);
  }

  /** It is being used, or is over. */
  stir(one: Abandonable): void {
    this.#resting.delete(one);
  }

  /** Ends `one` when `thing` is collected: nobody can use it then. For what is used without our seeing it. */
  endWith(thing: object, one: Forgetful): void {
    this.#collected ??= new FinalizationRegistry((held) => {
      if (!this.#over) held.abandon(performance.now());
    });
    // What is held here must not lead to the thing: it would never be collected.
    this.#collected.register(thing, one.forgetful(), one);
  }

  /** It ended by itself. */
  ended(one: Abandonable): void {
    this.#collected?.unregister(one);
  }

  /** Ends all that is at rest, and lets go of the rest: there is nobody left to tell later. */
  endAll(): void {
    this.#over = true;
    while (this.#resting.size > 0) this.#endFirst();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Never keeps the process alive. */
  #watch(afterMs: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#endOverdue();
    }, afterMs);
    this.#timer.unref();
  }

  #endOverdue(): void {
    for (const [, since] of this.#resting) {
      const left = since + this.#idleMs - performance.now();
      if (left > 0) return this.#watch(left);
      this.#endFirst();
    }
  }

  #endFirst(): void {
    for (const [one, since] of this.#resting) {
      this.#resting.delete(one);
      one.abandon(since);
      return;
    }
  }
}
