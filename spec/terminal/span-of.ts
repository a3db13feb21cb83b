/**
 * Spans for drawings: what a test doesn't care for is left out. Times are milliseconds since the start of the trace.
 */
import type { DrawnSpan, DrawnTime } from '../../lib/terminal/drawn-span.js';

export const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

export interface SpanWords extends Omit<Partial<DrawnSpan>, 'spanContext' | 'parentSpanContext'> {
  readonly id?: string;
  readonly parent?: DrawnSpan | string;
}

let made = 0;

export function spanOf(name: string, start: number, duration: number, words: SpanWords = {}): DrawnSpan {
  const { id, parent, ...rest } = words;
  made += 1;
  const spanId = id ?? made.toString(16).padStart(16, '0');
  const parentId = typeof parent === 'string' ? parent : parent?.spanContext().spanId;
  return {
    name,
    kind: 0,
    spanContext: () => ({ traceId, spanId }),
    ...(parentId === undefined ? {} : { parentSpanContext: { spanId: parentId } }),
    startTime: timeOf(start),
    endTime: timeOf(start + duration),
    status: { code: 0 },
    attributes: {},
    events: [],
    links: [],
    ...rest,
  };
}

export function timeOf(milliseconds: number): DrawnTime {
  const seconds = Math.floor(milliseconds / 1_000);
  return [1_700_000_000 + seconds, Math.round((milliseconds - seconds * 1_000) * 1e6)];
}

/** What a span says of an error that was thrown through it. */
export function failedWith(type: string, message: string, stack?: string): SpanWords {
  const attributes = { 'exception.type': type, 'exception.message': message, 'exception.stacktrace': stack };
  return {
    status: { code: 2, message },
    attributes: { 'error.type': type },
    events: [{ name: 'exception', time: timeOf(0), attributes }],
  };
}
