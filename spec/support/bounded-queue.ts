/**
 * A queue of spans before a backend that answers when it is told to, and within bounds of one's choice.
 */
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { DeliveryQueue } from '../../lib/provider/delivery/delivery-queue.js';
import { SpanBacklog } from '../../lib/provider/delivery/span-backlog.js';
import type { DeliveryCount } from '../../lib/provider/health.js';
import { SpanRoom } from '../../lib/recorder/span-room.js';

/** Answers when it is told to. */
export class Backend {
  readonly batches: ReadableSpan[][] = [];
  /** The step at which each was handed over. */
  readonly at: number[] = [];
  now = 0;
  mood: 'hangs' | 'refuses' | 'takes' = 'hangs';
  #answer: (() => void) | undefined;

  export(batch: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.batches.push(batch);
    this.at.push(this.now);
    this.#answer = () => {
      this.#answer = undefined;
      done({ code: this.mood === 'takes' ? ExportResultCode.SUCCESS : ExportResultCode.FAILED });
    };
    if (this.mood !== 'hangs') this.#answer();
  }

  turns(mood: Backend['mood']): void {
    this.mood = mood;
    if (mood !== 'hangs') this.#answer?.();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

export interface World {
  readonly room: SpanRoom;
  readonly queue: DeliveryQueue<ReadableSpan>;
  readonly backend: Backend;
}

const queues: DeliveryQueue<ReadableSpan>[] = [];

afterEach(async () => {
  for (const queue of queues.splice(0)) {
    queue.abandon();
    await queue.shutdown();
  }
});

/** By default with room for as many bytes as there may be. Closed after each test. */
export function world(bounds: { spans: number; bytes?: number; size: number }): World {
  const room = new SpanRoom(bounds.spans, bounds.bytes ?? 2 ** 40);
  const backend = new Backend();
  const queue = new DeliveryQueue(backend, new SpanBacklog(room, () => undefined), {
    exporter: 'backend',
    signal: 'spans',
    size: bounds.size,
    intervalMs: 2 ** 31 - 1,
    answerMs: 2 ** 31 - 1,
  });
  queues.push(queue);
  return { room, queue, backend };
}

/** What is accounted for. */
export const total = ({ delivered, failed, dropped, waiting }: DeliveryCount): number =>
  delivered + failed + waiting + Object.values(dropped).reduce((sum, count) => sum + count, 0);

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
