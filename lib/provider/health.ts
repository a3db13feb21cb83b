/**
 * What the pipeline says of itself: how much came in, went out, and was lost, and why.
 */
import type { FaultCount } from '../faults/report.js';
import type { KeptTraces, LetGo } from '../recorder/sampling-counts.js';

/** The records of one exporter, since the start. */
export interface DeliveryCount {
  /** Where to: `otlp`, with the address where there are several (`export.endpoints`); `console`; or the class name of an exporter of your own. */
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
  /** Where to: `otlp`, with the address as for spans; `console`; or `prometheus`. */
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

/**
 * Ended spans in memory now, over everything: those that wait for their trace to be decided about, and those on their way to the
 * exporter that has most of them. In the queues of several exporters lie the same spans.
 */
export interface HeldSpans {
  /** How many. */
  readonly spans: number;
  /** Their bytes, by estimate. */
  readonly bytes: number;
  /** How many there may be: `batch.buffer`. */
  readonly spansAtMost: number;
  /** How many bytes they may have: `limits.memoryBytes`. */
  readonly bytesAtMost: number;
}

/**
 * What became of traces, with the setting `sampling`. Of all spans that were recorded and have ended, whatever made them, each is in `dropped`, in
 * `buffered`, or was kept, and then every exporter has `received` it.
 */
export interface SamplingHealth {
  /** The share of successful traces that is kept now: 0 to 1. It is `sampling.success`, less what the load and limits take from it. */
  readonly rate: number;
  /** The load that `sampling.adaptive` goes by, smoothed: 0 to 1. `undefined` without it. */
  readonly load: number | undefined;
  /** Traces that were kept, by reason. */
  readonly kept: Readonly<KeptTraces>;
  /** Spans that were let go, by reason. What an exporter's queue let go later is in its own count. */
  readonly dropped: Readonly<LetGo>;
  /** Spans that have ended and wait for their trace to be decided about, now. */
  readonly buffered: number;
}

/** The series of all metrics of the process together. */
export interface SeriesCount {
  /** How many there may be: `limits.series`. */
  readonly limit: number;
  /** Those that are told of now, by any reader; those of overflows included. */
  readonly used: number;
  /** Metrics that have met a limit since the start: some of what was added to them is in their series `otel.metric.overflow`. */
  readonly overflowed: number;
}

/** The woven spans that outlive their call, and have not ended: those of promises, iterations, streams and callbacks. */
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
  /** Ended spans in memory now, and their bounds. */
  readonly held: HeldSpans;
  /** What became of traces; `undefined` where `sampling` is not set. */
  readonly sampling: SamplingHealth | undefined;
  /** How many series metrics have; `undefined` where another SDK keeps them, or nobody does. */
  readonly series: SeriesCount | undefined;
  /** What went wrong at run time, most frequent first; each was told once. */
  readonly faults: readonly FaultCount[];
}

/** Where there is no pipeline of ours. */
export const nothingHeld: HeldSpans = Object.freeze({ spans: 0, bytes: 0, spansAtMost: 0, bytesAtMost: 0 });
