/**
 * Something to remember of traces, by their ids, for some time: of the last so many at least, and of twice as many at most.
 */
export class RecentTraces<V> {
  readonly #most: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#young.size + this.#old.size === 0;
  }

  add(id: string, value: V): void {
    if (this.#young.size >= this.#most) this.age();
    this.#young.set(id, value);
  }

  of(id: string): V | undefined {
    return this.#young.get(id) ?? this.#old.get(id);
  }

  /** Those that were old are forgotten, those that were young are old. */
  age(): void {
    this.#old = this.#young;
    this.#young = new Map();
  }
}
