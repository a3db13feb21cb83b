/**
 * The same measurements in two worlds: the SDK's meter provider with its own instruments, and ours. What their readers
 * are told can be compared point by point.
 */
import type { Attributes } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  type AggregationOption,
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  InstrumentType,
  MeterProvider,
  type MetricReader,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { scope } from '../../lib/conventions/scope.js';
import type { Instruments } from '../../lib/metrics/instruments.js';
import { meteringFor } from '../../lib/provider/metering.js';
import { ReaderOnDemand } from './recorded-telemetry.js';

/** A reader to be made in both worlds. */
export interface ReaderPlan {
  /** `mixed`: delta for counters and histograms, cumulative for up-down counters, as OTLP exporters may ask for. */
  readonly temporality: 'delta' | 'cumulative' | 'mixed';
  readonly limit: number;
  readonly aggregation?: (type: InstrumentType) => AggregationOption;
  /** Collects through an exporter, as an interval would. */
  readonly periodic?: boolean;
  /** Exports through this one; what it was given is not kept. */
  readonly exporter?: PushMetricExporter;
}

export type InstrumentName = 'worlds.counter' | 'worlds.up.down' | 'worlds.histogram';

export interface World {
  /** Adds or records. What `holder` keeps for the attributes is used again, as a call site does; 0 keeps nothing. */
  measure(name: InstrumentName, value: number, attributes: Attributes, holder?: number): void;
  /** What a reader is told now. */
  collect(reader: number): Promise<ScopeMetrics[]>;
}

const counter = { name: 'worlds.counter', unit: '{thing}', description: 'Things' };
const upDown = { name: 'worlds.up.down', unit: undefined, description: undefined };
const histogram = { name: 'worlds.histogram', unit: 's', description: 'Times', buckets: [0.5, 1, 2.5] };
const gauge = { name: 'worlds.gauge', unit: 'By', description: 'Bytes' };

/** The SDK's own instruments. */
export function sdkWorld(plans: readonly ReaderPlan[]): World {
  const readers = plans.map(readerOf);
  const provider = new MeterProvider({
    resource: resourceFromAttributes({}),
    readers: readers.map(({ reader }) => reader),
  });
  const meter = provider.getMeter(scope.name, scope.version);
  const advice = { explicitBucketBoundaries: histogram.buckets };
  const added = meter.createCounter(counter.name, counter);
  const moved = meter.createUpDownCounter(upDown.name);
  const { unit, description } = histogram;
  const recorded = meter.createHistogram(histogram.name, { unit, description, advice });
  meter.createObservableGauge(gauge.name, gauge).addCallback((result) => result.observe(5, { of: 'both' }));
  const measuring: Record<InstrumentName, (value: number, attributes: Attributes) => void> = {
    'worlds.counter': (value, attributes) => added.add(value, attributes),
    'worlds.up.down': (value, attributes) => moved.add(value, attributes),
    'worlds.histogram': (value, attributes) => recorded.record(value, attributes),
  };
  return {
    measure: (name, value, attributes) => measuring[name](value, attributes),
    collect: (reader) => (readers[reader] as Reading).collect(),
  };
}

/** Our instruments, beside the SDK's provider. */
export function ownWorld(plans: readonly ReaderPlan[]): World & { readonly instruments: Instruments } {
  const readers = plans.map(readerOf);
  const { instruments } = meteringFor(
    resourceFromAttributes({}),
    readers.map(({ reader }) => reader),
  );
  const added = instruments.counter(counter);
  const moved = instruments.upDownCounter(upDown);
  const recorded = instruments.histogram(histogram);
  instruments.gauge(gauge, () => [{ value: 5, attributes: { of: 'both' } }]);
  const finding = {
    'worlds.counter': (attributes: Attributes) => bound(added.series(attributes), 'add'),
    'worlds.up.down': (attributes: Attributes) => bound(moved.series(attributes), 'add'),
    'worlds.histogram': (attributes: Attributes) => bound(recorded.series(attributes), 'record'),
  };
  const kept = new Map<string, Measuring>();
  return {
    instruments,
    measure(name, value, attributes, holder = 0) {
      const key = `${holder} ${name} ${JSON.stringify(Object.entries(attributes))}`;
      const series = kept.get(key) ?? finding[name](attributes);
      if (holder > 0 && series.keep) kept.set(key, series);
      series.measure(value);
    },
    collect: (reader) => (readers[reader] as Reading).collect(),
  };
}

/** Exponential histograms, and nothing of counters. */
export const otherAggregation = (type: InstrumentType): AggregationOption => {
  if (type === InstrumentType.HISTOGRAM) return { type: AggregationType.EXPONENTIAL_HISTOGRAM };
  return { type: type === InstrumentType.COUNTER ? AggregationType.DROP : AggregationType.DEFAULT };
};

interface Measuring {
  readonly keep: boolean;
  measure(value: number): void;
}

function bound<N extends 'add' | 'record'>(
  series: { readonly keep: boolean } & { readonly [M in N]: (value: number) => void },
  name: N,
): Measuring {
  return { keep: series.keep, measure: (value) => series[name](value) };
}

interface Reading {
  readonly reader: MetricReader;
  collect(): Promise<ScopeMetrics[]>;
}

function readerOf({
  temporality,
  limit,
  aggregation,
  exporter: other,
  periodic = other !== undefined,
}: ReaderPlan): Reading {
  const temporalityOf = (type: InstrumentType): AggregationTemporality =>
    temporality === 'delta' || (temporality === 'mixed' && type !== InstrumentType.UP_DOWN_COUNTER)
      ? AggregationTemporality.DELTA
      : AggregationTemporality.CUMULATIVE;
  if (periodic) {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    exporter.selectAggregationTemporality = temporalityOf;
    const reader = new PeriodicExportingMetricReader({
      exporter: other ?? exporter,
      exportIntervalMillis: 1e6,
      cardinalityLimits: { default: limit },
    });
    return {
      reader,
      async collect() {
        exporter.reset();
        await reader.forceFlush();
        return exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
      },
    };
  }
  const reader = new ReaderOnDemand({
    aggregationTemporalitySelector: temporalityOf,
    cardinalitySelector: () => limit,
    ...(aggregation === undefined ? {} : { aggregationSelector: aggregation }),
  });
  return {
    reader,
    async collect() {
      const { resourceMetrics, errors } = await reader.collect();
      if (errors.length > 0) throw errors[0];
      return resourceMetrics.scopeMetrics;
    },
  };
}
