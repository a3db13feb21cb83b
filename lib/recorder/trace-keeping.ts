/**
 * Decides about traces when their outcome is known: whether one is kept is told by its random bits and by the greatest share that
 * anything in it speaks for, when no span of the trace runs any more: what outlives its root can still fail. Until then its spans
 * wait, within bounds of number and of time.
 *
 * Which successes are kept is told as a trace begins, and sent on with it. Only a rule decides otherwise later, and want of room.
 */
import { clockNow } from './clock.js';
import { runFrom } from './collapse.js';
import { KeptShares, type ShareOptions } from './kept-shares.js';
import { type DecidedSpan, type Deciding, type KeptFor, type LocalTrace, UndecidedTrace } from './local-trace.js';
import { OpenTraces } from './open-traces.js';
import { withoutThreshold } from './rejection-threshold.js';
import { type LetGo, SamplingCounts } from './sampling-counts.js';
import type { SpanRoom } from './span-room.js';
import type { SuccessRates } from './success-rates.js';
import { SuccessShare } from './success-share.js';

export interface KeepingOptions extends ShareOptions {
  /** The share of traces that is kept though nothing in them failed: 0 to 1. */
  readonly success: number;
  /** Of like spans in a row one stands for all. */
  readonly collapse?: boolean;
  /** Where the share of successes changes. */
  readonly rates?: SuccessRates | undefined;
  /** How long the first span of a trace waits at most, in milliseconds. */
  readonly decideAfterMs: number;
  /** Where spans that wait are counted, with all others that are held. */
  readonly room: SpanRoom;
}

export class TraceKeeping implements Deciding {
  readonly counts = new SamplingCounts();
  readonly #shares: KeptShares;
  readonly #success: SuccessShare;
  /** Nothing is let go but by another process: nobody has to wait. */
  readonly #keepsAll: boolean;
  readonly #open: OpenTraces;
  /** Told of what ends after the decision. */
  readonly #afterKept: Deciding = { ended: (span) => span.decided(), discarded() {}, named() {} };
  readonly #afterLetGo: Deciding = { ended: (span) => this.#endedLate(span), discarded() {}, named() {} };
  /** Whether of like spans in a row one stands for all. */
  readonly collapses: boolean;
  /** Whether of a span something has to be known but that it did not fail. */
  readonly #looksCloser: boolean;
  #stopped = false;

  constructor(options: KeepingOptions) {
    const { success, rules, rates, collapse = false, decideAfterMs, room } = options;
    this.collapses = collapse;
    this.#shares = new KeptShares(options);
    this.#success = new SuccessShare(success, rates);
    this.#looksCloser = this.#success.changes || this.#shares.hasRules || Number.isFinite(this.#shares.overMs);
    this.#keepsAll =
      success >= 1 && !collapse && rates === undefined && rules.every(({ keep }) => !this.#success.base.isBelow(keep));
    this.#open = new OpenTraces(room, decideAfterMs, (trace) => this.#cutShort(trace));
  }

  /** A trace begins here, at a site. */
  begins(trace: LocalTrace, site: object): void {
    const success = this.#success.at(site);
    const isWithin = trace.isWithin(success);
    trace.sampled = isWithin;
    if (isWithin) trace.state = success.saidIn(trace.state);
    if (this.#success.changes) this.#more(trace).site = site;
    this.#watch(trace);
  }

  /** A trace goes on here that began elsewhere: whether it fails here is not known there. */
  follows(trace: LocalTrace): void {
    if (trace.sampled && this.#keepsAll) {
      this.counts.kept.parent += 1;
      return;
    }
    this.#more(trace).origin = trace.sampled ? 'sampled' : 'unsampled';
    if (!trace.sampled) trace.state = withoutThreshold(trace.state);
    this.#watch(trace);
  }

  /** The undecided trace with this id, if there is one in this process. */
  readonly joinedBy = (id: string): LocalTrace | undefined => this.#open.named(id);

  /** A request comes in that is of an undecided trace of this process: another root of it. */
  joins(trace: LocalTrace): void {
    this.#more(trace).rootsLeft += 1;
  }

  named(trace: LocalTrace): void {
    this.#open.name(trace);
  }

  ended(span: DecidedSpan): void {
    const { trace } = span;
    trace.running -= 1;
    if (trace.running > 0 || trace.undecided !== undefined || this.#looksCloser || span.isFailed) {
      return this.#endedAmong(span);
    }
    // Most traces are one span in which nothing went wrong: what is done for these is written out, and is all that is done.
    if (trace.name !== undefined) this.#open.forget(trace);
    if (trace.sampled) {
      this.counts.kept.success += 1;
      trace.keeping = undefined;
      this.#open.makeRoomFor(1, 0);
    } else {
      this.counts.letGo.sampled += 1;
      trace.isRecorded = false;
      trace.keeping = this.#afterLetGo;
    }
    span.decided();
  }

  #endedAmong(span: DecidedSpan): void {
    const { trace } = span;
    if (span.isFailed) trace.failed = true;
    if (this.#shares.hasRules) this.#shares.match(trace, span.readable);
    if (span.isLocalRoot && (trace.running > 0 || this.#shares.overMs !== Number.POSITIVE_INFINITY)) {
      const more = this.#more(trace);
      more.rootMs = Math.max(more.rootMs, span.tookMs);
      more.rootsLeft -= 1;
    }
    if (trace.running <= 0 || this.#stopped) {
      this.#decide(trace, 1);
      span.decided();
    } else if (!this.collapses || !this.#isOneMore(span)) {
      this.#more(trace);
      this.#open.wait(span);
    }
  }

  discarded(trace: LocalTrace): void {
    trace.running -= 1;
    if (trace.running <= 0) this.#decide(trace, 0);
  }

  /** Decides about traces whose local roots have ended, though something in them still runs. */
  settle(): void {
    for (const trace of this.#open.all()) if (trace.undecided?.isOver) this.#decide(trace, 0);
  }

  /** Nothing waits any longer: what is open is decided as it is, and so is all that ends from here on. */
  stop(): void {
    this.#stopped = true;
    this.#open.stop();
    for (const trace of this.#open.all()) this.#decide(trace, 0);
  }

  #watch(trace: LocalTrace): void {
    trace.isRecorded = true;
    if (this.#keepsAll && trace.sampled) {
      this.counts.kept.success += 1;
      return;
    }
    trace.keeping = this;
    if (trace.name !== undefined) this.named(trace);
  }

  /** Whether another span stands for one that has ended. */
  #isOneMore(span: DecidedSpan): boolean {
    const more = this.#more(span.trace);
    if (more.run?.takes(span) !== true) {
      more.run = runFrom(span);
      return false;
    }
    this.counts.letGo.collapsed += 1;
    return true;
  }

  /** It waits no longer, whatever still runs. What is let go though its root runs may still fail, and is then kept from there on. */
  #cutShort(trace: LocalTrace): void {
    const more = this.#more(trace);
    if (more.isOver) return this.#decide(trace, 0);
    const elapsed = clockNow() - more.since;
    if (elapsed > this.#shares.overMs) more.rootMs = Math.max(more.rootMs, elapsed);
    const reason = this.#shares.reasonFor(trace);
    if (reason !== undefined) return this.#decide(trace, 0, reason);
    const spans = this.#open.take(trace);
    this.counts.letGo.evicted += spans.length;
    more.isPartial = true;
    const { sampled } = trace;
    // A rule may speak against a trace of the share. What is sent on stays as it was said.
    trace.sampled = false;
    for (const span of spans) span.decided();
    trace.sampled = sampled;
  }

  /**
   * @param ending spans that end now, and do not wait.
   * @param reason is asked for once: a trace that says its threshold already has no more to say.
   */
  #decide(trace: LocalTrace, ending: number, reason = this.#shares.reasonFor(trace)): void {
    const { undecided } = trace;
    const spans = undecided === undefined ? ending : undecided.waiting.length + ending;
    const bytes = undecided === undefined ? 0 : undecided.bytes;
    // What else keeps a trace, no limit on successes takes from it.
    const isOnlySuccess = reason === 'success' && this.#success.changes && !this.#shares.keepAnyway(trace);
    if (reason === undefined) this.#letGo(trace, this.#success.reasonAgainst(trace, spans), spans);
    else if (!isOnlySuccess || this.#success.admits(trace, spans)) this.#keep(trace, reason, spans);
    else this.#letGo(trace, 'limited', spans);
    if (trace.name !== undefined) this.#open.forget(trace);
    const handedOn = this.#open.take(trace);
    if (trace.sampled) this.#open.makeRoomFor(spans, bytes);
    for (const span of handedOn) span.decided();
  }

  #keep(trace: LocalTrace, reason: KeptFor, spans: number): void {
    // There is nothing of one whose only span was taken back.
    if (spans > 0) this.counts.kept[reason] += 1;
    trace.sampled = true;
    const isPlain = reason === 'success' || reason === 'parent';
    if (!isPlain) this.#more(trace).keptFor = reason;
    trace.keeping = isPlain ? undefined : this.#afterKept;
  }

  #letGo(trace: LocalTrace, reason: keyof LetGo, spans: number): void {
    this.counts.letGo[reason] += spans;
    trace.sampled = false;
    trace.state = withoutThreshold(trace.state);
    trace.isRecorded = false;
    trace.keeping = this.#afterLetGo;
  }

  #endedLate(span: DecidedSpan): void {
    this.counts.letGo.late += 1;
    span.decided();
  }

  #more(trace: LocalTrace): UndecidedTrace {
    trace.undecided ??= new UndecidedTrace();
    return trace.undecided;
  }
}
