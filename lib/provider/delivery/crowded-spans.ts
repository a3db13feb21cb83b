/**
 * Spans that wait to be sent, by traces: how they are kept while there is no room, so that whole traces can be let go. Each
 * step takes the same time however many there are, but for putting lists in order now and then.
 *
 * Which goes first: one in which nothing failed, and of these one that is complete, since of the others it is not known yet
 * whether they fail; then one of which a part was sent already; and one that failed only where all have. Among equals it is the newest: the
 * oldest are the next to be sent, they are whole, and they tell how a trouble began.
 */
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { traceOf } from '../../recorder/traces-of-spans.js';
import { hasFailed, isLocalRoot } from './span-facts.js';

/** What letting a trace go costs. */
export const cost = { complete: 0, unfinished: 1, torn: 2, failed: 3 } as const;
export type Cost = (typeof cost)[keyof typeof cost];

const fromTheLeast = [cost.complete, cost.unfinished, cost.torn, cost.failed] as const;

/** Spans of one trace. */
export interface CrowdedTrace {
  readonly id: string;
  readonly turn: number;
  spans: ReadableSpan[];
  /** Of each span, by estimate. */
  sizes: number[];
  bytes: number;
  cost: Cost;
  /** Its local root is among them. */
  isComplete: boolean;
  /** It waits no longer. */
  isGone: boolean;
}

export class CrowdedSpans {
  /** Spans that wait. */
  size = 0;
  /** The same in bytes. */
  bytes = 0;
  /** By the turn of their first span. Some of them are gone. */
  #order: CrowdedTrace[] = [];
  /** Before here all are gone. */
  #head = 0;
  #count = 0;
  /** Those that take further spans. */
  readonly #byId = new Map<string, CrowdedTrace>();
  /** By what they cost, the newest last. Some of them are gone, or have become more or less expensive. */
  readonly #byCost: Record<Cost, CrowdedTrace[]> = { 0: [], 1: [], 2: [], 3: [] };

  /** The turn of the first that waits. */
  get start(): number | undefined {
    return this.#first()?.turn;
  }

  add(span: ReadableSpan, id: string, bytes: number, turn: number, isPartlySent: boolean): void {
    const trace = this.#byId.get(id) ?? this.#begin(id, turn);
    const isComplete = trace.isComplete || isLocalRoot(span);
    if (trace.cost !== cost.failed)
      this.#revalue(trace, costOf(span, isComplete, isPartlySent || trace.cost === cost.torn));
    // At the end of the stack any call may throw: from here on there is none, so it is in, or it is not.
    trace.isComplete = isComplete;
    trace.spans.push(span);
    trace.sizes.push(bytes);
    trace.bytes += bytes;
    this.size += 1;
    this.bytes += bytes;
  }

  /** The trace that costs least, and at most so much. It waits no longer. */
  letGo(most: Cost): CrowdedTrace | undefined {
    for (const each of fromTheLeast) {
      if (each > most) return undefined;
      const found = this.#newest(each);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * How many spans of a trace that failed, and has all the room for itself, were let go: its first ones. What is above a span ends
   * after it, so none of those that stay loses its parent. 0: there is no such trace.
   */
  shorten(): number {
    const trace = this.#first();
    if (this.#count !== 1 || trace?.cost !== cost.failed) return 0;
    const some = Math.ceil(trace.spans.length / 10);
    const bytes = trace.sizes.splice(0, some).reduce((sum, size) => sum + size, 0);
    trace.spans.splice(0, some);
    trace.bytes -= bytes;
    this.size -= some;
    this.bytes -= bytes;
    return some;
  }

  /** The trace with this id, if it has spans here. It waits no longer. */
  letGoOf(id: string): CrowdedTrace | undefined {
    const trace = this.#byId.get(id);
    return trace === undefined ? undefined : this.#remove(trace);
  }

  /** At most so many spans, of the oldest traces: whole ones, but for one that is larger than that by itself. */
  take(most: number): CrowdedTrace[] {
    const taken: CrowdedTrace[] = [];
    let room = most;
    for (let first = this.#first(); first !== undefined && room > 0; first = this.#first()) {
      const { length } = first.spans;
      if (length > room) {
        if (taken.length === 0) taken.push(this.#split(first, room));
        break;
      }
      taken.push(this.#remove(first));
      room -= length;
    }
    return taken;
  }

  #begin(id: string, turn: number): CrowdedTrace {
    const trace: CrowdedTrace = {
      id,
      turn,
      spans: [],
      sizes: [],
      bytes: 0,
      cost: cost.unfinished,
      isComplete: false,
      isGone: false,
    };
    this.#byId.set(id, trace);
    this.#order.push(trace);
    this.#count += 1;
    this.#list(trace);
    return trace;
  }

  #revalue(trace: CrowdedTrace, now: Cost): void {
    if (trace.cost === now) return;
    trace.cost = now;
    this.#list(trace);
  }

  #list(trace: CrowdedTrace): void {
    const { cost: now } = trace;
    const equals = this.#byCost[now];
    equals.push(trace);
    if (equals.length > 2 * this.#count + 64)
      this.#byCost[now] = equals.filter(({ isGone, cost }) => !isGone && cost === now);
  }

  #newest(wanted: Cost): CrowdedTrace | undefined {
    for (let trace = this.#byCost[wanted].pop(); trace !== undefined; trace = this.#byCost[wanted].pop()) {
      if (trace.isGone || trace.cost !== wanted) continue;
      // A span of it may have failed that has not come here.
      if (wanted !== cost.failed && trace.spans.some((span) => traceOf(span)?.failed)) {
        this.#revalue(trace, cost.failed);
        continue;
      }
      return this.#remove(trace);
    }
    return undefined;
  }

  /** As it was. What stays of it in the lists for a while holds no spans. */
  #remove(trace: CrowdedTrace): CrowdedTrace {
    const gone = { ...trace, isGone: true };
    trace.isGone = true;
    trace.spans = [];
    trace.sizes = [];
    this.#count -= 1;
    this.size -= gone.spans.length;
    this.bytes -= gone.bytes;
    if (this.#byId.get(trace.id) === trace) this.#byId.delete(trace.id);
    if (this.#order.length > 2 * this.#count + 64) {
      this.#order = this.#order.filter(({ isGone }) => !isGone);
      this.#head = 0;
    }
    return gone;
  }

  #first(): CrowdedTrace | undefined {
    while (this.#order[this.#head]?.isGone) this.#head += 1;
    return this.#order[this.#head];
  }

  /** The first spans of one that is too large. The rest stays at its place and takes no further ones: it would never be sent to its end. */
  #split(trace: CrowdedTrace, most: number): CrowdedTrace {
    const spans = trace.spans.splice(0, most);
    const sizes = trace.sizes.splice(0, most);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    trace.bytes -= bytes;
    this.size -= spans.length;
    this.bytes -= bytes;
    if (trace.cost !== cost.failed) this.#revalue(trace, cost.torn);
    if (this.#byId.get(trace.id) === trace) this.#byId.delete(trace.id);
    return { ...trace, spans, sizes, bytes, isGone: true };
  }
}

function costOf(span: ReadableSpan, isComplete: boolean, isPartlySent: boolean): Cost {
  if (hasFailed(span)) return cost.failed;
  if (isPartlySent) return cost.torn;
  return isComplete ? cost.complete : cost.unfinished;
}
