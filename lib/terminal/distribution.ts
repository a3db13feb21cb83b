/**
 * The two kinds of histogram OpenTelemetry has, brought to one list of buckets.
 */
import type { DrawnExponentialHistogram, DrawnHistogram } from './drawn-metric.js';
import type { Bucket, Distribution } from './quantile.js';

export function distributionOf(histogram: DrawnHistogram | DrawnExponentialHistogram): Distribution {
  const { min, max } = extremes(histogram);
  return {
    buckets: 'buckets' in histogram ? explicitBuckets(histogram, min) : exponentialBuckets(histogram),
    min,
    max,
  };
}

function extremes({ min, max }: { min?: number; max?: number }): { min: number | undefined; max: number | undefined } {
  // A point that has seen nothing yet holds infinities the wrong way round.
  if (isNumber(min) && isNumber(max) && min > max) return { min: undefined, max: undefined };
  return { min: isNumber(min) ? min : undefined, max: isNumber(max) ? max : undefined };
}

function explicitBuckets({ buckets: { boundaries, counts } }: DrawnHistogram, min: number | undefined): Bucket[] {
  // What is measured is seldom negative: where neither smallest value nor boundary says so, it begins at nothing.
  const lowest = min === undefined && (boundaries[0] ?? 0) > 0 ? 0 : -Infinity;
  return counts.map((count, index) => ({
    lower: index === 0 ? lowest : (boundaries[index - 1] ?? Infinity),
    upper: boundaries[index] ?? Infinity,
    count,
  }));
}

function exponentialBuckets({ scale, zeroCount, positive, negative }: DrawnExponentialHistogram): Bucket[] {
  const bound = (index: number): number => 2 ** (index * 2 ** -scale);
  const above = positive.bucketCounts.map((count, index): Bucket => {
    const at = positive.offset + index;
    return { lower: bound(at), upper: bound(at + 1), count };
  });
  const below = negative.bucketCounts.map((count, index): Bucket => {
    const at = negative.offset + index;
    return { lower: -bound(at + 1), upper: -bound(at), count };
  });
  return [...below.reverse(), { lower: 0, upper: 0, count: zeroCount }, ...above];
}

function isNumber(value: number | undefined): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}
