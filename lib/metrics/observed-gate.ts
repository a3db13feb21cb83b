/**
 * What stands before an observable instrument of the SDK. What it observes under attributes that find no place is observed as the
 * overflow's: of a counter the sum, of a gauge the last value. The SDK keeps what it once observed for as long as it runs, so
 * a series counts for as long, and once one found no place no further one is let in: a sum that falls would be a counter that began anew.
 */
import type { Attributes } from '@opentelemetry/api';
import { seriesKey } from './series.js';
import type { SeriesAccount, SeriesBudget } from './series-budget.js';

/** How what is over the limit becomes one value. */
export type ObservedKind = 'counter' | 'up-down counter' | 'gauge';

/** What one callback has observed for the overflow. */
interface Overflow {
  /** When it was last called. */
  last: number;
  /** What is told of it. */
  told: number;
}

export class ObservedGate {
  readonly #kind: ObservedKind;
  readonly #account: SeriesAccount;
  readonly #admitted = new Set<string>();
  readonly #overflows = new Map<unknown, Overflow>();
  #isClosed = false;

  constructor(name: string, kind: ObservedKind, budget: SeriesBudget) {
    this.#kind = kind;
    this.#account = budget.account(name, () => this.#admitted);
  }

  /** Whether a value may be observed under these attributes. */
  admits(key: string): boolean {
    if (this.#admitted.has(key)) return true;
    if (this.#isClosed || !this.#account.take()) {
      this.#isClosed = true;
      this.#account.refuse(key);
      this.#account.overflow();
      return false;
    }
    this.#admitted.add(key);
    return true;
  }

  /** The value of the overflow, with what a callback now observed that was not admitted. */
  overflowWith(callback: unknown, values: readonly number[]): number {
    const now = this.#kind === 'gauge' ? (values.at(-1) ?? 0) : values.reduce((sum, value) => sum + value, 0);
    if (this.#kind === 'gauge') return now;
    const known = this.#overflows.get(callback) ?? { last: 0, told: 0 };
    // Of a counter: where one of several is observed no more, the sum falls, and what was told stays.
    const told = this.#kind === 'counter' ? known.told + Math.max(0, now - known.last) : now;
    this.#overflows.set(callback, { last: now, told });
    let sum = 0;
    for (const one of this.#overflows.values()) sum += one.told;
    return sum;
  }

  /** A callback observes no more. What it told of a counter stays; it may come back, and goes on from there. */
  leave(callback: unknown): void {
    if (this.#kind === 'up-down counter') this.#overflows.delete(callback);
  }
}

/** The values of one call of a callback, let through one by one; those that are not are observed together at its end. */
export class Observing {
  readonly #gate: ObservedGate;
  readonly #observe: (value: number, attributes: Attributes) => void;
  readonly #over = new Map<string, number>();

  constructor(gate: ObservedGate, observe: (value: number, attributes: Attributes) => void) {
    this.#gate = gate;
    this.#observe = observe;
  }

  observe(value: number, attributes: Attributes): void {
    const key = seriesKey(attributes);
    // What is no number the SDK refuses, and says so.
    if (typeof value !== 'number' || this.#gate.admits(key)) this.#observe(value, attributes);
    else this.#over.set(key, value);
  }

  end(callback: unknown, overflow: Attributes): void {
    if (this.#over.size > 0) this.#observe(this.#gate.overflowWith(callback, [...this.#over.values()]), overflow);
  }
}
