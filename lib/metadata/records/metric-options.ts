/**
 * What `@Counted`, `@Timed`, `@Gauged` and `@InFlight` can be told beside the metric's name.
 */
import type { CallFacts, CallFunction, EntryFacts, EntryOrigin, Source, SourceOrigin } from '../source.js';
import type { AttributeSources, ClassOptions, MemberSelector } from './traced-options.js';

/** An outcome is a word and never a number. */
type AmountOrigin = 'arg' | 'self' | 'result' | 'error';

/** What every metric can be told; `From` is where the sources of its attributes may look, `Facts` what functions of the call get. */
export interface MetricOptions<From extends SourceOrigin = SourceOrigin, Facts = CallFacts> {
  /** UCUM unit (OpenTelemetry metrics guidelines): `s`, `By`, `{file}`. */
  readonly unit?: string | undefined;
  /** What the metric says, for who reads it in a backend. Default: what another annotation of the same name says, else none. */
  readonly description?: string | undefined;
  /** Keep them low in cardinality: every combination of values is a series of its own. */
  readonly attributes?: AttributeSources<From, Facts> | undefined;
}

/** What `@Counted` can be told beside the name of its counter. */
export interface CountedOptions<
  Include extends MemberSelector = MemberSelector,
  Exclude extends MemberSelector = MemberSelector,
  Inherited extends boolean = boolean,
> extends MetricOptions,
    ClassOptions<Include, Exclude, Inherited> {
  /** What one call adds, or where it is taken from. Default 1. Negative, absent or not a number: nothing is added. */
  readonly amount?:
    | number
    | Source<unknown, AmountOrigin>
    | CallFunction<number | bigint | null | undefined>
    | undefined;
  /** Which calls count. Default `'settled'`: all of them, a failed one with `error.type`. */
  readonly when?: 'settled' | 'success' | 'error' | undefined;
}

/** What `@Timed` can be told beside the name of its histogram. */
export interface TimedOptions<
  Include extends MemberSelector = MemberSelector,
  Exclude extends MemberSelector = MemberSelector,
  Inherited extends boolean = boolean,
> extends MetricOptions,
    ClassOptions<Include, Exclude, Inherited> {
  /** `s` (default), `ms`, `us` or `ns`: durations are recorded in it. */
  readonly unit?: 's' | 'ms' | 'us' | 'ns' | undefined;
  /** Ascending upper bounds of the histogram's buckets, in `unit`. Default: the conventions' buckets for durations. */
  readonly buckets?: readonly number[] | undefined;
}

/** What `@Gauged` can be told beside the name of its gauge. Attributes are read with the value, so they come from the instance. */
export interface GaugedOptions extends MetricOptions<'self'> {
  /** How live instances with the same attributes become one value. Default `'sum'`. */
  readonly combine?: 'sum' | 'max' | 'last' | undefined;
}

/** What `@InFlight` can be told beside the name of its up-down counter. Attributes are read as the call begins. */
export interface InFlightOptions<
  Include extends MemberSelector = MemberSelector,
  Exclude extends MemberSelector = MemberSelector,
  Inherited extends boolean = boolean,
> extends MetricOptions<EntryOrigin, EntryFacts>,
    ClassOptions<Include, Exclude, Inherited> {}
