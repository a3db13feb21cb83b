/**
 * Hands ended spans to one exporter's queue. Like the specification's batching processor it takes sampled spans only,
 * and unlike the SDK's it never exports inside a span's `end()`.
 */
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { isDiscarded } from '../../recorder/discarded.js';
import { isSampled } from '../sampled.js';
import type { RecordQueue } from './delivery-queue.js';

export class SpanDelivery implements SpanProcessor {
  readonly #queue: RecordQueue<ReadableSpan>;

  constructor(queue: RecordQueue<ReadableSpan>) {
    this.#queue = queue;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if (isSampled(span) && !isDiscarded(span)) this.#queue.push(span);
  }

  forceFlush(): Promise<void> {
    return this.#queue.flush();
  }

  shutdown(): Promise<void> {
    return this.#queue.shutdown();
  }
}
