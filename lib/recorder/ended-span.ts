/**
 * What is said where something is done to a span that has ended: in the words of the SDK's span.
 */
import { diag, type SpanContext } from '@opentelemetry/api';

interface Ended {
  readonly name: string;
  spanContext(): SpanContext;
}

export function warnOfWriting(ended: Ended): void {
  const { traceId, spanId } = ended.spanContext();
  const span = `Span {traceId: ${traceId}, spanId: ${spanId}}`;
  diag.warn(`Cannot execute the operation on ended ${span}`, new Error(`Operation attempted on ended ${span}`));
}

export function warnOfEnding(ended: Ended): void {
  const { traceId, spanId } = ended.spanContext();
  diag.error(`${ended.name} ${traceId}-${spanId} - You can only call end() on a span once.`);
}
