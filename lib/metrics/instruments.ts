/**
 * The instruments of one running telemetry, one a definition, made on first use. Advice adds and records through them;
 * how that reaches OpenTelemetry is settled in this room alone, so that what is inside can be replaced.
 */
import type { Attributes, Meter } from '@opentelemetry/api';
import type { HistogramDefinition, MetricDefinition } from './definition.js';

/** Something a call adds to: a counter, or an up-down counter. */
export interface Adder {
  add(amount: number, attributes: Attributes): void;
}

/** Something a call leaves a measurement in. */
export interface Recordable {
  record(value: number, attributes: Attributes): void;
}

/** One value of a gauge at a collection. */
export interface Observation {
  readonly value: number;
  readonly attributes: Attributes;
}

export interface Instruments {
  counter(definition: MetricDefinition): Adder;
  upDownCounter(definition: MetricDefinition): Adder;
  histogram(definition: HistogramDefinition): Recordable;
  /** Reads are called at each collection; several for one name are collected together. */
  gauge(definition: MetricDefinition, read: () => Iterable<Observation>): void;
  /** Stops every gauge. */
  release(): void;
}

/** Instruments on a meter of the OpenTelemetry API. */
export function meterInstruments(meter: Meter): Instruments {
  const made = new Map<string, unknown>();
  const releases: (() => void)[] = [];
  const once = <T>(given: string, make: () => T): T => {
    // OpenTelemetry compares instrument names without regard to case.
    const name = given.toLowerCase();
    const known = made.get(name) as T | undefined;
    if (known !== undefined) return known;
    const instrument = make();
    made.set(name, instrument);
    return instrument;
  };
  return {
    counter: ({ name, ...options }) => once(name, () => meter.createCounter(name, said(options))),
    upDownCounter: ({ name, ...options }) => once(name, () => meter.createUpDownCounter(name, said(options))),
    histogram: ({ name, buckets, ...options }) =>
      once(name, () =>
        meter.createHistogram(name, { ...said(options), advice: { explicitBucketBoundaries: [...buckets] } }),
      ),
    gauge: ({ name, ...options }, read) => {
      const instrument = once(name, () => meter.createObservableGauge(name, said(options)));
      const observe = (result: { observe(value: number, attributes: Attributes): void }): void => {
        for (const { value, attributes } of read()) result.observe(value, attributes);
      };
      instrument.addCallback(observe);
      releases.push(() => instrument.removeCallback(observe));
    },
    release: () => {
      for (const release of releases.splice(0)) release();
    },
  };
}

/** Without the keys that were left out: the API takes an explicit `undefined` for a value. */
function said({ unit, description }: { unit?: string | undefined; description?: string | undefined }): {
  unit?: string;
  description?: string;
} {
  return { ...(unit === undefined ? {} : { unit }), ...(description === undefined ? {} : { description }) };
}
