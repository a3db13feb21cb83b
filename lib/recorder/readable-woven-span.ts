/**
 * What a woven span holds, and how it reads as the SDK's `ReadableSpan`: processors and exporters see an ordinary span. Their
 * forms of it (hex, pairs of numbers, lists) are made when they ask, and until then it is a handful of fields.
 *
 * The fields are those of `WovenSpan`, whose constructor writes them (see `woven-context.ts`), and nobody's else. They are `declare`, since one that
 * is defined is first made `undefined` and only then what it is, which was measured at 8 % of a call.
 */
import {
  type Attributes,
  type HrTime,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
} from '@opentelemetry/api';
import { hrTimeDuration } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { type Anchor, timeAt } from './clock.js';
import type { SpanDetails } from './span-details.js';
import type { PlacedSite } from './span-scene.js';
import { type Above, WovenContext } from './woven-context.js';

/** Node's, by its registered name. */
const inspected = Symbol.for('nodejs.util.inspect.custom');

/** `endedAt` of a span that runs. */
export const running = -1;

export abstract class ReadableWovenSpan extends WovenContext implements ReadableSpan {
  declare name: string;
  declare readonly site: PlacedSite;
  /** In the API's form, once somebody has asked. */
  declare above: Above;
  declare readonly anchor: Anchor;
  declare readonly startedAt: number;
  declare endedAt: number;
  /** The site's until one is added, or somebody reads them. */
  declare held: Attributes;
  /** How many of its own it holds; negative where that was not asked yet. */
  declare count: number;
  declare dropped: number;
  declare details: SpanDetails | undefined;

  get kind(): SpanKind {
    return this.site.kind;
  }

  get parentSpanContext(): SpanContext | undefined {
    const { above, trace } = this;
    if (typeof above !== 'number') return above;
    const asked = trace.contextOf(above);
    // Until its trace is decided about, the flags may become others.
    if (trace.keeping === undefined) this.above = asked;
    return asked;
  }

  get startTime(): HrTime {
    return timeAt(this.startedAt, this.anchor.ms);
  }

  get endTime(): HrTime {
    if (this.details?.endTime !== undefined) return this.details.endTime;
    return this.ended ? timeAt(this.endedAt, this.anchor.ms) : [0, 0];
  }

  get duration(): HrTime {
    const isKnown = this.ended || this.details?.endTime !== undefined;
    return isKnown ? hrTimeDuration(this.startTime, this.endTime) : [-1, -1];
  }

  get ended(): boolean {
    return this.endedAt !== running;
  }

  /** Whether it is the first of its trace in this process, or one of the first: several requests may be of one trace. */
  get isLocalRoot(): boolean {
    const { above } = this;
    return this.ordinal === this.trace.root || (typeof above === 'object' && above.isRemote === true);
  }

  get isFailed(): boolean {
    return this.details?.status.code === SpanStatusCode.ERROR;
  }

  get tookMs(): number {
    return this.endedAt - this.startedAt;
  }

  get readable(): this {
    return this;
  }

  /** The span's own: a reader may write to what it finds, as it may with an SDK's span. */
  get attributes(): Attributes {
    if (this.held === this.site.attributes) this.held = { ...this.held };
    return this.held;
  }

  get status(): SpanStatus {
    return this.details?.status ?? { code: SpanStatusCode.UNSET };
  }

  get events(): SpanDetails['events'] {
    return this.details?.events ?? [];
  }

  get links(): SpanDetails['links'] {
    return this.details?.links ?? [];
  }

  get resource(): ReadableSpan['resource'] {
    return this.site.scene.resource;
  }

  get instrumentationScope(): ReadableSpan['instrumentationScope'] {
    return this.site.scene.scope;
  }

  get droppedAttributesCount(): number {
    return this.dropped;
  }

  get droppedEventsCount(): number {
    return this.details?.droppedEvents ?? 0;
  }

  get droppedLinksCount(): number {
    return this.details?.droppedLinks ?? 0;
  }

  /** What `console.log` shows: what it is, as the SDK's span does, and not how it is held. */
  [inspected](depth: number, options: object, inspect: (shown: object, options: object) => string): unknown {
    if (depth < 0) return '[WovenSpan]';
    const { name, kind, parentSpanContext, status, startTime, endTime, duration, ended } = this;
    const { attributes, events, links } = this;
    const what = { name, kind, spanContext: this.spanContext(), parentSpanContext, status };
    const shown = { ...what, startTime, endTime, duration, ended, attributes, events, links };
    return `WovenSpan ${inspect(shown, options)}`;
  }
}
