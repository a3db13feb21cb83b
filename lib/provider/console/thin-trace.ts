/**
 * Makes a trace smaller by letting its least telling spans go, where the console holds more than it may.
 */
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/**
 * The trace without `count` of its spans, the shortest first: a child is seldom longer than its parent, so what is left
 * is still a tree. Spans that failed stay longer than those that did not, local roots longest.
 */
export function thinTrace(spans: readonly ReadableSpan[], count: number): ReadableSpan[] {
  const leastFirst = [...spans].sort((a, b) => worth(a) - worth(b));
  const gone = new Set(leastFirst.slice(0, count));
  return spans.filter((span) => !gone.has(span));
}

/** From the first start to the last end, in seconds. */
export function traceSeconds(spans: readonly ReadableSpan[]): number {
  let first = Infinity;
  let last = -Infinity;
  for (const { startTime, endTime } of spans) {
    first = Math.min(first, startTime[0] + startTime[1] / 1e9);
    last = Math.max(last, endTime[0] + endTime[1] / 1e9);
  }
  return last - first;
}

function worth({ duration, status, parentSpanContext }: ReadableSpan): number {
  const failed = status.code === SpanStatusCode.ERROR;
  const isLocalRoot = parentSpanContext === undefined || parentSpanContext.isRemote === true;
  return duration[0] + duration[1] / 1e9 + (failed ? 1e9 : 0) + (isLocalRoot ? 1e12 : 0);
}
