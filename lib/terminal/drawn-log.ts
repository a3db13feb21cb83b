/**
 * As much of a log record as a line needs. The `ReadableLogRecord` of OpenTelemetry's SDK is one.
 */
import type { DrawnTime } from './drawn-span.js';

export interface DrawnLog {
  readonly hrTime?: DrawnTime;
  readonly hrTimeObserved?: DrawnTime;
  /** OpenTelemetry's `SeverityNumber`: four to each of trace, debug, info, warn, error, fatal. */
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly body?: unknown;
  readonly eventName?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly spanContext?: { readonly traceId: string };
}
