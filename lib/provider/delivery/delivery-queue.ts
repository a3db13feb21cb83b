/**
 * Records on their way to one exporter: gathered in batches, sent one batch at a time, never from inside the
 * application's call, and never more of them in memory than the buffer holds. Every record is accounted for:
 * received = delivered + failed + dropped + waiting.
 */
import type { ExportResult } from '@opentelemetry/core';
import { messageOf, report } from '../../faults/report.js';
import type { DeliveryCount } from '../health.js';
import { unobserved } from '../unobserved.js';
import { answerTo } from './answer-to.js';

/** The part of an OpenTelemetry exporter that takes records. */
export interface RecordExporter<R> {
  export(records: R[], done: (result: ExportResult) => void): void;
  shutdown(): Promise<void>;
  forceFlush?(): Promise<void>;
}

export interface QueueOptions {
  /** The exporter's name in `health()` and reports. */
  readonly exporter: string;
  readonly signal: 'spans' | 'log records';
  readonly size: number;
  readonly intervalMs: number;
  readonly buffer: number;
  /** An exporter that does not answer is given up on after so long (specification, `OTEL_BSP_EXPORT_TIMEOUT`). */
  readonly answerMs: number;
  /** Nothing is sent before this has settled, which it must, and without rejecting: until then the resource is not complete. */
  readonly after?: Promise<void> | undefined;
}

/** What takes records in and sees that they are sent. No method of it throws or rejects. */
export interface RecordQueue<R> {
  push(record: R): void;
  flush(): Promise<void>;
  shutdown(): Promise<void>;
}

export class DeliveryQueue<R> implements RecordQueue<R> {
  readonly #exporter: RecordExporter<R>;
  readonly #options: QueueOptions;
  #queue: R[] = [];
  #sending = 0;
  #received = 0;
  #delivered = 0;
  #failed = 0;
  readonly #dropped = { bufferFull: 0, afterShutdown: 0, unsentAtShutdown: 0 };
  #lastError: string | undefined;
  #closed = false;
  /** Records to be sent without waiting for the interval, counted from the head of the queue. */
  #due = 0;
  #draining = false;
  #after: Promise<void> | undefined;
  /** Records that left the queue for good, and who waits for how many. */
  #done = 0;
  #waiters: { readonly target: number; readonly resolve: () => void }[] = [];
  /**
   * Goes round from the start: no timer is set where records come in, which is in the calls of the program. At the end of
   * the stack that can break off half way, and Node's own lists of timers are wrong from then on.
   */
  readonly #rounds: NodeJS.Timeout;
  #soon: NodeJS.Immediate | undefined;

  constructor(exporter: RecordExporter<R>, options: QueueOptions) {
    this.#exporter = exporter;
    this.#options = options;
    this.#after = options.after;
    this.#rounds = setInterval(() => this.#sendWaiting(), options.intervalMs);
    this.#rounds.unref();
  }

  /** Takes a record in, or drops and counts it. Cheap, and never throws. */
  push(record: R): void {
    this.#received += 1;
    if (this.#closed) {
      this.#dropped.afterShutdown += 1;
      return;
    }
    const { size, buffer, signal, exporter } = this.#options;
    if (this.#queue.length + this.#sending >= buffer) {
      this.#dropped.bufferFull += 1;
      report('SPANDREL_BUFFER_FULL', exporter, { signal, exporter, limit: buffer });
      return;
    }
    this.#queue.push(record);
    if (this.#queue.length >= size) this.#sendSoon();
  }

  /** Sends all that is waiting now. Resolves when each record was taken or given up; never rejects. */
  async flush(): Promise<void> {
    await this.#sendAll();
    await this.#guarded(() => this.#exporter.forceFlush?.());
  }

  /** Takes no more, sends what is waiting, and shuts the exporter down. Never rejects. */
  async shutdown(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#rounds);
    await this.#sendAll();
    await this.#guarded(() => this.#exporter.shutdown());
  }

  /** Gives up on what is still waiting: shutdown took too long. */
  abandon(): void {
    this.#closed = true;
    clearInterval(this.#rounds);
    const left = this.#queue.length;
    this.#dropped.unsentAtShutdown += left;
    this.#queue = [];
    this.#due = 0;
    this.#dealtWith(left);
  }

  count(): DeliveryCount {
    return {
      exporter: this.#options.exporter,
      received: this.#received,
      delivered: this.#delivered,
      dropped: { ...this.#dropped },
      failed: this.#failed,
      waiting: this.#queue.length + this.#sending,
      lastError: this.#lastError,
    };
  }

  #sendWaiting(): void {
    this.#due = this.#queue.length;
    if (this.#due > 0) this.#drain();
  }

  /** It does not keep the process alive, as the rounds don't. */
  #sendSoon(): void {
    if (this.#soon !== undefined || this.#draining) return;
    this.#soon = setImmediate(() => {
      this.#soon = undefined;
      this.#drain();
    });
    this.#soon.unref();
  }

  /** Resolves when all that is waiting now was taken or given up, whatever comes in meanwhile. */
  #sendAll(): Promise<void> {
    this.#due = this.#queue.length;
    const target = this.#done + this.#queue.length + this.#sending;
    this.#drain();
    if (target <= this.#done) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ target, resolve }));
  }

  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    void this.#sendBatches();
  }

  /** What is due, and every full batch that came together meanwhile. */
  async #sendBatches(): Promise<void> {
    const { size } = this.#options;
    if (this.#after !== undefined) {
      await this.#after;
      this.#after = undefined;
    }
    while (this.#queue.length > 0 && (this.#due > 0 || this.#queue.length >= size)) {
      const batch = this.#queue.splice(0, size);
      this.#due = Math.max(0, this.#due - batch.length);
      const isTaken = await this.#send(batch);
      this.#dealtWith(batch.length);
      // Where nobody waits, the next goes with the next round: that does not keep the process alive, as a request does that hangs.
      if (!isTaken && this.#waiters.length === 0) break;
    }
    if (this.#waiters.length === 0) this.#due = 0;
    this.#draining = false;
  }

  #dealtWith(count: number): void {
    this.#done += count;
    this.#waiters = this.#waiters.filter(({ target, resolve }) => {
      if (target > this.#done) return true;
      resolve();
      return false;
    });
  }

  /** Whether the exporter took it. */
  async #send(batch: R[]): Promise<boolean> {
    const count = batch.length;
    this.#sending = count;
    const failure = await answerTo(this.#exporter, batch, this.#options.answerMs);
    this.#sending = 0;
    if (failure === undefined) {
      this.#delivered += count;
      return true;
    }
    this.#failed += count;
    this.#fail(failure);
    return false;
  }

  async #guarded(work: () => Promise<void> | undefined): Promise<void> {
    try {
      await unobserved(work);
    } catch (error) {
      this.#fail(messageOf(error));
    }
  }

  #fail(failure: string): void {
    const { signal, exporter } = this.#options;
    this.#lastError = failure;
    report('SPANDREL_EXPORT_FAILED', exporter, { signal, exporter, error: failure });
  }
}
