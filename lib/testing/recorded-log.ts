/**
 * Log records as plain data.
 */
import { type AnyValue, type AnyValueMap, SeverityNumber } from '@opentelemetry/api-logs';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** A log record. */
export interface RecordedLog {
  /** The message, or what else was given as the body. */
  readonly body: AnyValue | undefined;
  /** In capitals, as OpenTelemetry has it: `INFO`. */
  readonly severity: string;
  /** Structured, as they were given. */
  readonly attributes: AnyValueMap;
  /** Empty where it is no event. */
  readonly eventName: string;
  /** Of the span it was written in; `undefined` outside of all. */
  readonly traceId: string | undefined;
  /** Of the span it was written in; `undefined` outside of all. */
  readonly spanId: string | undefined;
  /** Milliseconds since 1970. */
  readonly writtenAtMs: number;
  /** The SDK's own view of it. */
  readonly raw: ReadableLogRecord;
}

export function recordedLog(raw: ReadableLogRecord): RecordedLog {
  return {
    body: raw.body,
    severity: (raw.severityText ?? SeverityNumber[raw.severityNumber ?? 0] ?? '').toUpperCase(),
    attributes: { ...raw.attributes } as AnyValueMap,
    eventName: raw.eventName ?? '',
    traceId: raw.spanContext?.traceId,
    spanId: raw.spanContext?.spanId,
    writtenAtMs: hrTimeToMilliseconds(raw.hrTime),
    raw,
  };
}
