/**
 * What stands before an instrument of the SDK, so that its series count among those of the process: measurements with attributes
 * that find no place pass with those of the overflow. It goes by the attributes as they are given, and forgets a series when the SDK does.
 */
import type { Attributes } from '@opentelemetry/api';
import { overflowAttributes, seriesKey } from './series.js';
import type { SeriesAccount, SeriesBudget } from './series-budget.js';

const overflowKey = seriesKey(overflowAttributes);

/** When readers collect: what was measured before all of them last did is told. */
export class Collections {
  /** Grows with each collection that begins. */
  now = 0;
  readonly #ended: number[];
  readonly #gates: SeriesGate[] = [];

  constructor(readers: number) {
    this.#ended = new Array<number>(readers).fill(0);
  }

  watch(gate: SeriesGate): void {
    this.#gates.push(gate);
  }

  begin(): number {
    this.now += 1;
    return this.now;
  }

  /** The reader at a place has been told all that was measured before its collection began. */
  end(place: number, began: number): void {
    this.#ended[place] = Math.max(began, this.#ended[place] ?? 0);
    const toldToAll = Math.min(...this.#ended);
    for (const gate of this.#gates) gate.letGo(toldToAll);
  }
}

export class SeriesGate {
  readonly #account: SeriesAccount;
  readonly #collections: Collections;
  /** By the key of each series: when it was last added to. */
  readonly #admitted = new Map<string, number>();
  #overflowed = 0;

  constructor(name: string, budget: SeriesBudget, collections: Collections) {
    this.#account = budget.account(name, () => this.#admitted.keys());
    this.#collections = collections;
  }

  /** The attributes to measure with: those that are given, or those of the overflow. */
  pass(attributes: Attributes): Attributes {
    const key = seriesKey(attributes);
    if (key === overflowKey) return this.#overflow();
    if (!this.#admitted.has(key) && !this.#account.take()) {
      this.#account.refuse(key);
      return this.#overflow();
    }
    this.#admitted.set(key, this.#collections.now);
    return attributes;
  }

  /** Series that were not added to since are told of no more. */
  letGo(before: number): void {
    for (const [key, at] of this.#admitted) {
      if (at < before && this.#admitted.delete(key)) this.#account.give();
    }
    if (this.#account.isOverflowing && this.#overflowed < before) this.#account.overflowEnded();
  }

  #overflow(): Attributes {
    this.#account.overflow();
    this.#overflowed = this.#collections.now;
    return overflowAttributes;
  }
}
