/**
 * What `@Counted`, `@Timed`, `@Gauged` and `@InFlight` can be told beside the metric's name.
 */
import type { CallFacts, Source } from '../source.js';
import type { AttributeSources, ClassOptions } from './traced-options.js';

export interface MetricOptions {
  /** UCUM unit (OpenTelemetry metrics guidelines): `s`, `By`, `{file}`. */
  readonly unit?: string;
  readonly description?: string;
  /** Keep them low in cardinality: every combination of values is a series of its own. */
  readonly attributes?: AttributeSources;
}

export interface CountedOptions extends MetricOptions, ClassOptions {
  /** What one call adds, or where it is taken from. Default 1. Negative, absent or not a number: nothing is added. */
  readonly amount?: number | Source | ((facts: CallFacts) => unknown);
  /** Which calls count. Default `'settled'`: all of them, a failed one with `error.type`. */
  readonly when?: 'settled' | 'success' | 'error';
}

export interface TimedOptions extends MetricOptions, ClassOptions {
  /** `s` (default), `ms`, `us` or `ns`: durations are recorded in it. */
  readonly unit?: 's' | 'ms' | 'us' | 'ns';
  /** Ascending upper bounds of the histogram's buckets, in `unit`. Default: the conventions' buckets for durations. */
  readonly buckets?: readonly number[];
}

export interface GaugedOptions extends MetricOptions {
  /** How live instances with the same attributes become one value. Default `'sum'`. */
  readonly combine?: 'sum' | 'max' | 'last';
}

export interface InFlightOptions extends MetricOptions, ClassOptions {}
