/**
 * The SDK's meter provider, with meters whose series are counted. Which readers and views there are says what can be: where a view
 * changes attributes or drops a metric, only the SDK knows what series there are, and its own limits are all there is.
 */
import { createNoopMeter, type Meter } from '@opentelemetry/api';
import {
  AggregationTemporality,
  AggregationType,
  type IMetricReader,
  type InstrumentType,
  MeterProvider,
  type MeterProviderOptions,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { BoundedMeter, type GateTerms } from '../metrics/bounded-meter.js';
import type { SeriesBudget } from '../metrics/series-budget.js';
import type { Collections } from '../metrics/series-gate.js';
import { selectedBy } from '../metrics/views.js';

export interface Bounds {
  readonly budget: SeriesBudget;
  readonly collections: Collections;
}

export class BoundedMeterProvider extends MeterProvider {
  readonly #terms: Omit<GateTerms, 'counts'>;
  readonly #readers: readonly IMetricReader[];
  readonly #reshaping: readonly ViewOptions[];
  readonly #meters = new WeakMap<Meter, Meter>();

  constructor(options: MeterProviderOptions, { budget, collections }: Bounds) {
    super(options);
    const { readers = [], views = [] } = options;
    this.#readers = readers;
    this.#reshaping = views.filter(
      ({ attributesProcessors = [], aggregation }) =>
        attributesProcessors.length > 0 || aggregation?.type === AggregationType.DROP,
    );
    this.#terms = { budget, collections, forgets: (type) => readers.every((reader) => isDelta(reader, type)) };
  }

  override getMeter(...given: Parameters<MeterProvider['getMeter']>): Meter {
    const own = super.getMeter(...given);
    // After its shutdown: one for all.
    if (own === createNoopMeter()) return own;
    const known = this.#meters.get(own);
    if (known !== undefined) return known;
    const [name, version = ''] = given;
    const isReshaped = selectedBy(this.#reshaping, { name, version });
    const meter = new BoundedMeter(own, {
      ...this.#terms,
      counts: (definition, type) => this.#isTold(type) && !isReshaped(definition, type),
    });
    this.#meters.set(own, meter);
    return meter;
  }

  /** A meter whose series are not counted: for metrics of which it is known how many they have. */
  getUncountedMeter(...given: Parameters<MeterProvider['getMeter']>): Meter {
    return super.getMeter(...given);
  }

  /** Whether any reader wants instruments of a type. */
  #isTold(type: InstrumentType): boolean {
    return this.#readers.some((reader) => reader.selectAggregation(type).type !== AggregationType.DROP);
  }
}

function isDelta(reader: IMetricReader, type: InstrumentType): boolean {
  return reader.selectAggregationTemporality(type) === AggregationTemporality.DELTA;
}
