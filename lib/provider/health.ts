/**
 * What the pipeline says of itself: how much came in, went out, and was lost, and why.
 */
import type { FaultCount } from '../faults/report.js';

/** The records of one exporter, since the start. */
export interface DeliveryCount {
  /** Where to: `otlp`, `console`, or the class name of an exporter of your own. */
  readonly exporter: string;
  /** Handed over by the application. */
  readonly received: number;
  /** Taken by the exporter. */
  readonly delivered: number;
  /** Let go before they were sent: for want of room, after `shutdown()`, or by it. */
  readonly dropped: {
    /** There were `batch.buffer` records already. Of spans whole traces are let go, those in which nothing failed first. */
    readonly bufferFull: number;
    /** Likewise of spans, where `limits.memoryBytes` were held already. */
    readonly memoryFull: number;
    readonly afterShutdown: number;
    /** Still waiting when shutdown gave up. */
    readonly unsentAtShutdown: number;
  };
  /** Of `bufferFull` and `memoryFull`: spans of traces in which something had failed. Zero while there is anything else to let go. */
  readonly droppedOfFailedTraces: number;
  /** Refused by the exporter, or not answered in time. */
  readonly failed: number;
  /** Waiting now. */
  readonly waiting: number;
  /** The last failure's message, if there was one. */
  readonly lastError: string | undefined;
}

/** The collections of one metric reader of ours. */
export interface CollectionCount {
  /** Where to: `otlp`, `console` or `prometheus`. */
  readonly exporter: string;
  /** Exports begun; of `prometheus`, scrapes answered. */
  readonly exports: number;
  /** Exports that were refused, or not answered in time. */
  readonly failed: number;
  /** The last failure's message, if there was one. */
  readonly lastError: string | undefined;
  /** Where it can be scraped, of `prometheus`, once it listens. */
  readonly address?: string;
}

/** The woven spans that have started and not ended. */
export interface RunningCount {
  /** Running now, as far as is known: those that can't end any more are in it until they are collected as garbage. */
  readonly spans: number;
  /** As many as there is memory for (`limits.memoryBytes`). */
  readonly atMost: number;
  /** Calls that were not recorded since the start, for want of room. */
  readonly unrecorded: number;
}

/** What `health()` tells: a snapshot of the moment it is called, which does not change. Counts are since the start. */
export interface Health {
  /** `stopped` from `shutdown()` on; `disabled`: `OTEL_SDK_DISABLED` is true. */
  readonly state: 'running' | 'stopped' | 'disabled';
  /** `undefined` where spans are those of an SDK that was there already. */
  readonly running?: RunningCount;
  /** One for each place that spans go to: `received` is `delivered`, `dropped`, `failed` and `waiting` together. */
  readonly spans: readonly DeliveryCount[];
  /** The same of log records. */
  readonly logs: readonly DeliveryCount[];
  /** One for each of the readers that `bootstrap()` made; your own are not counted. */
  readonly metrics: readonly CollectionCount[];
  /** What went wrong at run time, most frequent first; each was told once. */
  readonly faults: readonly FaultCount[];
}
