/**
 * What `sampling` can be told: which traces are kept, once their outcome is known. Nothing here says which spans of a trace:
 * a trace is kept whole or not at all.
 */
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/**
 * Which share of certain traces is kept. A trace is one of them if any of its spans is all that the rule says; of several such
 * rules the first in the list counts.
 */
export interface TraceRule {
  /** The name of the span, or a pattern of it. */
  readonly name?: string | RegExp;
  /** Attributes of the span: each is this value, or a text that the pattern matches. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | RegExp>>;
  /** The kind of the span. */
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Asked last, of a span that has ended. One that throws says no, and is reported once. */
  readonly when?: (span: ReadableSpan) => boolean;
  /** The share of these traces that is kept, in place of `success`: 0 to 1. Default 1. */
  readonly keep?: number;
}

/** How the share of successful traces follows the load of this process. */
export interface AdaptiveSettings {
  /** The load above which fewer are kept: 0 to 1. Default 0.7. */
  readonly threshold?: number;
  /** The load now, 0 to 1. Default: the greatest of event-loop utilisation, CPU of this process, and how full the buffer is. */
  readonly load?: () => number;
  /** The share at a load above the threshold. Default: `base * (1 - load)`. */
  readonly rate?: (base: number, load: number) => number;
}

/**
 * Which traces are kept, decided within this process when their outcome is known. Of a trace that several of these speak of, the
 * greatest share counts.
 */
export interface SamplingSettings {
  /** The share of traces that is kept though nothing in them failed: 0 to 1, by the random part of the trace id. Default 1. */
  readonly success?: number;
  /** The same of traces in which a span failed. Default 1. */
  readonly error?: number;
  /** Traces that took longer than `overMs` milliseconds in this process: a share of `rate` (default 1) is kept. */
  readonly slow?: { readonly overMs: number; readonly rate?: number };
  /** Traces with certain spans. */
  readonly rules?: readonly TraceRule[];
  /** Fewer successful traces under load; `true` for the defaults. Default `false`. */
  readonly adaptive?: boolean | AdaptiveSettings;
  /** How many spans of successful traces are kept in a second, by a token bucket that holds those of one second. Default: any number. */
  readonly maxSpansPerSecond?: number;
  /** The same for each place at which traces begin. Default: any number. */
  readonly perSite?: number;
  /** Of like spans in a row with none below them, one stands for all, with their count and the sum of their durations. Default `false`. */
  readonly collapse?: boolean;
  /** A trace that has not ended so many milliseconds after the first of its spans is decided as it is. Default 60,000. */
  readonly decideAfterMs?: number;
}
