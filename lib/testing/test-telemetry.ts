/**
 * The handle of a test: what was recorded so far, as plain data.
 */
import type { FaultCount } from '../faults/report.js';
import type { Telemetry } from '../telemetry.js';
import type { RecordedLog } from './recorded-log.js';
import type { RecordedMetric, RecordedPoint } from './recorded-metric.js';
import type { RecordedSpan } from './recorded-span.js';

/** What `startTestTelemetry()` gives. `await using` stops it at the end of its block. */
export interface TestTelemetry extends AsyncDisposable {
  /** What `bootstrap()` gives. */
  readonly telemetry: Telemetry;
  /** All spans, those that still run too, in the order they started. At once: nothing is to be flushed. */
  spans(): readonly RecordedSpan[];
  /** The same as trees, in the order their roots started. */
  traces(): readonly RecordedSpan[];
  /** All log records, in the order they were written. At once. */
  logs(): readonly RecordedLog[];
  /** All metrics with what was measured. Gauges are read now, and may be asynchronous; so this is. */
  metrics(): Promise<readonly RecordedMetric[]>;
  /** The series of one metric, in the order of their attributes; none where nothing was measured. */
  points(name: string): Promise<readonly RecordedPoint[]>;
  /** What went wrong in telemetry itself, as `health()` tells it. */
  faults(): readonly FaultCount[];
  /** The same as sentences. They are kept here in place of being told as process warnings. */
  warnings(): readonly string[];
  /**
   * Forgets spans and logs at once, and metrics when it resolves: to be awaited between tests. Spans that run are forgotten with
   * the rest; what is in flight stays counted.
   */
  reset(): Promise<void>;
  /**
   * Shuts down and leaves nothing behind; what was recorded can still be read. Safe to call twice.
   */
  stop(): Promise<void>;
}

const brand = Symbol.for('spandrel.testing.1');

/** Marks a handle, so that it is told by any copy of this file and in any realm. */
export function branded<T extends object>(handle: T): T {
  return Object.defineProperty(handle, brand, { value: true });
}

export function isTestTelemetry(given: unknown): given is TestTelemetry {
  return typeof given === 'object' && given !== null && (given as { [brand]?: unknown })[brand] === true;
}

/** @throws TypeError where a test looks at something else. */
export function checkSubject(given: unknown): void {
  if (!isTestTelemetry(given)) throw new TypeError('expected what startTestTelemetry() gave');
}
