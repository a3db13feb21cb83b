/**
 * Keeps every span of the pipeline from its start, in the order they started: those that still run can be told apart from those
 * that ended.
 */
import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { isSampled } from '../provider/sampled.js';
import { isDiscarded } from '../recorder/discarded.js';

export class SpansInMemory implements SpanProcessor {
  readonly #kept = new Map<string, ReadableSpan>();

  onStart(span: Span, _parent: Context): void {
    if (isSampled(span)) this.#kept.set(keyOf(span), span);
  }

  /** What an exporter would be given. */
  onEnd(span: ReadableSpan): void {
    const key = keyOf(span);
    if (isDiscarded(span)) this.#kept.delete(key);
    // One that was forgotten meanwhile belongs to an earlier test.
    else if (isSampled(span) && this.#kept.has(key)) this.#kept.set(key, span);
  }

  /** In the order they started. */
  get all(): readonly ReadableSpan[] {
    return [...this.#kept.values()];
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

function keyOf(span: ReadableSpan): string {
  const { traceId, spanId } = span.spanContext();
  return `${traceId} ${spanId}`;
}
