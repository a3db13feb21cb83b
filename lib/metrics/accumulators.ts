/**
 * All instruments of one running telemetry that accumulate by themselves, and what each reader is told of them.
 *
 * They do what the SDK does by default. Where a reader asks for more (exponential histograms, other boundaries, nothing
 * at all), the instruments of that type are left to the SDK.
 */
import { ValueType } from '@opentelemetry/api';
import { AggregationType, type IMetricReader, InstrumentType, type MetricData } from '@opentelemetry/sdk-metrics';
import { Accumulator, type ReaderTerms } from './accumulator.js';
import type { HistogramDefinition, MetricDefinition } from './definition.js';
import { type HistogramSeries, histogramKind } from './histogram-series.js';
import type { SeriesOf } from './instruments.js';
import { oncePerName } from './once-per-name.js';
import type { SeriesBudget } from './series-budget.js';
import { type SumSeries, sumKind } from './sum-series.js';

export type AccumulatedType = InstrumentType.COUNTER | InstrumentType.UP_DOWN_COUNTER | InstrumentType.HISTOGRAM;

/** What is asked of a reader here, which may not throw; it may be one of the user's, made for an older SDK. */
export type AskedReader = Pick<IMetricReader, 'selectAggregation' | 'selectAggregationTemporality'> &
  Partial<Pick<IMetricReader, 'selectCardinalityLimit'>>;

interface Collected {
  collect(place: number, nowMs: number): MetricData | undefined;
  release(): void;
}

/** How many series of an instrument a reader takes that does not say (OpenTelemetry metrics SDK, cardinality limits). */
export const seriesAtMost = 2000;

export class Accumulators {
  readonly #readers: readonly AskedReader[];
  readonly #budget: SeriesBudget;
  readonly #once = oncePerName();
  /** In the order they were made, which is the order they are told in. */
  readonly #made: Collected[] = [];

  constructor(readers: readonly AskedReader[], budget: SeriesBudget) {
    this.#readers = readers;
    this.#budget = budget;
  }

  /** Whether instruments of a type can be had here: every reader wants what is accumulated. */
  has(type: AccumulatedType): boolean {
    return this.#readers.every((reader) => {
      const asked = reader.selectAggregation(type).type;
      return asked === AggregationType.DEFAULT || (asked === AggregationType.SUM && type !== InstrumentType.HISTOGRAM);
    });
  }

  sum(
    definition: MetricDefinition,
    type: InstrumentType.COUNTER | InstrumentType.UP_DOWN_COUNTER,
  ): SeriesOf<SumSeries> {
    return this.#once(definition.name, () => {
      const descriptor = descriptorOf(definition, type, {});
      const kind = sumKind(type === InstrumentType.COUNTER);
      return this.#kept(new Accumulator(descriptor, kind, this.#terms(type), this.#budget));
    });
  }

  histogram(definition: HistogramDefinition): SeriesOf<HistogramSeries> {
    const type = InstrumentType.HISTOGRAM;
    return this.#once(definition.name, () => {
      const descriptor = descriptorOf(definition, type, { explicitBucketBoundaries: [...definition.buckets] });
      const kind = histogramKind(definition.buckets);
      return this.#kept(new Accumulator(descriptor, kind, this.#terms(type), this.#budget));
    });
  }

  /** What the reader at a place is told of all instruments; a delta reader is told once. */
  collect(place: number): MetricData[] {
    const nowMs = Date.now();
    return this.#made.flatMap((instrument) => instrument.collect(place, nowMs) ?? []);
  }

  /** Nothing is taken in any more. */
  release(): void {
    for (const instrument of this.#made) instrument.release();
  }

  #terms(type: AccumulatedType): ReaderTerms[] {
    return this.#readers.map((reader) => ({
      limit: reader.selectCardinalityLimit?.(type) ?? seriesAtMost,
      temporality: () => reader.selectAggregationTemporality(type),
    }));
  }

  #kept<I extends Collected>(instrument: I): I {
    this.#made.push(instrument);
    return instrument;
  }
}

/** As the SDK makes it: exporters may look at what its types don't tell of. */
function descriptorOf({ name, unit = '', description = '' }: MetricDefinition, type: InstrumentType, advice: object) {
  return { name, type, description, unit, valueType: ValueType.DOUBLE, advice };
}
