/**
 * Spans as plain data: what a test reads and compares, with words in place of numbers.
 */
import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** OpenTelemetry's kind of a span, as a word. */
export type SpanKindWord = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
/** OpenTelemetry's status of a span, as a word. */
export type SpanStatusWord = 'unset' | 'ok' | 'error';

/** An event of a span. */
export interface RecordedEvent {
  /** `exception` for what a failed call threw. */
  readonly name: string;
  /** As they would be sent. */
  readonly attributes: Attributes;
}

/** A link of a span: which span it leads to. */
export interface RecordedLink {
  /** Of the span it leads to: 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  /** Of the link itself. */
  readonly attributes: Attributes;
}

/** A span, and those beneath it in the order they started. */
export interface RecordedSpan {
  /** The last name it was given. */
  readonly name: string;
  /** Default `internal`. */
  readonly kind: SpanKindWord;
  /** `error` of a failed call. */
  readonly status: SpanStatusWord;
  /** Empty where there is none. */
  readonly statusMessage: string;
  /** As they would be sent. */
  readonly attributes: Attributes;
  /** In the order they were added. */
  readonly events: readonly RecordedEvent[];
  /** In the order they were added. */
  readonly links: readonly RecordedLink[];
  /** Those that name it as their parent, in the order they started. */
  readonly children: readonly RecordedSpan[];
  /** It was not ended (yet). */
  readonly running: boolean;
  /** 32 hex digits. */
  readonly traceId: string;
  /** 16 hex digits. */
  readonly spanId: string;
  /** `undefined` for the root of a trace. */
  readonly parentSpanId: string | undefined;
  /** Milliseconds since 1970; of a span that runs, the end is `undefined`. */
  readonly startedAtMs: number;
  /** Milliseconds since 1970; `undefined` while it runs. */
  readonly endedAtMs: number | undefined;
  /** Milliseconds; `undefined` while it runs. */
  readonly durationMs: number | undefined;
  /** The SDK's own view of it. */
  readonly raw: ReadableSpan;
}

/** The trees of spans given in the order they started: each root with all beneath it. A span whose parent is elsewhere is a root. */
export function recordedTrees(spans: readonly ReadableSpan[]): RecordedSpan[] {
  return placed(spans).roots;
}

/** Each with those beneath it, in the order given. */
export function recordedSpans(spans: readonly ReadableSpan[]): RecordedSpan[] {
  return placed(spans).nodes;
}

function placed(spans: readonly ReadableSpan[]): { nodes: RecordedSpan[]; roots: RecordedSpan[] } {
  const nodes = spans.map((raw) => ({ ...plain(raw), children: [] as RecordedSpan[] }));
  const byId = new Map(nodes.map((node) => [`${node.traceId} ${node.spanId}`, node]));
  const roots: RecordedSpan[] = [];
  for (const node of nodes) {
    const parent = byId.get(`${node.traceId} ${node.parentSpanId ?? ''}`);
    if (parent === undefined || parent === node) roots.push(node);
    else parent.children.push(node);
  }
  return { nodes, roots };
}

/** All spans of trees, each before those beneath it. */
export function spansOf(roots: readonly RecordedSpan[]): RecordedSpan[] {
  const all: RecordedSpan[] = [];
  const waiting = [...roots].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    all.push(next);
    waiting.push(...[...next.children].reverse());
  }
  return all;
}

function plain(raw: ReadableSpan): Omit<RecordedSpan, 'children'> {
  const { traceId, spanId } = raw.spanContext();
  const { ended } = raw;
  return {
    name: raw.name,
    kind: (SpanKind[raw.kind] ?? 'internal').toLowerCase() as SpanKindWord,
    status: (SpanStatusCode[raw.status.code] ?? 'unset').toLowerCase() as SpanStatusWord,
    statusMessage: raw.status.message ?? '',
    attributes: { ...raw.attributes },
    events: raw.events.map(({ name, attributes = {} }) => ({ name, attributes: { ...attributes } })),
    links: raw.links.map(({ context, attributes = {} }) => ({
      traceId: context.traceId,
      spanId: context.spanId,
      attributes: { ...attributes },
    })),
    running: !ended,
    traceId,
    spanId,
    parentSpanId: raw.parentSpanContext?.spanId,
    startedAtMs: hrTimeToMilliseconds(raw.startTime),
    endedAtMs: ended ? hrTimeToMilliseconds(raw.endTime) : undefined,
    durationMs: ended ? hrTimeToMilliseconds(raw.duration) : undefined,
    raw,
  };
}
