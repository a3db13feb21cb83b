/**
 * Instruments on a meter of the OpenTelemetry API: for what a provider is asked for that is not accumulated here, and for
 * gauges, whose values are read when they are collected.
 */
import type { Attributes, Meter } from '@opentelemetry/api';
import type { Instruments } from './instruments.js';
import { oncePerName } from './once-per-name.js';

export function meterInstruments(meter: Meter): Instruments {
  const once = oncePerName();
  const releases: (() => void)[] = [];
  return {
    counter: ({ name, ...options }) => once(name, () => adding(meter.createCounter(name, said(options)))),
    upDownCounter: ({ name, ...options }) => once(name, () => adding(meter.createUpDownCounter(name, said(options)))),
    histogram: ({ name, buckets, ...options }) =>
      once(name, () => {
        const advice = { explicitBucketBoundaries: [...buckets] };
        const histogram = meter.createHistogram(name, { ...said(options), advice });
        return {
          lettingsGo: 0,
          series: (attributes) => ({ keep: true, record: (value) => histogram.record(value, attributes) }),
        };
      }),
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

function adding(counter: { add(amount: number, attributes: Attributes): void }): ReturnType<Instruments['counter']> {
  return { lettingsGo: 0, series: (attributes) => ({ keep: true, add: (amount) => counter.add(amount, attributes) }) };
}

/** Without the keys that were left out: the API takes an explicit `undefined` for a value. */
function said({ unit, description }: { unit?: string | undefined; description?: string | undefined }): {
  unit?: string;
  description?: string;
} {
  return { ...(unit === undefined ? {} : { unit }), ...(description === undefined ? {} : { description }) };
}
