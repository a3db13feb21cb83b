/**
 * Writes each log record as a line, at once: a log line that comes late is of little use to a reader.
 */
import type { LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { messageOf, report } from '../../faults/report.js';
import { drawLog } from '../../terminal/draw-log.js';
import type { DeliveryCount } from '../health.js';
import { isUnobserved } from '../unobserved.js';
import type { ConsoleWriter } from './console-writer.js';

export class LogLines implements LogRecordProcessor {
  readonly #writer: ConsoleWriter;
  #received = 0;
  #failed = 0;
  #afterShutdown = 0;
  #lastError: string | undefined;
  #closed = false;

  constructor(writer: ConsoleWriter) {
    this.#writer = writer;
  }

  /** What is written by the stream that is being written to would be drawn on it. */
  enabled(): boolean {
    return !isUnobserved();
  }

  onEmit(record: ReadableLogRecord): void {
    this.#received += 1;
    if (this.#closed) {
      this.#afterShutdown += 1;
      return;
    }
    try {
      if (!this.#writer.write(drawLog(record, this.#writer.canvas()))) this.#failed += 1;
    } catch (error) {
      this.#failed += 1;
      this.#lastError = messageOf(error);
      report('SPANDREL_EXPORT_FAILED', 'console', {
        signal: 'log records',
        exporter: 'console',
        error: this.#lastError,
      });
    }
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  count(): DeliveryCount {
    return {
      exporter: 'console',
      received: this.#received,
      delivered: this.#received - this.#failed - this.#afterShutdown,
      dropped: { bufferFull: 0, memoryFull: 0, afterShutdown: this.#afterShutdown, unsentAtShutdown: 0 },
      droppedOfFailedTraces: 0,
      failed: this.#failed,
      waiting: 0,
      lastError: this.#lastError ?? this.#writer.failure,
    };
  }
}
