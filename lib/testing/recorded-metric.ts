/**
 * Metrics as plain data.
 */
import type { Attributes } from '@opentelemetry/api';
import { DataPointType } from '@opentelemetry/sdk-metrics';
import type { DrawnMetric } from '../terminal/drawn-metric.js';

/** One series. */
export interface RecordedPoint {
  readonly attributes: Attributes;
  /** Of a histogram, how many measurements it holds. */
  readonly value: number;
  /** These of histograms only. */
  readonly count?: number | undefined;
  readonly sum?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Bucket `n` holds what is at most `boundaries[n]`; there is one count more than boundaries, for the rest. */
  readonly buckets?: { readonly boundaries: readonly number[]; readonly counts: readonly number[] } | undefined;
}

/** A metric with all its series, as totals since the start or the last `reset()`. */
export interface RecordedMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
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
