/**
 * Has spans of the SDK (made by hand, or by instrumentations) decided about with the traces they are in: its sampler has them all
 * recorded until then, and what is told of their ends goes by the decision.
 */
import {
  type Attributes,
  type Context,
  isSpanContextValid,
  type Link,
  type SpanContext,
  type SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace as tracing,
} from '@opentelemetry/api';
import {
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  type Span,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { clockNow } from '../recorder/clock.js';
import { type DecidedSpan, LocalTrace } from '../recorder/local-trace.js';
import type { SpanIds } from '../recorder/span-ids.js';
import { tellDecision } from '../recorder/told-decision.js';
import type { TraceKeeping } from '../recorder/trace-keeping.js';
import { putInTrace, traceOf } from '../recorder/traces-of-spans.js';
import type { SpanProcessors } from './span-processors.js';

/** Names of first spans that are told apart; those beyond it count as one place. */
const sitesAtMost = 1_000;

export class KeptSdkSpans implements Sampler, SpanProcessor {
  readonly #keeping: TraceKeeping;
  readonly #ids: SpanIds;
  readonly #sink: SpanProcessors;
  /** The SDK asks for a span, and makes it at once. */
  #asked: LocalTrace | undefined;
  readonly #roots = new WeakSet<object>();
  readonly #sites = new Map<string, object>();
  /** Those of names beyond it. */
  readonly #elsewhere = {};

  constructor(keeping: TraceKeeping, ids: SpanIds, sink: SpanProcessors) {
    this.#keeping = keeping;
    this.#ids = ids;
    this.#sink = sink;
    if (sink.hearsEnding) this.onEnding = (span) => sink.onEnding(span);
  }

  onEnding?: (span: Span) => void;

  shouldSample(
    parent: Context,
    traceId: string,
    name: string,
    _kind: SpanKind,
    _attributes: Attributes,
    _links: Link[],
  ): SamplingResult {
    const trace = this.#traceIn(parent, traceId, name);
    this.#asked = trace;
    // Those of a trace that was let go, too: of a span that is not recorded nobody could tell which trace it is in.
    const decision = trace.sampled ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.RECORD;
    return trace.state === undefined ? { decision } : { decision, traceState: trace.state };
  }

  toString(): string {
    return 'DecidedAtTheirEnd';
  }

  onStart(span: Span, parent: Context): void {
    const trace = this.#asked;
    this.#asked = undefined;
    if (trace !== undefined) {
      putInTrace(span, trace);
      trace.running += 1;
      const above = tracing.getSpan(parent);
      if (above === undefined || traceOf(above) !== trace) this.#roots.add(span);
    }
    this.#sink.onStart(span, parent);
  }

  onEnd(span: ReadableSpan): void {
    const trace = traceOf(span);
    if (trace?.keeping === undefined) this.#sink.onEnd(span);
    else trace.keeping.ended(new KeptSdkSpan(span, trace, this.#roots.has(span), this.#sink));
  }

  forceFlush(): Promise<void> {
    return this.#sink.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#sink.shutdown();
  }

  #traceIn(parent: Context, traceId: string, name: string): LocalTrace {
    const above = tracing.getSpan(parent);
    const context = above?.spanContext();
    if (above === undefined || context === undefined || !isSpanContextValid(context)) {
      const trace = new LocalTrace(this.#ids, this.#ids.take(), traceId, true, undefined);
      this.#keeping.begins(trace, this.#siteOf(name));
      return trace;
    }
    const known = traceOf(above);
    if (known !== undefined) return known;
    const joined = this.#keeping.joinedBy(traceId);
    if (joined !== undefined) {
      this.#keeping.joins(joined);
      return joined;
    }
    const isSampled = (context.traceFlags & TraceFlags.SAMPLED) !== 0;
    const trace = new LocalTrace(this.#ids, this.#ids.take(), traceId, isSampled, context.traceState);
    this.#keeping.follows(trace);
    return trace;
  }

  #siteOf(name: string): object {
    const known = this.#sites.get(name);
    if (known !== undefined) return known;
    if (this.#sites.size >= sitesAtMost) return this.#elsewhere;
    const site = {};
    this.#sites.set(name, site);
    return site;
  }
}

class KeptSdkSpan implements DecidedSpan {
  readonly readable: ReadableSpan;
  readonly trace: LocalTrace;
  readonly isLocalRoot: boolean;
  readonly endedAt = clockNow();
  readonly #sink: SpanProcessors;

  constructor(span: ReadableSpan, trace: LocalTrace, isLocalRoot: boolean, sink: SpanProcessors) {
    this.readable = span;
    this.trace = trace;
    this.isLocalRoot = isLocalRoot;
    this.#sink = sink;
  }

  get isFailed(): boolean {
    return this.readable.status.code === SpanStatusCode.ERROR;
  }

  get tookMs(): number {
    const [seconds, nanoseconds] = this.readable.duration;
    return seconds * 1e3 + nanoseconds / 1e6;
  }

  decided(): void {
    const { readable, trace } = this;
    if (!trace.sampled) {
      // Who heard of its start hears of its end, also where it is not for exporting.
      if (this.#sink.hearsStart) this.#sink.onEnd(shownAs(readable, trace));
      return;
    }
    if (trace.undecided !== undefined) tellDecision(readable, trace.undecided);
    this.#sink.onEnd(shownAs(readable, trace));
  }
}

/** The span itself, with the flags and the tracestate of the decision in place of those it started with. */
function shownAs(span: ReadableSpan, trace: LocalTrace): ReadableSpan {
  const { traceId, spanId, isRemote } = span.spanContext();
  const shown: SpanContext = {
    traceId,
    spanId,
    ...(isRemote === undefined ? {} : { isRemote }),
    traceFlags: trace.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    ...(trace.state === undefined ? {} : { traceState: trace.state }),
  };
  return Object.defineProperty(span, 'spanContext', { value: () => shown, configurable: true });
}
