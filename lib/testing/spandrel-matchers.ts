/**
 * Matchers for `expect.extend()` of Jest, Vitest, and whatever else takes Jest's form.
 */
import type { Expected } from './expected.js';
import { judgeNoFaults } from './judge-faults.js';
import { type ExpectedLog, judgeLog } from './judge-log.js';
import { type ExpectedMetric, judgeMetric } from './judge-metric.js';
import { judgeSpan, judgeTrace, type SpanSubject } from './judge-spans.js';
import type { ExpectedSpan } from './span-expectation.js';
import type { TestTelemetry } from './test-telemetry.js';
import type { Verdict } from './verdict.js';

/** What a runner takes from a matcher. */
export interface MatcherResult {
  /** Whether it is as expected. */
  readonly pass: boolean;
  /** What a runner prints where it fails. */
  message(): string;
}

/** The types of these matchers, for the runner's own: `interface Matchers<R> extends SpandrelMatchers<R> {}`. */
export interface SpandrelMatchers<R = void> {
  /** Some trace is like this tree, from its root down. */
  toHaveTrace(expected: ExpectedSpan): R;
  /** Some span is like this, wherever it is. */
  toHaveSpan(expected: ExpectedSpan): R;
  /** A metric was measured, and is as expected. To be awaited: gauges are read for it. */
  toHaveMetric(name: string, expected?: ExpectedMetric): Promise<R>;
  /** Some log record is like this. */
  toHaveLog(expected: ExpectedLog | Expected<string>): R;
  /** Telemetry itself reported nothing. */
  toHaveNoFaults(): R;
}

const result = ({ pass, message }: Verdict): MatcherResult => ({ pass, message: () => message });

/** `expect.extend(spandrelMatchers)`. */
export const spandrelMatchers = Object.freeze({
  toHaveTrace: (subject: SpanSubject, expected: ExpectedSpan) => result(judgeTrace(subject, expected)),
  toHaveSpan: (subject: SpanSubject, expected: ExpectedSpan) => result(judgeSpan(subject, expected)),
  toHaveMetric: async (subject: TestTelemetry, name: string, expected?: ExpectedMetric) =>
    result(await judgeMetric(subject, name, expected)),
  toHaveLog: (subject: TestTelemetry, expected: ExpectedLog | Expected<string>) => result(judgeLog(subject, expected)),
  toHaveNoFaults: (subject: TestTelemetry) => result(judgeNoFaults(subject)),
});
