/**
 * What is promised of a run of mixed traces, in figures.
 */
import type { Outcome } from './one-process.js';
import { share } from './one-process.js';

/** Four standard deviations: of sixteen thousand runs with other seeds one would be outside. */
const deviations = 4;

export function expectFair(outcome: Outcome): void {
  const { traces, failing, spans, extrapolated, deviation } = outcome;
  expect(outcome.wrong).toEqual([]);
  expect(outcome.keptFailing).toBe(failing);
  const off = outcome.keptSuccesses - (traces - failing) * share;
  expect(Math.abs(off)).toBeLessThan(deviations * deviation.kept);
  expect(Math.abs(extrapolated.traces - traces)).toBeLessThan(deviations * deviation.traces);
  expect(Math.abs(extrapolated.spans - spans)).toBeLessThan(deviations * deviation.spans);
  expect(outcome.counted).toEqual(outcome.expectedCounts);
  expect(outcome.byHand).toBe(spans);
  // There was something to be lost, and of every kind.
  expect(failing).toBeGreaterThan(traces * 0.02);
  expect(outcome.expectedCounts.size).toBe(8);
}
