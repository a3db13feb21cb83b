/**
 * Records on their way to one exporter: gathered in batches, sent one batch at a time, never from inside the
 * application's call, and never more of them in memory than their backlog takes. Every record is accounted for:
 * received = delivered + failed + dropped + waiting.
 */
import type { ExportResult } from '@opentelemetry/core';
import { messageOf, report } from '../../faults/report.js';
import type { DeliveryCount } from '../health.js';
import { unobserved } from '../unobserved.js';
import { answerTo } from './answer-to.js';
import type { Backlog } from './backlog.js';

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
  readonly #backlog: Backlog<R>;
  #received = 0;
  #delivered = 0;
  #failed = 0;
  #afterShutdown = 0;
  #unsentAtShutdown = 0;
  #lastError: string | undefined;
  #closed = false;
  /** Records whose turn is before this are sent without waiting for the interval. */
  #due = 0;
  #draining = false;
  #after: Promise<void> | undefined;
  /** Who waits until all whose turn is before `target` are dealt with. */
  #waiters: { readonly target: number; readonly resolve: () => void }[] = [];
  /**
   * Goes round from the start: no timer is set where records come in, which is in the calls of the program. At the end of
   * the stack that can break off half way, and Node's own lists of timers are wrong from then on.
   */
  readonly #rounds: NodeJS.Timeout;
  #soon: NodeJS.Immediate | undefined;

  constructor(exporter: RecordExporter<R>, backlog: Backlog<R>, options: QueueOptions) {
    this.#exporter = exporter;
    this.#backlog = backlog;
    this.#options = options;
    this.#after = options.after;
    this.#rounds = setInterval(() => this.#sendWaiting(), options.intervalMs);
    this.#rounds.unref();
  }

  /** Takes a record in, or drops and counts it. Cheap, and never throws. */
  push(record: R): void {
    if (this.#closed) {
      this.#received += 1;
      this.#afterShutdown += 1;
      return;
    }
    this.#backlog.add(record);
    // At the end of the stack it may have thrown: what is not in the backlog has not come.
    this.#received += 1;
    if (this.#backlog.size >= this.#options.size) this.#sendSoon();
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
    this.#unsentAtShutdown += this.#backlog.clear();
    this.#due = 0;
    this.#tellWaiters();
  }

  count(): DeliveryCount {
    const { bufferFull, memoryFull, ofFailedTraces } = this.#backlog.letGo;
    return {
      exporter: this.#options.exporter,
      received: this.#received,
      delivered: this.#delivered,
      dropped: {
        bufferFull,
        memoryFull,
        afterShutdown: this.#afterShutdown,
        unsentAtShutdown: this.#unsentAtShutdown,
      },
      droppedOfFailedTraces: ofFailedTraces,
      failed: this.#failed,
      waiting: this.#backlog.held,
      lastError: this.#lastError,
    };
  }

  #sendWaiting(): void {
    this.#due = this.#backlog.end;
    if (this.#backlog.size > 0) this.#drain();
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
    const target = this.#backlog.end;
    this.#due = target;
    this.#drain();
    if (this.#backlog.held === 0) return Promise.resolve();
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
    const backlog = this.#backlog;
    while (backlog.size > 0 && (backlog.start < this.#due || backlog.size >= size)) {
      const isTaken = await this.#send(backlog.take(size));
      this.#tellWaiters();
      // Where nobody waits, the next goes with the next round: that does not keep the process alive, as a request does that hangs.
      if (!isTaken && this.#waiters.length === 0) break;
    }
    // Those they waited for may have been let go.
    this.#tellWaiters();
    if (this.#waiters.length === 0) {
      this.#due = 0;
      backlog.rest();
    }
    this.#draining = false;
  }

  #tellWaiters(): void {
    const { start } = this.#backlog;
    this.#waiters = this.#waiters.filter(({ target, resolve }) => {
      if (target > start) return true;
      resolve();
      return false;
    });
  }

  /** Whether the exporter took it. */
  async #send(batch: R[]): Promise<boolean> {
    const count = batch.length;
    const failure = await answerTo(this.#exporter, batch, this.#options.answerMs);
    this.#backlog.sent();
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
