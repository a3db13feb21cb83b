/**
 * Several receivers as one queue: each has a queue of its own, and all records of a trace go to the same one. A receiver that is
 * away holds up no other, and nothing of its share goes elsewhere: the trace would be in two places, and whole in neither.
 */
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { foldedId } from '../../recorder/folded-id.js';
import { traceOf } from '../../recorder/traces-of-spans.js';
import type { ResolvedBatch } from '../settings/resolve-settings.js';
import type { RecordQueue } from './delivery-queue.js';

export class ShardedQueue<R> implements RecordQueue<R> {
  readonly #queues: readonly RecordQueue<R>[];
  readonly #placeOf: (record: R) => number;

  /** @param placeOf which of the queues a record belongs to. Called in the calls of the program, so it must not throw. */
  constructor(queues: readonly RecordQueue<R>[], placeOf: (record: R) => number) {
    this.#queues = queues;
    this.#placeOf = placeOf;
  }

  push(record: R): void {
    this.#queues[this.#placeOf(record)]?.push(record);
  }

  async flush(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.flush()));
  }

  async shutdown(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.shutdown()));
  }
}

/** What there is one of needs nobody to choose. */
export function asOne<R>(queues: readonly RecordQueue<R>[], placeOf: (record: R) => number): RecordQueue<R> {
  const [only, ...others] = queues;
  return only !== undefined && others.length === 0 ? only : new ShardedQueue(queues, placeOf);
}

/** Of what may wait, the part of one of so many queues: what may wait in all of them together does not become more. */
export function shareOf(batch: ResolvedBatch, count: number): ResolvedBatch {
  const buffer = Math.max(1, Math.floor(batch.buffer / Math.max(1, count)));
  return { ...batch, buffer, size: Math.min(batch.size, buffer) };
}

/** The trace of a span as one word. A woven span's is worked out from its ordinal: its id is made when it is sent, not in the call. */
export function foldedTraceOf(span: ReadableSpan): number {
  return traceOf(span)?.folded ?? foldedId(span.spanContext().traceId);
}

/** The same of a log record; `undefined` for one that was written outside of every span. */
export function foldedTraceOfLog({ spanContext }: ReadableLogRecord): number | undefined {
  return spanContext === undefined ? undefined : foldedId(spanContext.traceId);
}
