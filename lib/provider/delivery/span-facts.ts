/**
 * What a queue asks of an ended span, woven or of the SDK's: which trace it is of, and what it says of it. Of woven ones without
 * having their contexts made.
 */
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { ReadableWovenSpan } from '../../recorder/readable-woven-span.js';
import { traceOf } from '../../recorder/traces-of-spans.js';

export function traceIdOf(span: ReadableSpan): string {
  return traceOf(span)?.id ?? span.spanContext().traceId;
}

/** Whether its trace failed, as far as is known. */
export function hasFailed(span: ReadableSpan): boolean {
  return traceOf(span)?.failed === true || span.status.code === SpanStatusCode.ERROR;
}

/** Whether nothing of this process is above it: what is below it has mostly ended by then. */
export function isLocalRoot(span: ReadableSpan): boolean {
  if (span instanceof ReadableWovenSpan && typeof span.above === 'number') return false;
  const above = span.parentSpanContext;
  return above === undefined || above.isRemote === true;
}

/**
 * One span of each trace that is sent before it has ended: what comes of it later is of a trace that is not whole here. A root is
 * mostly the last span of its trace, right after the others: then nothing needs to be known of it.
 */
export function unfinishedIn(batch: readonly ReadableSpan[]): readonly ReadableSpan[] {
  const unfinished: ReadableSpan[] = [];
  let open: ReadableSpan | undefined;
  for (const span of batch) {
    if (open !== undefined && !areOfOneTrace(open, span)) unfinished.push(open);
    open = isLocalRoot(span) ? undefined : span;
  }
  if (open !== undefined) unfinished.push(open);
  return unfinished;
}

function areOfOneTrace(one: ReadableSpan, other: ReadableSpan): boolean {
  const trace = traceOf(one);
  return trace === undefined ? traceIdOf(one) === traceIdOf(other) : trace === traceOf(other);
}
