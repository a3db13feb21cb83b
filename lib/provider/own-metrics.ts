/**
 * Tells readers of metrics what `health()` tells: one snapshot a collection, so that what is told at once adds up. Nothing is
 * counted for it, and nothing is read between collections. They are the SDK's instruments, outside of the limits on series: their number is
 * known, and a program that is at its limit is one whose telemetry is to be seen.
 */
import type { Attributes, BatchObservableResult, Meter, Observable } from '@opentelemetry/api';
import type { Health } from './health.js';
import type { Observed, OwnMetric } from './own-metric.js';
import { ownMetricsTable } from './own-metrics-table.js';

export class OwnMetrics {
  readonly #meter: Meter;
  readonly #instruments: readonly (readonly [OwnMetric, Observable])[];
  readonly #observables: Observable[];
  readonly #health: () => Health;

  /** @param meter one whose series are not counted. */
  constructor(meter: Meter, health: () => Health) {
    this.#meter = meter;
    this.#health = health;
    this.#instruments = ownMetricsTable.map((metric) => [metric, instrumentOn(this.#meter, metric)]);
    this.#observables = this.#instruments.map(([, instrument]) => instrument);
    this.#meter.addBatchObservableCallback(this.#observe, this.#observables);
  }

  /** Nothing is read any more. */
  stop(): void {
    this.#meter.removeBatchObservableCallback(this.#observe, this.#observables);
  }

  readonly #observe = (result: BatchObservableResult): void => {
    const health = this.#health();
    for (const [{ read }, instrument] of this.#instruments) {
      for (const [value, attributes] of summed(read(health))) result.observe(instrument, value, attributes);
    }
  };
}

function instrumentOn(meter: Meter, { name, instrument, unit, description }: OwnMetric): Observable {
  const options = { unit, description };
  if (instrument === 'counter') return meter.createObservableCounter(name, options);
  if (instrument === 'gauge') return meter.createObservableGauge(name, options);
  return meter.createObservableUpDownCounter(name, options);
}

/** The SDK would take the last of several with the same attributes. */
function summed(observed: readonly Observed[]): Iterable<Observed> {
  const sums = new Map<string, [number, Attributes]>();
  for (const [value, attributes] of observed) {
    const key = Object.values(attributes).join('\n');
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, [value, attributes]);
    else sum[0] += value;
  }
  return sums.values();
}
