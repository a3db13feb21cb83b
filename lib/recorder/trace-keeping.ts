/**
 * Decides about traces when their outcome is known: all that failed are kept, and of the others a share that is told by the
 * id of the trace. Of those in the share it is known from the start; the spans of the others wait, within a bound, for their
 * local root to end.
 */
import type { DecidedSpan, Deciding, LocalTrace } from './local-trace.js';

export interface KeepingOptions {
  /** The part of the traces that is kept though nothing in them failed: 0 to 1. */
  readonly success: number;
  /** How many spans may wait at once, of all traces together. Beyond it the trace that has waited longest is decided as it is. */
  readonly buffer: number;
}

/** The random part of a trace id is looked at to so many values: its first 24 of 56 bits. */
const values = 2 ** 24;

export class TraceKeeping implements Deciding {
  /** Kept are those whose random part is not below it (OpenTelemetry, probability sampling: rejection threshold). */
  readonly #threshold: number;
  #buffer: number;
  /** Those that have spans waiting, the one that has waited longest first. */
  readonly #open = new Set<LocalTrace>();
  #waiting = 0;

  constructor({ success, buffer }: KeepingOptions) {
    this.#threshold = Math.round((1 - success) * values);
    this.#buffer = buffer;
  }

  /** A trace begins here. */
  begins(trace: LocalTrace): void {
    trace.sampled = trace.ids.randomPart(trace.root) >= this.#threshold;
    if (!trace.sampled) trace.keeping = this;
  }

  /** A trace goes on here that was not sampled where it began: whether it fails here is not known there. */
  follows(trace: LocalTrace): void {
    if (!trace.sampled) trace.keeping = this;
  }

  ended(span: DecidedSpan): void {
    const { trace } = span;
    if (span.isFailed) trace.failed = true;
    if (span.isLocalRoot) {
      this.#decide(trace);
      span.decided();
      return;
    }
    this.#wait(trace, span);
    if (this.#waiting > this.#buffer) for (const oldest of this.#open) return this.#decide(oldest);
  }

  discarded(trace: LocalTrace): void {
    this.#decide(trace);
  }

  /** Nothing waits any longer: what is open is decided as it is, and so is all that ends from here on. */
  stop(): void {
    this.#buffer = 0;
    for (const trace of this.#open) this.#decide(trace);
  }

  #wait(trace: LocalTrace, span: DecidedSpan): void {
    if (trace.waiting === undefined) {
      trace.waiting = [];
      this.#open.add(trace);
    }
    trace.waiting.push(span);
    this.#waiting += 1;
  }

  #decide(trace: LocalTrace): void {
    trace.keeping = undefined;
    trace.sampled = trace.failed;
    const { waiting } = trace;
    if (waiting === undefined) return;
    trace.waiting = undefined;
    this.#open.delete(trace);
    this.#waiting -= waiting.length;
    for (const span of waiting) span.decided();
  }
}
