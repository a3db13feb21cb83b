/**
 * Which spans are for exporting: those whose context has the SAMPLED flag (specification, span processors).
 */
import { type SpanContext, TraceFlags } from '@opentelemetry/api';

export function isSampled(span: { spanContext(): SpanContext }): boolean {
  return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
}
