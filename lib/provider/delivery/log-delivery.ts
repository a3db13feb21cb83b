/**
 * Hands log records to one exporter's queue.
 */
import type { LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isUnobserved } from '../unobserved.js';
import type { RecordQueue } from './delivery-queue.js';

export class LogDelivery implements LogRecordProcessor {
  readonly #queue: RecordQueue<ReadableLogRecord>;

  constructor(queue: RecordQueue<ReadableLogRecord>) {
    this.#queue = queue;
  }

  /** What is written inside an exporter would be exported, and written about again. */
  enabled(): boolean {
    return !isUnobserved();
  }

  onEmit(record: ReadableLogRecord): void {
    this.#queue.push(record);
  }

  forceFlush(): Promise<void> {
    return this.#queue.flush();
  }

  shutdown(): Promise<void> {
    return this.#queue.shutdown();
  }
}
