/**
 * As much of a collected metric as a table needs. The `MetricData` of OpenTelemetry's SDK (2.x) is one.
 */

/** `Histogram` of the SDK: bucket `n` holds the values up to and including `boundaries[n]`; the last one the rest. */
export interface DrawnHistogram {
  readonly buckets: { readonly boundaries: readonly number[]; readonly counts: readonly number[] };
  readonly count: number;
  readonly min?: number;
  readonly max?: number;
}

interface ExponentialBuckets {
  readonly offset: number;
  readonly bucketCounts: readonly number[];
}

/** `ExponentialHistogram` of the SDK: bucket `n` holds the values in `(base^(offset+n), base^(offset+n+1)]`. */
export interface DrawnExponentialHistogram {
  readonly count: number;
  /** The base is `2^(2^-scale)`. */
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: ExponentialBuckets;
  readonly negative: ExponentialBuckets;
  readonly min?: number;
  readonly max?: number;
}

export interface DrawnPoint {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: number | DrawnHistogram | DrawnExponentialHistogram;
}

export interface DrawnMetric {
  readonly descriptor: { readonly name: string; readonly unit: string };
  /** `DataPointType` of the SDK: 0 histogram, 1 exponential histogram, 2 gauge, 3 sum. */
  readonly dataPointType: number;
  /** Of a sum: whether it only grows. */
  readonly isMonotonic?: boolean;
  readonly dataPoints: readonly DrawnPoint[];
}
