/**
 * Spans on their way to one exporter, within the room that all spans of the process have. While there is room they lie in the
 * order they came, and one that comes costs next to nothing. When there is none, whole traces are let go, and what
 * comes of them later goes too.
 */
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { spanBytes } from '../../recorder/span-bytes.js';
import type { SpanHolder, SpanRoom } from '../../recorder/span-room.js';
import { type Backlog, type LetGo, type Shortage, type TellFull, told } from './backlog.js';
import { CrowdedSpans, type CrowdedTrace, cost } from './crowded-spans.js';
import { RecentTraces } from './recent-traces.js';
import { hasFailed, traceIdOf, unfinishedIn } from './span-facts.js';

/** How many traces that were let go are remembered, of those that had ended and of the others. */
const letGoRemembered = 10_000;
/** How many that were sent before they had ended. */
const sentRemembered = 1_000;
/** Traces that were let go are remembered for so long at least, where there are no more than that. */
const rememberedMs = 60_000;

export class SpanBacklog implements Backlog<ReadableSpan>, SpanHolder {
  readonly letGo: LetGo = { bufferFull: 0, memoryFull: 0, ofFailedTraces: 0 };
  end = 0;
  readonly sharers: number;
  readonly #room: SpanRoom;
  readonly #tellFull: TellFull;
  readonly #limits: Readonly<Record<Shortage, string>>;
  #spans: ReadableSpan[] = [];
  /** Of each span, as it was when it came: to ask again later may give another answer. */
  #sizes: number[] = [];
  #lineBytes = 0;
  /** In place of both, while there is no room. */
  #crowd: CrowdedSpans | undefined;
  #underWay = 0;
  #underWayBytes = 0;
  /** Whole traces that were let go, and unfinished ones: those are not to be forgotten on account of these. */
  readonly #gone = new RecentTraces<Shortage>(letGoRemembered);
  readonly #goneUnfinished = new RecentTraces<Shortage>(letGoRemembered);
  #remembers = false;
  #agedAt = 0;
  readonly #sentUnfinished = new RecentTraces<true>(sentRemembered);

  /** @param sharers how many of them share the spans out. */
  constructor(room: SpanRoom, tellFull: TellFull, sharers = 1) {
    this.#room = room;
    this.#tellFull = tellFull;
    this.sharers = sharers;
    const ofEach = (most: number): number => Math.floor(most / sharers);
    this.#limits = { bufferFull: `${ofEach(room.spansAtMost)} spans`, memoryFull: `${ofEach(room.bytesAtMost)} bytes` };
    room.add(this);
  }

  get size(): number {
    return this.#crowd === undefined ? this.#spans.length : this.#crowd.size;
  }

  get held(): number {
    return this.size + this.#underWay;
  }

  get bytes(): number {
    return (this.#crowd === undefined ? this.#lineBytes : this.#crowd.bytes) + this.#underWayBytes;
  }

  get start(): number {
    return this.#crowd === undefined ? this.end - this.#spans.length : (this.#crowd.start ?? this.end);
  }

  add(span: ReadableSpan): void {
    const bytes = spanBytes(span);
    // In every call of the program: what `hasRoomIn` says, without the getters.
    const { running, waiting, waitingBytes, spansAtMost, bytesAtMost } = this.#room;
    if (
      this.#crowd === undefined &&
      !this.#remembers &&
      waiting + (this.#spans.length + this.#underWay + 1) * this.sharers <= spansAtMost &&
      running.bytes + waitingBytes + (this.#lineBytes + this.#underWayBytes + bytes) * this.sharers <= bytesAtMost
    )
      this.#line(span, bytes);
    else this.#addWithCare(span, bytes);
  }

  take(most: number): ReadableSpan[] {
    const batch = this.#crowd === undefined ? this.#takeInLine(most) : this.#takeTraces(this.#crowd, most);
    this.#underWay = batch.length;
    return batch;
  }

  sent(): void {
    this.#underWay = 0;
    this.#underWayBytes = 0;
  }

  clear(): number {
    const left = this.size;
    this.#putInLine([], []);
    return left;
  }

  /** Where half of the room is free again, they are put back in one line. */
  rest(): void {
    const { spansAtMost, bytesAtMost } = this.#room;
    const twice = 2 * this.sharers;
    if (this.#crowd !== undefined && this.held * twice <= spansAtMost && this.bytes * twice <= bytesAtMost) {
      const traces = this.#crowd.take(Number.POSITIVE_INFINITY);
      this.#putInLine(
        traces.flatMap(({ spans }) => spans),
        traces.flatMap(({ sizes }) => sizes),
      );
    }
    if (this.#crowd === undefined && this.#remembers) this.#forget();
  }

  giveWay(): boolean {
    if (this.size === 0) return false;
    const trace = this.#crowded().letGo(cost.torn);
    if (trace === undefined) return false;
    this.#lose(trace, this.#shortage(trace));
    return true;
  }

  #line(span: ReadableSpan, bytes: number): void {
    this.#spans.push(span);
    this.#sizes.push(bytes);
    this.#lineBytes += bytes;
    this.end += 1;
  }

  #takeInLine(most: number): ReadableSpan[] {
    const batch = this.#takeFirst(most);
    this.#lineBytes -= this.#underWayBytes;
    for (const span of unfinishedIn(batch)) this.#sentUnfinished.add(traceIdOf(span), true);
    return batch;
  }

  /** Mostly they are all there are: then nothing is copied. */
  #takeFirst(most: number): ReadableSpan[] {
    if (this.#spans.length > most) {
      for (const bytes of this.#sizes.splice(0, most)) this.#underWayBytes += bytes;
      return this.#spans.splice(0, most);
    }
    const batch = this.#spans;
    this.#underWayBytes += this.#lineBytes;
    this.#spans = [];
    this.#sizes = [];
    return batch;
  }

  #takeTraces(crowd: CrowdedSpans, most: number): ReadableSpan[] {
    const traces = crowd.take(most);
    for (const { id, bytes, isComplete, cost: lost } of traces) {
      this.#underWayBytes += bytes;
      if (!isComplete || lost === cost.torn) this.#sentUnfinished.add(id, true);
    }
    return traces.flatMap(({ spans }) => spans);
  }

  #addWithCare(span: ReadableSpan, bytes: number): void {
    const id = traceIdOf(span);
    const earlier = this.#goneUnfinished.of(id) ?? this.#gone.of(id);
    if (earlier !== undefined) return this.#lost(1, hasFailed(span), earlier);
    if (this.#crowd === undefined && this.#room.hasRoomIn(this, 1, bytes)) return this.#line(span, bytes);
    const crowd = this.#crowded();
    if (bytes * this.sharers > this.#room.bytesAtMost) {
      // There would be no room for it if all the others went.
      const others = crowd.letGoOf(id);
      if (others !== undefined) this.#lose(others, 'memoryFull');
      else this.#goneUnfinished.add(id, 'memoryFull');
      this.#remembers = true;
      return this.#lost(1, hasFailed(span), 'memoryFull');
    }
    // It may be of the trace that is to go, and then goes with it.
    crowd.add(span, id, bytes, this.end, this.#sentUnfinished.of(id) === true);
    this.end += 1;
    try {
      this.#makeRoom(crowd);
    } catch {
      // At the end of the stack. The next that comes makes room for this one, too.
    }
  }

  #makeRoom(crowd: CrowdedSpans): void {
    while (!this.#room.hasRoomIn(this, 0, 0)) {
      const isFilled = this.#isFilledBy(crowd);
      const shortened = isFilled === undefined ? 0 : crowd.shorten();
      if (isFilled !== undefined && shortened > 0) {
        this.#lost(shortened, true, isFilled);
        continue;
      }
      const trace = crowd.letGo(cost.failed);
      // What is being sent, and what waits for a decision, takes all the room there is: the span's own trace was the last.
      if (trace === undefined) return;
      this.#lose(trace, this.#shortage(trace));
    }
  }

  #putInLine(spans: ReadableSpan[], sizes: number[]): void {
    this.#spans = spans;
    this.#sizes = sizes;
    this.#lineBytes = sizes.reduce((sum, size) => sum + size, 0);
    this.#crowd = undefined;
  }

  /** Of what those that wait take nearly all there is. */
  #isFilledBy({ size, bytes }: CrowdedSpans): Shortage | undefined {
    const { spansAtMost, bytesAtMost } = this.#room;
    if (size * this.sharers >= spansAtMost * 0.9) return 'bufferFull';
    return bytes * this.sharers >= bytesAtMost * 0.9 ? 'memoryFull' : undefined;
  }

  #crowded(): CrowdedSpans {
    if (this.#crowd !== undefined) return this.#crowd;
    const crowd = new CrowdedSpans();
    const { start } = this;
    this.#spans.forEach((span, at) => {
      const id = traceIdOf(span);
      crowd.add(span, id, this.#sizes[at] as number, start + at, this.#sentUnfinished.of(id) === true);
    });
    this.#putInLine([], []);
    this.#crowd = crowd;
    return crowd;
  }

  /** Of what there was too little, with a trace that is out by now. */
  #shortage({ spans }: CrowdedTrace): Shortage {
    const { waiting, spansAtMost } = this.#room;
    return waiting + (this.held + spans.length) * this.sharers > spansAtMost ? 'bufferFull' : 'memoryFull';
  }

  #lose({ id, spans, cost: lost, isComplete }: CrowdedTrace, shortage: Shortage): void {
    (isComplete ? this.#gone : this.#goneUnfinished).add(id, shortage);
    this.#remembers = true;
    this.#lost(spans.length, lost === cost.failed, shortage);
  }

  #lost(count: number, ofFailedTrace: boolean, shortage: Shortage): void {
    this.letGo[shortage] += count;
    if (ofFailedTrace) this.letGo.ofFailedTraces += count;
    told(this.#tellFull, this.#limits[shortage]);
  }

  #forget(): void {
    const now = performance.now();
    if (now - this.#agedAt < rememberedMs) return;
    this.#agedAt = now;
    this.#gone.age();
    this.#goneUnfinished.age();
    this.#remembers = !(this.#gone.isEmpty && this.#goneUnfinished.isEmpty);
  }
}
