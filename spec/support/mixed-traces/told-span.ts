/**
 * What was exported, held against what was planned: which traces arrived, whether whole, and what their spans say of the decision.
 */
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { type OtlpSpan, plainAttributes } from '../otlp-receiver.js';
import { isFailed, type PlannedSpan, spansOf } from './planned-span.js';

/** What is looked at of an exported span, whichever way it came. */
export interface ToldSpan {
  readonly key: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly sampled: boolean;
  /** The tracestate as a header has it. */
  readonly state: string;
  readonly failed: boolean;
  readonly keptFor: unknown;
}

export function toldOf(span: ReadableSpan): ToldSpan {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  return {
    key: span.attributes['key'] as number,
    traceId,
    spanId,
    parentId: span.parentSpanContext?.spanId,
    sampled: traceFlags === 1,
    state: traceState?.serialize() ?? '',
    failed: span.status.code === SpanStatusCode.ERROR,
    keptFor: span.attributes['spandrel.sampling.kept_for'],
  };
}

export function fromOtlp(span: OtlpSpan): ToldSpan {
  const { traceId, spanId, parentSpanId, traceState = '', flags = 0, status } = span;
  const attributes = plainAttributes(span.attributes);
  return {
    key: attributes['key'] as number,
    traceId,
    spanId,
    parentId: parentSpanId === '' ? undefined : parentSpanId,
    sampled: (flags & 1) === 1,
    state: traceState,
    failed: status.code === SpanStatusCode.ERROR,
    keptFor: attributes['spandrel.sampling.kept_for'],
  };
}

/** The threshold of a share as a tracestate has it: the Collector's four digits, worked out apart from the library. */
export function thresholdOf(share: number): string {
  if (share >= 1) return '0';
  // Of the shares here the threshold has no leading `f` but 0.1 and its like, which have none either.
  return Math.round((1 - share) * 0x10000)
    .toString(16)
    .padStart(4, '0')
    .replace(/0+$/, '');
}

/** Whether the last 56 bits of a trace id are not below a threshold. */
export function isWithin(traceId: string, threshold: string): boolean {
  return BigInt(`0x${traceId.slice(-14)}`) >= BigInt(`0x${threshold.padEnd(14, '0')}`);
}

/** The share of traces that a span stands for one of. */
export function shareTold(state: string): number {
  const th = /(?:^|,)ot=(?:[^,]*;)?th:([\da-f]+)/.exec(state)?.[1] ?? '';
  return 1 - Number(BigInt(`0x${th.padEnd(14, '0')}`)) / 2 ** 56;
}

/** What is wrong with a part of a trace that arrived, of which all `planned` spans are to be there. */
export function wrongIn(
  planned: readonly PlannedSpan[],
  told: readonly ToldSpan[],
  expected: { readonly state: string; readonly keptFor: string | undefined },
): string[] {
  const wrong: string[] = [];
  const byKey = new Map(told.map((span) => [span.key, span]));
  if (byKey.size !== told.length) wrong.push(`${told.length} spans with ${byKey.size} keys`);
  if (told.length !== planned.length) wrong.push(`${told.length} spans of ${planned.length}`);
  const traceId = told[0]?.traceId;
  const parents = new Map(planned.flatMap(({ key, children }) => children.map((child) => [child.key, key] as const)));
  for (const span of planned) {
    const found = byKey.get(span.key);
    const say = (what: string): void => void wrong.push(`${span.make} ${span.key}: ${what}`);
    if (found === undefined) {
      say('is missing');
      continue;
    }
    const above = parents.get(span.key);
    if (above !== undefined && found.parentId !== byKey.get(above)?.spanId) say('its parent');
    if (found.traceId !== traceId) say('of another trace');
    if (!found.sampled) say('not sampled');
    if (found.failed !== isFailed(span)) say(`failed: ${found.failed}`);
    if (found.state !== expected.state) say(`its tracestate ${found.state}, not ${expected.state}`);
    if (found.keptFor !== expected.keptFor) say(`kept for ${String(found.keptFor)}`);
  }
  return wrong;
}

export interface Kept {
  readonly trace: PlannedSpan;
  readonly told: readonly ToldSpan[];
}

/** Those of the planned traces of which anything arrived. */
export function keptOf(traces: readonly PlannedSpan[], told: readonly ToldSpan[]): Kept[] {
  const rootOf = new Map<number, PlannedSpan>();
  for (const trace of traces) for (const { key } of spansOf(trace)) rootOf.set(key, trace);
  const parts = new Map<PlannedSpan, ToldSpan[]>();
  for (const span of told) {
    const root = rootOf.get(span.key);
    if (root === undefined) throw new Error(`a span with the key ${span.key} was not planned`);
    const part = parts.get(root);
    if (part === undefined) parts.set(root, [span]);
    else part.push(span);
  }
  return [...parts].map(([trace, told]) => ({ trace, told }));
}
