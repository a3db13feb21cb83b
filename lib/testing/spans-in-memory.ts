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

  /** Also of one that is not sampled: whether its trace is kept may be known only at its end. */
  onStart(span: Span, _parent: Context): void {
    this.#kept.set(keyOf(span), span);
  }

  /** What an exporter would be given. */
  onEnd(span: ReadableSpan): void {
    const key = keyOf(span);
    if (isDiscarded(span) || !isSampled(span)) this.#kept.delete(key);
    // One that was forgotten meanwhile belongs to an earlier test.
    else if (this.#kept.has(key)) this.#kept.set(key, span);
  }

  /** In the order they started. */
  get all(): readonly ReadableSpan[] {
    return [...this.#kept.values()].filter(isSampled);
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
