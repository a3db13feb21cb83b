/**
 * Quantiles of a histogram from its buckets. A histogram doesn't keep its values, so a quantile is an estimate: it lies
 * in the bucket the true one lies in, and inside that bucket the values are taken to be spread evenly (linear
 * interpolation, as Prometheus does). It is never outside of the smallest and largest value, where these were kept.
 */

/** Values above `lower`, up to and including `upper`. The outermost buckets may reach to infinity. */
export interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
}

export interface Distribution {
  /** In ascending order. */
  readonly buckets: readonly Bucket[];
  /** The smallest and largest value, where they were kept. */
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** The largest value: as it was, or what the buckets say it is at most, or more than. */
export interface Largest {
  readonly value: number;
  readonly known: 'exactly' | 'at most' | 'more than';
}

/**
 * The value that a share `q` (0 to 1) of the values doesn't exceed; undefined when there are none, or when nothing
 * bounds the bucket. A bucket open on one side answers with its other bound, as far as `min` and `max` don't close it.
 */
export function quantile({ buckets, min, max }: Distribution, q: number): number | undefined {
  const filled = buckets.filter(({ count }) => count > 0);
  const last = filled[filled.length - 1];
  if (last === undefined || !(q >= 0 && q <= 1)) return undefined;
  const rank = q * filled.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  for (const bucket of filled) {
    // The sum may round to less than the rank: then it is the last bucket's.
    if (before + bucket.count >= rank || bucket === last) {
      const share = Math.min(1, Math.max(0, (rank - before) / bucket.count));
      return between(Math.max(bucket.lower, min ?? -Infinity), Math.min(bucket.upper, max ?? Infinity), share);
    }
    before += bucket.count;
  }
  return undefined;
}

/** The largest value, as well as it is known; undefined when there is none, or nothing bounds it. */
export function largest({ buckets, max }: Distribution): Largest | undefined {
  const last = buckets.findLast(({ count }) => count > 0);
  if (last === undefined) return undefined;
  if (max !== undefined) return { value: max, known: 'exactly' };
  if (last.upper !== Infinity) return { value: last.upper, known: 'at most' };
  return last.lower === -Infinity ? undefined : { value: last.lower, known: 'more than' };
}

function between(lower: number, upper: number, share: number): number | undefined {
  if (lower >= upper) return upper;
  if (lower === -Infinity) return upper === Infinity ? undefined : upper;
  if (upper === Infinity) return lower;
  if (share === 1) return upper;
  const distance = upper - lower;
  // Two bounds far apart have a distance beyond the largest number; their halves have not.
  const value = Number.isFinite(distance) ? lower + distance * share : lower + (upper / 2 - lower / 2) * share * 2;
  return Math.min(Math.max(value, lower), upper);
}
