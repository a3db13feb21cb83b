/**
 * Default boundaries, and durations, in each unit.
 */
import { durationBuckets, inUnit } from '../../lib/metrics/buckets.js';

test('the boundaries of the conventions, as people would write them in each unit', () => {
  expect(durationBuckets('s')).toEqual([0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]);
  expect(durationBuckets('ms')).toEqual([5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000]);
  expect(durationBuckets('us').every(Number.isInteger)).toBe(true);
  expect(durationBuckets('ns').slice(0, 2)).toEqual([5_000_000, 10_000_000]);
});

test('a duration in each unit', () => {
  expect((['s', 'ms', 'us', 'ns'] as const).map((unit) => inUnit(1500, unit))).toEqual([1.5, 1500, 1.5e6, 1.5e9]);
});
