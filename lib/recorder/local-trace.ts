/**
 * What the woven spans of one trace share, from the local root down: its id and what was decided about it. It leads to no
 * span, so that spans of a trace that goes on for days do not keep one another.
 */
import { type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api';
import type { SpanIds } from './span-ids.js';

export class LocalTrace {
  /** Whose ordinals the spans of this trace have. */
  readonly ids: SpanIds;
  /** Whether its spans are for exporting (the SAMPLED flag). */
  readonly sampled: boolean;
  readonly state: TraceState | undefined;
  /** The ordinal of the local root, where the id is made of it. */
  readonly #root: number;
  #id: string | undefined;

  constructor(ids: SpanIds, root: number, id: string | undefined, sampled: boolean, state: TraceState | undefined) {
    this.ids = ids;
    this.sampled = sampled;
    this.state = state;
    this.#root = root;
    this.#id = id;
  }

  get id(): string {
    this.#id ??= this.ids.traceId(this.#root);
    return this.#id;
  }

  /** This trace, where a sampler decided otherwise for one of its spans and those below it. */
  decided(sampled: boolean, state: TraceState | undefined): LocalTrace {
    if (sampled === this.sampled && state === this.state) return this;
    return new LocalTrace(this.ids, this.#root, this.#id, sampled, state);
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
