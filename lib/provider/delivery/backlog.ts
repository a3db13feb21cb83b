/**
 * What waits to be sent to one exporter, or is being sent to it, and how much of that there may be.
 */

/** Why a record was let go before it was sent. */
export type Shortage = 'bufferFull' | 'memoryFull';

/** Records that were let go, for want of room. */
export interface LetGo extends Record<Shortage, number> {
  /** How many of them were spans of traces in which something failed. */
  ofFailedTraces: number;
}

/** Told of each shortage; `limit` says of what, in words: `10000 spans`. */
export type TellFull = (limit: string) => void;

/** It is counted by then, so it matters more that it is counted once: at the end of the stack any call may throw. */
export function told(tellFull: TellFull, limit: string): void {
  try {
    tellFull(limit);
  } catch {
    // The next time will do.
  }
}

/** Each record has a turn, by the order in which they came; who waits for what is there now waits for all turns before `end`. */
export interface Backlog<R> {
  /** Records that wait. */
  readonly size: number;
  /** Records that wait or are being sent. */
  readonly held: number;
  readonly letGo: Readonly<LetGo>;
  /** The turn of the first that waits; `end` where none does. */
  readonly start: number;
  /** The turn of the next to come. */
  readonly end: number;
  /** Takes a record in, if there is room or room can be made. Cheap, and never throws. */
  add(record: R): void;
  /** The next batch to be sent. They are held until `sent`. */
  take(most: number): R[];
  /** The batch that was taken is sent, or given up. */
  sent(): void;
  /** Lets all go that wait, and says how many that were. */
  clear(): number;
  /** Nobody waits for a turn: it may number them anew. */
  rest(): void;
}

/** First come, first sent; what comes when it is full is let go. */
export class RecordBacklog<R> implements Backlog<R> {
  readonly letGo: LetGo = { bufferFull: 0, memoryFull: 0, ofFailedTraces: 0 };
  end = 0;
  readonly #most: number;
  readonly #tellFull: TellFull;
  readonly #limit: string;
  #records: R[] = [];
  #underWay = 0;

  constructor(most: number, tellFull: TellFull) {
    this.#most = most;
    this.#tellFull = tellFull;
    this.#limit = `${most} records`;
  }

  get size(): number {
    return this.#records.length;
  }

  get held(): number {
    return this.#records.length + this.#underWay;
  }

  get start(): number {
    return this.end - this.#records.length;
  }

  add(record: R): void {
    if (this.held >= this.#most) {
      this.letGo.bufferFull += 1;
      told(this.#tellFull, this.#limit);
      return;
    }
    this.#records.push(record);
    this.end += 1;
  }

  take(most: number): R[] {
    const batch = this.#records.splice(0, most);
    this.#underWay = batch.length;
    return batch;
  }

  sent(): void {
    this.#underWay = 0;
  }

  clear(): number {
    return this.#records.splice(0).length;
  }

  rest(): void {}
}
