/** Quantiles from buckets: near the true ones, in order, and never where no value was. */
import fc from 'fast-check';
import { distributionOf } from '../../lib/terminal/distribution.js';
import type { DrawnExponentialHistogram, DrawnHistogram } from '../../lib/terminal/drawn-metric.js';
import { type Distribution, largest, quantile } from '../../lib/terminal/quantile.js';

const explicit = (
  boundaries: number[],
  counts: number[],
  extremes: { min?: number; max?: number } = {},
): Distribution => distributionOf({ buckets: { boundaries, counts }, count: 0, ...extremes });

describe('interpolation', () => {
  it('spreads the values of a bucket evenly', () => {
    const distribution = explicit([10, 20, 30], [0, 10, 10, 0]);
    expect([0, 0.25, 0.5, 0.75, 1].map((q) => quantile(distribution, q))).toEqual([10, 15, 20, 25, 30]);
  });

  it('begins at nothing where the first boundary is above it and no smallest value is known', () => {
    expect(quantile(explicit([10, 20], [4, 0, 0]), 0.5)).toBe(5);
    expect(quantile(explicit([-10, 20], [4, 0, 0]), 0.5)).toBe(-10);
    expect(quantile(explicit([0, 20], [4, 0, 0]), 0.5)).toBe(0);
  });

  it('is bounded by the smallest and the largest value', () => {
    expect(quantile(explicit([10, 20], [4, 0, 0], { min: 8, max: 9 }), 0.5)).toBe(8.5);
    expect(quantile(explicit([10, 20], [0, 0, 4], { min: 30, max: 50 }), 0.5)).toBe(40);
    expect(quantile(explicit([10, 20], [4, 0, 0], { min: -10, max: 10 }), 0.5)).toBe(0);
    expect(quantile(explicit([10, 20], [1, 0, 0], { min: 3, max: 3 }), 0.95)).toBe(3);
  });

  it('answers with the lower bound of a last bucket that is open', () => {
    expect(quantile(explicit([10, 20], [0, 0, 4]), 0.5)).toBe(20);
    expect(quantile(explicit([10, 20], [0, 0, 4], { max: Infinity }), 0.5)).toBe(20);
  });

  it('knows nothing where nothing is', () => {
    expect(quantile(explicit([10], [0, 0]), 0.5)).toBeUndefined();
    expect(quantile(explicit([], []), 0.5)).toBeUndefined();
    expect(quantile(explicit([], [5]), 0.5)).toBeUndefined();
    expect(quantile(explicit([10], [1, 1]), Number.NaN)).toBeUndefined();
    expect(quantile(explicit([10], [1, 1]), 1.1)).toBeUndefined();
  });

  it('does without extremes that make no sense', () => {
    expect(quantile(explicit([10], [2, 0], { min: Infinity, max: -Infinity }), 0.5)).toBe(5);
    expect(quantile(explicit([10], [2, 0], { min: Number.NaN, max: Number.NaN }), 0.5)).toBe(5);
  });

  it('reaches the end of a bucket exactly', () => {
    expect(quantile(explicit([-62.6, -8.3], [0, 1, 0]), 1)).toBe(-8.3);
  });

  it('survives the largest numbers there are', () => {
    const most = Number.MAX_VALUE;
    expect(quantile(explicit([], [2], { min: -most, max: most }), 0.5)).toBe(0);
    expect(quantile(explicit([], [2], { min: -most, max: most }), 1)).toBe(most);
  });
});

describe('the largest value', () => {
  it('is exact where it was kept', () => {
    expect(largest(explicit([10, 20], [0, 1, 0], { min: 11, max: 12 }))).toEqual({ value: 12, known: 'exactly' });
  });

  it('else is bounded by the last bucket with a value', () => {
    expect(largest(explicit([10, 20], [3, 1, 0]))).toEqual({ value: 20, known: 'at most' });
    expect(largest(explicit([10, 20], [3, 1, 1]))).toEqual({ value: 20, known: 'more than' });
    expect(largest(explicit([], [3]))).toBeUndefined();
    expect(largest(explicit([10], [0, 0]))).toBeUndefined();
  });
});

describe('exponential histograms', () => {
  const exponential = (more: Partial<DrawnExponentialHistogram>): Distribution =>
    distributionOf({
      count: 0,
      scale: 0,
      zeroCount: 0,
      positive: { offset: 0, bucketCounts: [] },
      negative: { offset: 0, bucketCounts: [] },
      ...more,
    });

  it('have buckets by powers of their base', () => {
    const { buckets } = exponential({ scale: 1, positive: { offset: 2, bucketCounts: [5, 7] } });
    expect(buckets).toEqual([
      { lower: 0, upper: 0, count: 0 },
      { lower: 2, upper: 2 ** 1.5, count: 5 },
      { lower: 2 ** 1.5, upper: 4, count: 7 },
    ]);
  });

  it('go from the most negative over zero to the most positive', () => {
    const distribution = exponential({
      zeroCount: 2,
      positive: { offset: 0, bucketCounts: [1, 1] },
      negative: { offset: 0, bucketCounts: [1, 1] },
    });
    expect([0, 1 / 6, 0.5, 5 / 6, 1].map((q) => quantile(distribution, q))).toEqual([-4, -2, 0, 2, 4]);
    expect(largest(distribution)).toEqual({ value: 4, known: 'at most' });
  });

  it('below one have negative indices', () => {
    expect(quantile(exponential({ positive: { offset: -3, bucketCounts: [4] } }), 1)).toBe(0.25);
  });
});

describe('for any values', () => {
  const boundaries = [-5, 0, 1, 2.5, 10, 100];
  const bucketOf = (value: number): number => {
    const at = boundaries.findIndex((boundary) => value <= boundary);
    return at < 0 ? boundaries.length : at;
  };
  const counted = (values: readonly number[], extremes: boolean): DrawnHistogram => {
    const counts = [...boundaries, Infinity].map(() => 0);
    for (const value of values) counts[bucketOf(value)] = (counts[bucketOf(value)] ?? 0) + 1;
    const buckets = { boundaries, counts };
    return {
      buckets,
      count: values.length,
      ...(extremes ? { min: Math.min(...values), max: Math.max(...values) } : {}),
    };
  };
  const someValues = fc.array(fc.double({ min: -20, max: 200, noNaN: true }), { minLength: 1, maxLength: 60 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it('quantiles do not fall as q rises', () => {
    fc.assert(
      fc.property(someValues, fc.boolean(), share, share, (values, extremes, a, b) => {
        const distribution = distributionOf(counted(values, extremes));
        const low = quantile(distribution, Math.min(a, b)) ?? Number.NaN;
        expect(low).toBeLessThanOrEqual(quantile(distribution, Math.max(a, b)) ?? Number.NaN);
      }),
    );
  });

  it('quantiles stay between the smallest and the largest, and reach both', () => {
    fc.assert(
      fc.property(someValues, share, (values, q) => {
        const { min = Number.NaN, max = Number.NaN, ...histogram } = counted(values, true);
        const distribution = distributionOf({ ...histogram, min, max });
        const value = quantile(distribution, q);
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
        // Minus zero is zero.
        expect((quantile(distribution, 0) ?? Number.NaN) + 0).toBe(min + 0);
        expect((quantile(distribution, 1) ?? Number.NaN) + 0).toBe(max + 0);
      }),
    );
  });

  it('a quantile lies in the bucket of the true one', () => {
    fc.assert(
      fc.property(someValues, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const q = percent / 100;
        const sorted = [...values].sort((a, b) => a - b);
        const truth = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
        const at = bucketOf(truth);
        const estimate = quantile(distributionOf(counted(values, true)), q);
        expect(estimate).toBeGreaterThanOrEqual(boundaries[at - 1] ?? -Infinity);
        expect(estimate).toBeLessThanOrEqual(boundaries[at] ?? Infinity);
      }),
    );
  });

  it('an exponential histogram is as near as its buckets are narrow', () => {
    const scale = 3;
    const values = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, (some) => {
        const indices = some.map((value) => Math.ceil(Math.log2(value) * 2 ** scale) - 1);
        const offset = Math.min(...indices);
        const bucketCounts = Array.from(
          { length: Math.max(...indices) - offset + 1 },
          (_, at) => indices.filter((index) => index === at + offset).length,
        );
        const distribution = distributionOf({
          count: some.length,
          scale,
          zeroCount: 0,
          positive: { offset, bucketCounts },
          negative: { offset: 0, bucketCounts: [] },
        });
        const truth = [...some].sort((a, b) => a - b)[Math.ceil(some.length / 2) - 1] ?? Number.NaN;
        const ratio = (quantile(distribution, 0.5) ?? Number.NaN) / truth;
        const base = 2 ** (2 ** -scale) * (1 + 1e-9);
        expect(ratio).toBeGreaterThanOrEqual(1 / base);
        expect(ratio).toBeLessThanOrEqual(base);
      }),
    );
  });
});
