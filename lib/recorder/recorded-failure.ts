/**
 * What a span is told of a call that failed: status, `error.type` and an exception event, whichever recorder holds it.
 */
import { type HrTime, type Span, SpanStatusCode } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE, EVENT_EXCEPTION } from '../conventions/attributes.js';
import { exceptionAttributes, failureOf } from '../conventions/failure.js';

export function recordFailure(span: Span, thrown: unknown, at: HrTime): void {
  const failure = failureOf(thrown);
  span.setAttribute(ATTR_ERROR_TYPE, failure.type);
  span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
  span.addEvent(EVENT_EXCEPTION, exceptionAttributes(failure), at);
}
