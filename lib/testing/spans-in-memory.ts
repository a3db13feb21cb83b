/**
 * Keeps every span of the pipeline from its start, in the order they started: those that still run can be told apart from those
 * that ended.
 */
import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { isSampled } from '../provider/sampled.js';
import { isDiscarded } from '../recorder/discarded.js';

export class SpansInMemory implements SpanProcessor {
  /** By themselves: a span that somebody has asked for its id may have others below it, and is not collapsed. */
  readonly #kept = new Set<ReadableSpan>();

  /** Also of one that is not sampled: whether its trace is kept may be known only at its end. */
  onStart(span: Span, _parent: Context): void {
    this.#kept.add(span);
  }

  /** What an exporter would not be given is not kept; one that was forgotten meanwhile belongs to an earlier test. */
  onEnd(span: ReadableSpan): void {
    if (isDiscarded(span) || !isSampled(span)) this.#kept.delete(span);
  }

  /** In the order they started. */
  get all(): readonly ReadableSpan[] {
    return [...this.#kept].filter(isSampled);
  }

  forget(): void {
    this.#kept.clear();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
