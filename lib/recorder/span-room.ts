/**
 * How many ended spans a process may hold, and how many bytes of them: one bound over those that wait for their trace to be
 * decided about and those that wait to be sent. Every part that holds spans counts them here, or is asked for its count.
 *
 * Several exporters have a queue each, but in them lie the same spans: so it is the fullest queue that counts, not their sum. Queues that
 * share the spans out among them count together, and each may hold its part of what there is room for: one that is not emptied
 * takes no room from the others.
 */

import { RunningSpans } from './running-spans.js';

/** A part that holds spans on their way out: a queue. */
export interface SpanHolder {
  /** Spans held now, those being sent among them. */
  readonly held: number;
  /** The same in bytes, by estimate. */
  readonly bytes: number;
  /** Of how many that share the spans out it is one; 1: it has all of them. */
  readonly sharers: number;
  /** Lets a trace go in which nothing failed, with all its spans. False: it holds none. */
  giveWay(): boolean;
}

export class SpanRoom {
  readonly spansAtMost: number;
  readonly bytesAtMost: number;
  /** Those that run take of the same memory; they are no part of the count. */
  readonly running: RunningSpans;
  /** Spans that wait for a decision now. */
  waiting = 0;
  /** The same in bytes, by estimate. */
  waitingBytes = 0;
  readonly #holders: SpanHolder[] = [];

  constructor(spansAtMost: number, bytesAtMost: number) {
    this.spansAtMost = spansAtMost;
    this.bytesAtMost = bytesAtMost;
    this.running = new RunningSpans(bytesAtMost);
  }

  /** Spans of the process that are held now. */
  get held(): number {
    let [most, shared] = [0, 0];
    for (const { held, sharers } of this.#holders) {
      if (sharers > 1) shared += held;
      else if (held > most) most = held;
    }
    return this.waiting + Math.max(most, shared);
  }

  /** The same in bytes, by estimate. */
  get bytes(): number {
    let [most, shared] = [0, 0];
    for (const { bytes, sharers } of this.#holders) {
      if (sharers > 1) shared += bytes;
      else if (bytes > most) most = bytes;
    }
    return this.running.bytes + this.waitingBytes + Math.max(most, shared);
  }

  get isOver(): boolean {
    return !this.hasRoomFor(0, 0);
  }

  hasRoomFor(spans: number, bytes: number): boolean {
    return this.held + spans <= this.spansAtMost && this.bytes + bytes <= this.bytesAtMost;
  }

  /** The same for one holder: what the others hold is not in its way. */
  hasRoomIn(holder: SpanHolder, spans: number, bytes: number): boolean {
    const { sharers } = holder;
    return (
      this.waiting + (holder.held + spans) * sharers <= this.spansAtMost &&
      this.running.bytes + this.waitingBytes + (holder.bytes + bytes) * sharers <= this.bytesAtMost
    );
  }

  /**
   * A span has ended whose trace is not decided about. It may yet turn out to have failed: so traces that are known not to
   * have, and wait to be sent, make room for it. What `isOver` says after this, the caller has to see to.
   */
  wait(bytes: number): void {
    this.waiting += 1;
    this.waitingBytes += bytes;
    for (const holder of this.#holders) {
      while (!this.hasRoomIn(holder, 0, 0)) if (!holder.giveWay()) break;
    }
  }

  /** Spans that waited do so no longer. It is told before they are handed to anybody who holds them. */
  leave(bytes: number, spans = 1): void {
    this.waiting -= spans;
    this.waitingBytes -= bytes;
  }

  /** Counts what it holds from now on. */
  add(holder: SpanHolder): void {
    this.#holders.push(holder);
  }
}
