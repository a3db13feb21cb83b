/**
 * Gathers the spans of each trace and draws the trace when none of its spans is running any more. Holds a bounded number
 * of spans. Drawing happens after the application's call, never inside it.
 */
import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { messageOf, report } from '../../faults/report.js';
import { isDiscarded } from '../../recorder/discarded.js';
import { drawTrace } from '../../terminal/draw-trace.js';
import { traceIdOf } from '../delivery/span-facts.js';
import type { DeliveryCount } from '../health.js';
import { isSampled } from '../sampled.js';
import type { ConsoleWriter } from './console-writer.js';
import { thinTrace, traceSeconds } from './thin-trace.js';

interface OpenTrace {
  running: number;
  spans: ReadableSpan[];
}

interface DrawingOptions {
  /** Draw each trace when it is complete, or only so many of the slowest, at `flush`. */
  readonly traces: 'all' | number;
  readonly attributes: boolean;
  /** Spans held at most. */
  readonly buffer: number;
}

export class TraceDrawing implements SpanProcessor {
  readonly #writer: ConsoleWriter;
  readonly #options: DrawingOptions;
  readonly #open = new Map<string, OpenTrace>();
  /** Complete traces that wait to be drawn. */
  #complete: ReadableSpan[][] = [];
  #held = 0;
  #received = 0;
  #delivered = 0;
  #failed = 0;
  #lastError: string | undefined;
  readonly #dropped = { bufferFull: 0, memoryFull: 0, afterShutdown: 0, unsentAtShutdown: 0 };
  #untold = 0;
  #closed = false;
  #soon: NodeJS.Immediate | undefined;

  constructor(writer: ConsoleWriter, options: DrawingOptions) {
    this.#writer = writer;
    this.#options = options;
  }

  /** Also of one that is not sampled: whether its trace is kept may be known only at its end. */
  onStart(span: Span, _parent: Context): void {
    if (this.#closed) return;
    // Its context is not asked for: a span that somebody has the id of may have others below it, and is not collapsed.
    const traceId = traceIdOf(span);
    const trace = this.#open.get(traceId);
    if (trace !== undefined) trace.running += 1;
    // Calls that never settle must not grow the map for ever: beyond the bound a trace is drawn span by span.
    else if (this.#open.size < this.#options.buffer) this.#open.set(traceId, { running: 1, spans: [] });
  }

  onEnd(span: ReadableSpan): void {
    const told = isSampled(span) && !isDiscarded(span);
    if (told) this.#received += 1;
    if (this.#closed) {
      if (told) this.#dropped.afterShutdown += 1;
      return;
    }
    const traceId = traceIdOf(span);
    const trace = this.#open.get(traceId) ?? { running: 1, spans: [] };
    if (told) trace.spans.push(span);
    if (told) this.#held += 1;
    trace.running -= 1;
    if (trace.running <= 0) {
      this.#open.delete(traceId);
      if (trace.spans.length > 0) this.#completed(trace.spans);
    }
    if (this.#held > this.#options.buffer) this.#makeRoom();
  }

  /** Draws what is complete, and what is not as far as it has come. */
  forceFlush(): Promise<void> {
    for (const trace of this.#open.values()) {
      if (trace.spans.length > 0) this.#completed(trace.spans.splice(0));
    }
    this.#draw();
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    const drawn = this.forceFlush();
    this.#closed = true;
    this.#open.clear();
    return drawn;
  }

  count(): DeliveryCount {
    return {
      exporter: 'console',
      received: this.#received,
      delivered: this.#delivered,
      dropped: { ...this.#dropped },
      // It lets go by size, whether something failed or not, and does not tell them apart.
      droppedOfFailedTraces: 0,
      failed: this.#failed,
      waiting: this.#held,
      lastError: this.#lastError ?? this.#writer.failure,
    };
  }

  #completed(spans: ReadableSpan[]): void {
    this.#complete.push(spans);
    const { traces } = this.#options;
    if (traces !== 'all') {
      if (this.#complete.length > 2 * traces + 16) this.#keepSlowest(traces);
      return;
    }
    this.#soon ??= setImmediate(() => this.#draw());
    this.#soon.unref();
  }

  #draw(): void {
    clearImmediate(this.#soon);
    this.#soon = undefined;
    const { traces, attributes } = this.#options;
    if (traces !== 'all') this.#keepSlowest(traces);
    for (const spans of this.#complete.splice(0)) {
      this.#held -= spans.length;
      if (this.#write(spans, attributes)) this.#delivered += spans.length;
      else this.#failed += spans.length;
    }
    if (this.#untold > 0)
      this.#writer.write(`(${this.#untold} spans are not shown: the console holds ${this.#options.buffer})\n`);
    this.#untold = 0;
  }

  #keepSlowest(traces: number): void {
    this.#complete.sort((a, b) => traceSeconds(b) - traceSeconds(a));
    // Those that are passed over were asked for no more than that.
    for (const { length } of this.#complete.splice(traces)) {
      this.#held -= length;
      this.#delivered += length;
    }
  }

  #write(spans: readonly ReadableSpan[], attributes: boolean): boolean {
    try {
      return this.#writer.write(drawTrace(spans, this.#writer.canvas(), { attributes }));
    } catch (error) {
      this.#lastError = messageOf(error);
      report('SPANDREL_EXPORT_FAILED', 'console', { signal: 'spans', exporter: 'console', error: this.#lastError });
      return false;
    }
  }

  /** Lets a quarter of what is held go: whole traces that wait, then spans of those that are still running. */
  #makeRoom(): void {
    const { buffer, traces } = this.#options;
    const held = buffer - Math.ceil(buffer / 4);
    if (traces !== 'all') this.#keepSlowest(traces);
    while (this.#held > held && this.#complete.length > 1) this.#letGo(this.#complete.shift()?.length ?? 0);
    const left = [...[...this.#open.values()].map(({ spans }) => spans), ...this.#complete];
    left.sort((a, b) => b.length - a.length);
    for (const spans of left) {
      if (this.#held <= held) break;
      const thinned = thinTrace(spans, this.#held - held);
      this.#letGo(spans.length - thinned.length);
      spans.splice(0, spans.length, ...thinned);
    }
    report('SPANDREL_BUFFER_FULL', 'console', { signal: 'spans', exporter: 'console', limit: `${buffer} spans` });
  }

  #letGo(count: number): void {
    this.#held -= count;
    this.#dropped.bufferFull += count;
    this.#untold += count;
  }
}
