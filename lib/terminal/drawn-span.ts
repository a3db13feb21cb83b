/**
 * As much of a finished span as a drawing needs. The `ReadableSpan` of OpenTelemetry's SDK (2.x and 3.x) is one; so is
 * a literal in a test. What is missing is left out of the drawing, and times that make no sense are drawn as unknown.
 */

/** OpenTelemetry's `HrTime`: seconds since the epoch, and nanoseconds. */
export type DrawnTime = readonly [seconds: number, nanoseconds: number];

export interface DrawnEvent {
  readonly name: string;
  readonly time?: DrawnTime;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface DrawnLink {
  readonly context: { readonly traceId: string; readonly spanId: string };
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface DrawnSpan {
  readonly name: string;
  /** OpenTelemetry's `SpanKind`. */
  readonly kind?: number;
  spanContext(): { readonly traceId: string; readonly spanId: string };
  readonly parentSpanContext?: { readonly spanId: string };
  readonly startTime?: DrawnTime;
  readonly endTime?: DrawnTime;
  /** OpenTelemetry's `SpanStatusCode`: 2 is a failure. */
  readonly status?: { readonly code: number; readonly message?: string };
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly events?: readonly DrawnEvent[];
  readonly links?: readonly DrawnLink[];
}
