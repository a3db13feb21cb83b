/**
 * Which spans are for exporting: those whose context has the SAMPLED flag (specification, span processors).
 */
import { type SpanContext, TraceFlags } from '@opentelemetry/api';
import { WovenContext } from '../recorder/woven-context.js';

export function isSampled(span: { spanContext(): SpanContext }): boolean {
  // Its span context would have to be made, in the middle of the program's call.
  if (span instanceof WovenContext) return span.trace.sampled;
  return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
}
