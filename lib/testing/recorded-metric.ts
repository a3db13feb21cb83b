/**
 * Metrics as plain data.
 */
import type { Attributes } from '@opentelemetry/api';
import { DataPointType } from '@opentelemetry/sdk-metrics';
import type { DrawnMetric } from '../terminal/drawn-metric.js';

/** One series. */
export interface RecordedPoint {
  /** What tells this series from the others. */
  readonly attributes: Attributes;
  /** Of a histogram, how many measurements it holds. */
  readonly value: number;
  /** These of histograms only. */
  readonly count?: number | undefined;
  /** Of all measurements, in the unit of the metric. */
  readonly sum?: number | undefined;
  /** The least of them. */
  readonly min?: number | undefined;
  /** The greatest of them. */
  readonly max?: number | undefined;
  /** Bucket `n` holds what is at most `boundaries[n]`; there is one count more than boundaries, for the rest. */
  readonly buckets?: { readonly boundaries: readonly number[]; readonly counts: readonly number[] } | undefined;
}

/** A metric with all its series, as totals since the start or the last `reset()`. */
export interface RecordedMetric {
  /** As views leave it. */
  readonly name: string;
  /** Empty where none was given. */
  readonly unit: string;
  /** Empty where none was given. */
  readonly description: string;
  /** OpenTelemetry's instruments as words. */
  readonly kind: 'counter' | 'up-down counter' | 'gauge' | 'histogram';
  /** In the order of their attributes. */
  readonly points: readonly RecordedPoint[];
}

/** The same for two sets of attributes that are the same, in whatever order they were given. */
export function seriesKeyOf(attributes: Attributes): string {
  return JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** As the terminal's tables take it. */
export function drawnMetric({ name, unit, kind, points }: RecordedMetric): DrawnMetric {
  const isHistogram = kind === 'histogram';
  const dataPointType = isHistogram
    ? DataPointType.HISTOGRAM
    : kind === 'gauge'
      ? DataPointType.GAUGE
      : DataPointType.SUM;
  return {
    descriptor: { name, unit },
    dataPointType,
    isMonotonic: kind === 'counter',
    dataPoints: points.map(({ attributes, value, count = 0, sum, min, max, buckets }) => ({
      attributes,
      value: isHistogram
        ? { count, buckets: buckets ?? { boundaries: [], counts: [count] }, ...known({ sum, min, max }) }
        : value,
    })),
  };
}

function known(figures: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
