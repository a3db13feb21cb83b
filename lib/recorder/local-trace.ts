/**
 * What the spans of one trace in this process share, woven ones and those of the SDK: its id and what was decided about it. It
 * leads to no span, so that spans of a trace that goes on for days do not keep one another; but for those that wait for the
 * decision.
 */
import { type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { foldedId } from './folded-id.js';
import { explicitRandomness, type Randomness, type RejectionThreshold, randomnessOf } from './rejection-threshold.js';
import type { SpanIds } from './span-ids.js';

/** Who decides about traces, or is told of what ends after the decision. */
export interface Deciding {
  /** A span has ended. */
  ended(span: DecidedSpan): void;
  /** A span was taken back: there was nothing to tell of it. */
  discarded(trace: LocalTrace): void;
  /** Somebody has asked for the id: from now on it may come back, as that of a remote parent. */
  named(trace: LocalTrace): void;
}

/** A span as its trace is decided by it. */
export interface DecidedSpan {
  readonly trace: LocalTrace;
  /** Whether it is the first of its trace in this process, or one of the first. */
  readonly isLocalRoot: boolean;
  readonly isFailed: boolean;
  /** When it ended, as `performance.now()` tells it, and how long it took. */
  readonly endedAt: number;
  readonly tookMs: number;
  /** As exporters see it. */
  readonly readable: ReadableSpan;
  /** Its trace was decided about: it tells who is to know of it. */
  decided(): void;
}

/** Why a trace was kept. */
export type KeptFor = 'success' | 'error' | 'slow' | 'rule' | 'parent';

/** Fields are `declare`: see `readable-woven-span.ts`. */
export class LocalTrace {
  /** Whose ordinals the spans of this trace have. */
  declare readonly ids: SpanIds;
  /** The ordinal of the local root; where that is a span of the SDK, one that no span has. */
  declare readonly root: number;
  /** Whether its spans are for exporting (the SAMPLED flag). Until it is decided: what it was as the trace began. */
  declare sampled: boolean;
  /** Whether a span that starts now is held at all. */
  declare isRecorded: boolean;
  declare state: TraceState | undefined;
  /** Who is told of its spans in place of the pipeline. */
  declare keeping: Deciding | undefined;
  /** Whether a span of it has failed. */
  declare failed: boolean;
  /** Spans that run, counted until it is decided. */
  declare running: number;
  declare undecided: UndecidedTrace | undefined;
  declare private known: string | undefined;

  constructor(ids: SpanIds, root: number, id: string | undefined, sampled: boolean, state: TraceState | undefined) {
    this.ids = ids;
    this.root = root;
    this.sampled = sampled;
    this.isRecorded = sampled;
    this.state = state;
    this.keeping = undefined;
    this.failed = false;
    this.running = 0;
    this.undecided = undefined;
    this.known = id;
  }

  get id(): string {
    if (this.known === undefined) {
      this.known = this.ids.traceId(this.root);
      this.keeping?.named(this);
    }
    return this.known;
  }

  /** Whether there was no room to record it, and so there is none for what is below. */
  get isRefused(): boolean {
    return false;
  }

  /** Its id, where that is in use already. */
  get name(): string | undefined {
    return this.known;
  }

  /** The bits it is sampled by. */
  get randomness(): Randomness {
    const { ids, root, known } = this;
    const explicit = explicitRandomness(this.state);
    if (explicit !== undefined) return explicit;
    if (known !== undefined) return randomnessOf(known);
    const high = ids.randomPart(root);
    return { high, low: ids.randomRest(root) };
  }

  /** Whether it is within a share. Most traces are told by their first 24 bits, for which nothing has to be made. */
  isWithin(threshold: RejectionThreshold): boolean {
    if (this.known !== undefined || this.state !== undefined) return threshold.keeps(this.randomness);
    const high = this.ids.randomPart(this.root);
    return high > threshold.high || (high === threshold.high && this.ids.randomRest(this.root) >= threshold.low);
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

/** Where a trace goes on that began elsewhere, and what was decided there. */
export type Origin = 'here' | 'sampled' | 'unsampled';

/** Like spans in a row, for which the first of them stands. */
export interface SpanRun {
  /** Whether a span that has ended is one more of them. */
  takes(span: DecidedSpan): boolean;
}

/** What few traces need before they are decided about; most end with their first span. */
export class UndecidedTrace {
  /** Those that have ended and wait for the decision. */
  waiting: DecidedSpan[] = [];
  /** What they hold, by estimate. */
  bytes = 0;
  origin: Origin = 'here';
  /** Stands for the place it began at, where places have limits of their own. */
  site: object | undefined = undefined;
  /** When the first of those that wait ended, as `performance.now()` tells it. */
  since = 0;
  /** How long the local root took, the longest where several have ended; negative while none has. */
  rootMs = -1;
  /** Local roots that have not ended. */
  rootsLeft = 1;
  /** The first in the list of the rules that speak of it. */
  rule = Number.POSITIVE_INFINITY;
  /** Why it was kept, where that was for more than its share of the successes. */
  keptFor: KeptFor | undefined = undefined;
  /** Spans of it were let go before it was decided. */
  isPartial = false;
  /** Like spans in a row, of which the last has ended last. */
  run: SpanRun | undefined = undefined;

  /** Whether what runs of it has outlived its local roots. */
  get isOver(): boolean {
    return this.rootsLeft <= 0;
  }
}
