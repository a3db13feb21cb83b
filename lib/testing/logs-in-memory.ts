/**
 * Keeps every log record of the pipeline.
 */
import type { LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { isUnobserved } from '../provider/unobserved.js';

export class LogsInMemory implements LogRecordProcessor {
  readonly #kept: ReadableLogRecord[] = [];

  /** What the pipeline's own code writes is nobody's to see. */
  enabled(): boolean {
    return !isUnobserved();
  }

  onEmit(record: ReadableLogRecord): void {
    this.#kept.push(record);
  }

  get all(): readonly ReadableLogRecord[] {
    return this.#kept;
  }

  forget(): void {
    this.#kept.length = 0;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
