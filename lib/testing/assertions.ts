/**
 * The same as functions that throw, for `node:test` and anything else. They throw the `AssertionError` of `node:assert`, which
 * runners know.
 */
import { AssertionError } from 'node:assert';
import type { Expected } from './expected.js';
import { judgeNoFaults } from './judge-faults.js';
import { type ExpectedLog, judgeLog } from './judge-log.js';
import { type ExpectedMetric, judgeMetric } from './judge-metric.js';
import { judgeSpan, judgeTrace, type SpanSubject } from './judge-spans.js';
import type { ExpectedSpan } from './span-expectation.js';
import type { TestTelemetry } from './test-telemetry.js';
import type { Verdict } from './verdict.js';

type Caller = (...given: never[]) => unknown;

/**
 * Some trace is like this tree, from its root down.
 *
 * @throws AssertionError with the real trees drawn.
 */
export function assertTrace(subject: SpanSubject, expected: ExpectedSpan): void {
  settle(judgeTrace(subject, expected), assertTrace);
}

/**
 * Some span is like this, wherever it is.
 *
 * @throws AssertionError with the real trees drawn.
 */
export function assertSpan(subject: SpanSubject, expected: ExpectedSpan): void {
  settle(judgeSpan(subject, expected), assertSpan);
}

/**
 * No span is like this.
 *
 * @throws AssertionError with the real trees drawn.
 */
export function assertNoSpan(subject: SpanSubject, expected: ExpectedSpan): void {
  const { pass, message } = judgeSpan(subject, expected);
  settle({ pass: !pass, message }, assertNoSpan);
}

/**
 * A metric was measured, and is as expected. To be awaited: gauges are read for it.
 *
 * @throws AssertionError (rejects) with the real series as a table.
 */
export async function assertMetric(subject: TestTelemetry, name: string, expected?: ExpectedMetric): Promise<void> {
  settle(await judgeMetric(subject, name, expected), assertMetric);
}

/**
 * Some log record is like this.
 *
 * @throws AssertionError with the real lines.
 */
export function assertLog(subject: TestTelemetry, expected: ExpectedLog | Expected<string>): void {
  settle(judgeLog(subject, expected), assertLog);
}

/**
 * Telemetry itself reported nothing.
 *
 * @throws AssertionError with what it reported.
 */
export function assertNoFaults(subject: TestTelemetry): void {
  settle(judgeNoFaults(subject), assertNoFaults);
}

/** The stack begins where the test called. */
function settle({ pass, message }: Verdict, caller: Caller): void {
  if (!pass) throw new AssertionError({ message, stackStartFn: caller });
}
