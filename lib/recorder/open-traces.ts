/**
 * Traces that have spans waiting, the one that has waited longest first: never more spans than there is room for, and none for
 * longer than it may. And those whose id is in use, since they may go on at another place in this process.
 */
import { clockNow } from './clock.js';
import type { DecidedSpan, LocalTrace } from './local-trace.js';
import { spanBytes } from './span-bytes.js';
import type { SpanRoom } from './span-room.js';

/** How often it is looked for what has waited too long. */
const lookEachMs = 1_000;

/** Ids that are remembered at most, the last ones: a trace that never ends would stay for ever. */
const namedAtMost = 10_000;

const none: readonly DecidedSpan[] = [];

export class OpenTraces {
  readonly #open = new Set<LocalTrace>();
  readonly #named = new Map<string, LocalTrace>();
  readonly #room: SpanRoom;
  readonly #waitMs: number;
  readonly #cutShort: (trace: LocalTrace) => void;
  /** What is let go to make room may be kept, and must not make room in its turn. */
  #isMakingRoom = false;
  /** Goes round from the start: no timer is set where spans end, which may be at the end of the stack. */
  readonly #rounds: NodeJS.Timeout;

  /** @param cutShort takes the spans of a trace, whatever it decides. */
  constructor(room: SpanRoom, waitMs: number, cutShort: (trace: LocalTrace) => void) {
    this.#room = room;
    this.#waitMs = waitMs;
    this.#cutShort = cutShort;
    this.#rounds = setInterval(() => this.#look(), Math.min(lookEachMs, waitMs));
    this.#rounds.unref();
  }

  wait(span: DecidedSpan): void {
    const { trace } = span;
    const more = trace.undecided;
    if (more === undefined) return;
    if (more.waiting.length === 0) {
      more.since = span.endedAt;
      this.#open.add(trace);
    }
    const bytes = spanBytes(span.readable);
    more.waiting.push(span);
    more.bytes += bytes;
    this.#room.wait(bytes);
    while (this.#room.isOver) {
      const [oldest] = this.#open;
      if (oldest === undefined) return;
      this.#cutShort(oldest);
    }
  }

  /**
   * A trace was kept, and so many spans of it are to be handed on. Those that have waited longest make room for them: they may never
   * be decided about. Where it is the queues that are full, that would not help.
   */
  makeRoomFor(spans: number, bytes: number): void {
    const room = this.#room;
    // Most of the time there is plenty: that is all that is asked for each trace.
    if (room.waiting * 4 < room.spansAtMost && room.waitingBytes * 4 < room.bytesAtMost) return;
    if (this.#isMakingRoom) return;
    this.#isMakingRoom = true;
    try {
      while (!room.hasRoomFor(spans, bytes)) {
        const [oldest] = this.#open;
        const isByQueues =
          room.held - room.waiting + spans > room.spansAtMost ||
          room.bytes - room.waitingBytes + bytes > room.bytesAtMost;
        if (oldest === undefined || isByQueues) return;
        this.#cutShort(oldest);
      }
    } finally {
      this.#isMakingRoom = false;
    }
  }

  /** Those of a trace that wait: they do no longer. */
  take(trace: LocalTrace): readonly DecidedSpan[] {
    const more = trace.undecided;
    if (more === undefined || more.waiting.length === 0) return none;
    const { waiting, bytes } = more;
    more.waiting = [];
    more.bytes = 0;
    more.run = undefined;
    this.#open.delete(trace);
    this.#room.leave(bytes, waiting.length);
    return waiting;
  }

  all(): readonly LocalTrace[] {
    return [...this.#open];
  }

  name(trace: LocalTrace): void {
    if (trace.name === undefined) return;
    this.#named.set(trace.name, trace);
    if (this.#named.size <= namedAtMost) return;
    for (const oldest of this.#named.keys()) {
      this.#named.delete(oldest);
      return;
    }
  }

  named(id: string): LocalTrace | undefined {
    return this.#named.get(id);
  }

  forget({ name }: LocalTrace): void {
    if (name !== undefined) this.#named.delete(name);
  }

  stop(): void {
    clearInterval(this.#rounds);
  }

  #look(): void {
    const latest = clockNow() - this.#waitMs;
    for (const trace of this.#open) {
      if ((trace.undecided?.since ?? 0) > latest) return;
      this.#cutShort(trace);
    }
  }
}
