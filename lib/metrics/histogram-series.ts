/**
 * A series of a histogram with explicit boundaries, and how histograms are told.
 */
import type { Attributes } from '@opentelemetry/api';
import { DataPointType } from '@opentelemetry/sdk-metrics';
import type { Kind } from './kind.js';
import { type Cell, type Home, Series } from './series.js';

class HistogramCell implements Cell<HistogramCell> {
  /** Floats: 2^53 measurements before one is lost. */
  readonly counts: Float64Array;
  /** Sum, least and greatest, together: a number in a typed array is stored without being boxed. */
  readonly totals = new Float64Array([0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);

  constructor(buckets: number) {
    this.counts = new Float64Array(buckets);
  }

  addTo(other: HistogramCell): void {
    for (let i = 0; i < this.counts.length; i += 1) other.counts[i] = at(other.counts, i) + at(this.counts, i);
    other.totals[0] = at(other.totals, 0) + at(this.totals, 0);
    other.totals[1] = Math.min(at(other.totals, 1), at(this.totals, 1));
    other.totals[2] = Math.max(at(other.totals, 2), at(this.totals, 2));
  }

  clear(): void {
    this.counts.fill(0);
    this.totals.set([0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  }
}

export class HistogramSeries extends Series<HistogramCell> {
  readonly #home: Home<HistogramSeries>;
  readonly #bounds: Float64Array;
  /** Where the last measurement fell: the next one seldom falls elsewhere. */
  #bucket = 0;

  constructor(home: Home<HistogramSeries>, key: string, attributes: Attributes, keep: boolean, bounds: Float64Array) {
    super(key, attributes, keep, new HistogramCell(bounds.length + 1));
    this.#home = home;
    this.#bounds = bounds;
  }

  record(value: number): void {
    // Also not what is no number.
    if (!(value >= 0)) return;
    const { counts, totals } = this.window;
    const bounds = this.#bounds;
    let bucket = this.#bucket;
    if ((bucket > 0 && value <= at(bounds, bucket - 1)) || (bucket < bounds.length && value > at(bounds, bucket))) {
      this.#bucket = bucket = bucketOf(value, bounds);
    }
    counts[bucket] = at(counts, bucket) + 1;
    totals[0] = at(totals, 0) + value;
    if (value < at(totals, 1)) totals[1] = value;
    if (value > at(totals, 2)) totals[2] = value;
    if (this.active) return;
    try {
      this.#home.activate(this);
    } catch {
      // At the end of the stack. It has been recorded, and is told of with the next measurement.
    }
  }
}

/** What a histogram accumulates, with these upper bounds of its buckets. */
export function histogramKind(buckets: readonly number[]): Kind<HistogramSeries, HistogramCell> {
  const boundaries = buckets.filter(Number.isFinite).sort((a, b) => a - b);
  const bounds = Float64Array.from(boundaries);
  return {
    series: (home, key, attributes, keep) => new HistogramSeries(home, key, attributes, keep, bounds),
    cell: () => new HistogramCell(boundaries.length + 1),
    data: (said, points) => ({
      ...said,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: points.map(({ cell, ...point }) => ({
        ...point,
        value: { ...told(cell), buckets: { boundaries: [...boundaries], counts: [...cell.counts] } },
      })),
    }),
  };
}

function told({ counts, totals }: HistogramCell): {
  count: number;
  sum: number;
  min?: number | undefined;
  max?: number | undefined;
} {
  const count = counts.reduce((sum, one) => sum + one, 0);
  const [sum = 0, min, max] = totals;
  return count === 0 ? { count, sum, min: undefined, max: undefined } : { count, sum, min, max };
}

/** The first bucket whose upper bound is not below the value; after the last bound is one more. */
function bucketOf(value: number, bounds: Float64Array): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value > at(bounds, middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An element that is there: the compiler can't see the length of a typed array. */
function at(array: Float64Array, index: number): number {
  return array[index] as number;
}
