/**
 * What the woven spans of one trace share, from the local root down: its id and what was decided about it. It leads to no
 * span, so that spans of a trace that goes on for days do not keep one another; but for those that wait for the decision.
 */
import { type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api';
import { foldedId } from './folded-id.js';
import type { SpanIds } from './span-ids.js';

/** Who decides about traces at their end. */
export interface Deciding {
  /** A span of a trace that is not decided has ended. */
  ended(span: DecidedSpan): void;
  /** The local root of one was taken back. */
  discarded(trace: LocalTrace): void;
}

/** A span as its trace is decided by it. */
export interface DecidedSpan {
  readonly trace: LocalTrace;
  /** Whether it is the first of its trace in this process. */
  readonly isLocalRoot: boolean;
  readonly isFailed: boolean;
  /** Its trace was decided about: it tells who is to know of it. */
  decided(): void;
}

/** Fields are `declare`: see `readable-woven-span.ts`. */
export class LocalTrace {
  /** Whose ordinals the spans of this trace have. */
  declare readonly ids: SpanIds;
  /** The ordinal of the local root. */
  declare readonly root: number;
  /** Whether its spans are for exporting (the SAMPLED flag). */
  declare sampled: boolean;
  declare readonly state: TraceState | undefined;
  /** Who decides whether it is kept, until that is decided. */
  declare keeping: Deciding | undefined;
  /** Those that have ended and wait for the decision. */
  declare waiting: DecidedSpan[] | undefined;
  declare failed: boolean;
  declare private known: string | undefined;

  constructor(ids: SpanIds, root: number, id: string | undefined, sampled: boolean, state: TraceState | undefined) {
    this.ids = ids;
    this.root = root;
    this.sampled = sampled;
    this.state = state;
    this.keeping = undefined;
    this.waiting = undefined;
    this.failed = false;
    this.known = id;
  }

  get id(): string {
    this.known ??= this.ids.traceId(this.root);
    return this.known;
  }

  /** Whether a span that starts now is held at all. */
  get isRecorded(): boolean {
    return this.sampled || this.keeping !== undefined;
  }

  /** This trace, where a sampler decided otherwise for one of its spans and those below it. */
  decided(sampled: boolean, state: TraceState | undefined): LocalTrace {
    if (sampled === this.sampled && state === this.state) return this;
    return new LocalTrace(this.ids, this.root, this.known, sampled, state);
  }

  /** Its id as one word, which needs no id to be made. */
  get folded(): number {
    return this.known === undefined ? this.ids.folded(this.root) : foldedId(this.known);
  }

  /** The context of one of its spans, as the API has it. */
  contextOf(ordinal: number): SpanContext {
    return {
      traceId: this.id,
      spanId: this.ids.spanId(ordinal),
      traceFlags: this.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      traceState: this.state,
    };
  }
}
