/**
 * What lasts longer than the call that made it, and may be dropped without a word: an iteration nobody steps on, a promise
 * nobody asks, a stream nobody reads to its end. What rests too long, or was collected as garbage, is ended where it was
 * last used, and counted.
 */

/** Something that can be ended from outside because nobody uses it any more. */
export interface Abandonable {
  /** Its place among those at rest, once it has been there; nobody's but `Lasting`'s. */
  resting: Resting | undefined;
  /** `at` is `performance.now()` of its last use. */
  abandon(at: number): void;
}

/** Of what it can be ended without what it knows of the user's objects. */
export interface Forgetful extends Abandonable {
  forgetful(): Abandonable;
}

/** One of those at rest, or one that was. They are linked: to come to rest again, as each step of an iteration does, moves it. */
export interface Resting {
  readonly one: Abandonable;
  /** When it came to rest. */
  since: number;
  /** Those that came to rest just before it and just after. */
  earlier: Resting | undefined;
  later: Resting | undefined;
  isLinked: boolean;
}

/** At rest at once, at most; beyond it the one that has rested longest is ended. */
const restingAtMost = 10_000;

export class Lasting {
  /** The one that has rested longest, and the one that came to rest last. */
  #first: Resting | undefined;
  #last: Resting | undefined;
  #count = 0;
  readonly #idleMs: number;
  readonly #clock = performance;
  /**
   * Goes round from the start: no timer is set in a call of the program. At the end of the stack that can break off half way,
   * and Node's own lists of timers are wrong from then on.
   */
  readonly #rounds: NodeJS.Timeout;
  /** For the one whose time is up before the next round. */
  #sooner: NodeJS.Timeout | undefined;
  #collected: FinalizationRegistry<Abandonable> | undefined;
  /** The telemetry is over: what is dropped from now on is not for the one that may come after it to tell of. */
  #over = false;

  /** `idleMs`: how long something may rest, in milliseconds. */
  constructor(idleMs: number) {
    this.#idleMs = idleMs;
    this.#rounds = setInterval(() => this.#endOverdue(), idleMs);
    this.#rounds.unref();
  }

  /** It waits for its user from now on. */
  rest(one: Abandonable): void {
    if (this.#over) return;
    one.resting ??= { one, since: 0, earlier: undefined, later: undefined, isLinked: false };
    const place = one.resting;
    place.since = this.#clock.now();
    if (place !== this.#last) {
      this.#unlink(place);
      this.#append(place);
    }
    if (this.#count > restingAtMost) this.#endFirst();
  }

  /** It is being used, or is over. */
  stir(one: Abandonable): void {
    if (one.resting !== undefined) this.#unlink(one.resting);
  }

  /** Ends `one` when `thing` is collected: nobody can use it then. For what is used without our seeing it. */
  endWith(thing: object, one: Forgetful): void {
    this.#collected ??= new FinalizationRegistry((held) => {
      if (!this.#over) held.abandon(this.#clock.now());
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
    while (this.#first !== undefined) this.#endFirst();
    clearInterval(this.#rounds);
    clearTimeout(this.#sooner);
  }

  /** Never keeps the process alive. */
  #endOverdue(): void {
    clearTimeout(this.#sooner);
    while (this.#first !== undefined) {
      const left = this.#first.since + this.#idleMs - this.#clock.now();
      if (left > 0) {
        this.#sooner = setTimeout(() => this.#endOverdue(), left);
        this.#sooner.unref();
        return;
      }
      this.#endFirst();
    }
  }

  #endFirst(): void {
    const first = this.#first;
    if (first === undefined) return;
    this.#unlink(first);
    first.one.abandon(first.since);
  }

  #append(place: Resting): void {
    place.isLinked = true;
    place.earlier = this.#last;
    if (this.#last === undefined) this.#first = place;
    else this.#last.later = place;
    this.#last = place;
    this.#count += 1;
  }

  #unlink(place: Resting): void {
    if (!place.isLinked) return;
    const { earlier, later } = place;
    if (earlier === undefined) this.#first = later;
    else earlier.later = later;
    if (later === undefined) this.#last = earlier;
    else later.earlier = earlier;
    place.earlier = undefined;
    place.later = undefined;
    place.isLinked = false;
    this.#count -= 1;
  }
}
