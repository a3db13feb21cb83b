/**
 * Reads metrics on demand, and adds up what was measured since the last `forget()`. The reader is told differences (delta
 * temporality), so that forgetting is exact for sums, histograms and their extremes alike; what is still in flight is carried over.
 */
import {
  AggregationTemporality,
  DataPointType,
  type Histogram,
  type MetricData,
  MetricReader,
} from '@opentelemetry/sdk-metrics';
import { type RecordedMetric, type RecordedPoint, seriesKeyOf } from './recorded-metric.js';

interface KeptSeries extends RecordedPoint {
  /** Measured since the last `forget()`. */
  touched: boolean;
}

interface KeptMetric extends Omit<RecordedMetric, 'points'> {
  readonly series: Map<string, KeptSeries>;
}

class ReaderOnDemand extends MetricReader {
  constructor() {
    super({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });
  }

  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

export class MetricsInMemory {
  readonly reader: MetricReader = new ReaderOnDemand();
  readonly #kept = new Map<string, KeptMetric>();
  #closed = false;

  /** Everything measured so far, by name; series in the order of their attributes. */
  async all(): Promise<RecordedMetric[]> {
    await this.#take();
    return [...this.#kept.values()].flatMap(({ series, ...metric }) => {
      const points = [...series.entries()]
        .filter(([, { touched, value }]) => touched || value !== 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { touched: _, ...point }]) => point);
      return points.length === 0 ? [] : [{ ...metric, points }];
    });
  }

  async forget(): Promise<void> {
    await this.#take();
    for (const metric of this.#kept.values()) {
      // An up-down counter goes on from where it is: what is in flight will come down.
      if (metric.kind !== 'up-down counter') metric.series.clear();
      for (const series of metric.series.values()) series.touched = false;
    }
  }

  /** Reads once more, and never again. */
  async close(): Promise<void> {
    await this.#take();
    this.#closed = true;
  }

  async #take(): Promise<void> {
    if (this.#closed) return;
    const { resourceMetrics, errors } = await this.reader.collect();
    if (errors.length > 0) throw errors[0];
    for (const { metrics } of resourceMetrics.scopeMetrics) for (const metric of metrics) this.#add(metric);
  }

  #add(metric: MetricData): void {
    const { name, unit, description } = metric.descriptor;
    const kept = this.#kept.get(name) ?? { name, unit, description, kind: kindOf(metric), series: new Map() };
    this.#kept.set(name, kept);
    // What an observed gauge does not tell of any more is gone; one that is recorded by hand stays as it was left.
    const { type } = metric.descriptor as { type?: unknown };
    if (kept.kind === 'gauge' && type === 'OBSERVABLE_GAUGE') kept.series.clear();
    for (const { attributes, value } of metric.dataPoints) {
      const point = pointOf(value);
      const key = seriesKeyOf(attributes);
      const before = kept.kind === 'gauge' ? undefined : kept.series.get(key);
      kept.series.set(key, { attributes: { ...attributes }, ...together(before, point), touched: true });
    }
  }
}

type Measured = Omit<RecordedPoint, 'attributes'>;

function kindOf(metric: MetricData): RecordedMetric['kind'] {
  if (metric.dataPointType === DataPointType.GAUGE) return 'gauge';
  if (metric.dataPointType === DataPointType.SUM) return metric.isMonotonic ? 'counter' : 'up-down counter';
  return 'histogram';
}

function pointOf(value: number | { count: number; sum?: number; min?: number; max?: number }): Measured {
  if (typeof value === 'number') return { value };
  const { count, sum, min, max } = value;
  const { buckets } = value as Partial<Histogram>;
  const told = { value: count, count, sum, min, max };
  return buckets === undefined
    ? told
    : { ...told, buckets: { boundaries: [...buckets.boundaries], counts: [...buckets.counts] } };
}

function together(before: Measured | undefined, now: Measured): Measured {
  if (before === undefined) return now;
  const value = before.value + now.value;
  if (now.count === undefined) return { value };
  return {
    value,
    count: value,
    sum: (before.sum ?? 0) + (now.sum ?? 0),
    min: Math.min(before.min ?? Infinity, now.min ?? Infinity),
    max: Math.max(before.max ?? -Infinity, now.max ?? -Infinity),
    ...(now.buckets === undefined
      ? {}
      : {
          buckets: {
            boundaries: now.buckets.boundaries,
            counts: now.buckets.counts.map((count, at) => count + (before.buckets?.counts[at] ?? 0)),
          },
        }),
  };
}
