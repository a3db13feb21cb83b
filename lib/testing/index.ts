/**
 * `spandrel/testing`: telemetry kept in memory for a test, and what to expect of it, in Jest, Vitest, `node:test` or without any.
 */
export {
  assertLog,
  assertMetric,
  assertNoFaults,
  assertNoSpan,
  assertSpan,
  assertTrace,
} from './assertions.js';
export type { AsymmetricMatcher, Expected, Predicate } from './expected.js';
export type { ExpectedLog } from './judge-log.js';
export type { ExpectedMetric, ExpectedPoint } from './judge-metric.js';
export type { SpanSubject } from './judge-spans.js';
export type { RecordedLog } from './recorded-log.js';
export type { RecordedMetric, RecordedPoint } from './recorded-metric.js';
export type {
  RecordedEvent,
  RecordedLink,
  RecordedSpan,
  SpanKindWord,
  SpanStatusWord,
} from './recorded-span.js';
export type { ExpectedAttributes, ExpectedEvent, ExpectedLink, ExpectedSpan } from './span-expectation.js';
export { type MatcherResult, type SpandrelMatchers, spandrelMatchers } from './spandrel-matchers.js';
export { startTestTelemetry, type TestTelemetryOptions } from './start-test-telemetry.js';
export { createTestClock, type TestClock, type TestClockOptions } from './test-clock.js';
export type { TestTelemetry } from './test-telemetry.js';
