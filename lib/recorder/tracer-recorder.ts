/**
 * A recorder on a tracer of the OpenTelemetry API, whoever's that is: for programs that have an SDK of their own running.
 */
import { type Attributes, type Context, context, type Span, type Tracer, trace } from '@opentelemetry/api';
import { anchorFor, timeAt } from './clock.js';
import { markDiscarded } from './discarded.js';
import { recordFailure } from './recorded-failure.js';
import type { Recorder, Recording } from './recorder.js';
import type { Work } from './surroundings.js';

/** What becomes of a span that there was nothing to tell of. Ours, at the end of the tracer, let go what is marked. */
function endMarked(span: Span): void {
  markDiscarded(span);
  span.end();
}

/** `discard`: what takes a span back, where it does not come to processors of ours. */
export function tracerRecorder(tracer: Tracer, discard: (span: Span) => void = endMarked): Recorder {
  return {
    active: () => context.active(),
    standing: undefined,
    at: (site) => ({
      unheld: () => undefined,
      refused: () => undefined,
      start(name, parent, startedAt, attributes = site.attributes, links = []) {
        const anchor = anchorFor(startedAt);
        const options = { kind: site.kind, attributes, links, startTime: timeAt(startedAt, anchor) };
        return new TracerRecording(tracer.startSpan(name, options, parent), parent, anchor, discard);
      },
    }),
  };
}

class TracerRecording implements Recording {
  readonly context: Context;
  readonly #span: Span;
  readonly #anchor: number;
  readonly #discard: (span: Span) => void;

  constructor(span: Span, parent: Context, anchor: number, discard: (span: Span) => void) {
    this.#span = span;
    this.#anchor = anchor;
    this.#discard = discard;
    this.context = trace.setSpan(parent, span);
  }

  activate(work: Work): void {
    context.with(this.context, work.run, work);
  }

  isRecording(): boolean {
    return this.#span.isRecording();
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes);
  }

  rename(name: string): void {
    this.#span.updateName(name);
  }

  fail(thrown: unknown, at: number): void {
    recordFailure(this.#span, thrown, timeAt(at, this.#anchor));
  }

  finish(endedAt: number): void {
    this.#span.end(timeAt(endedAt, this.#anchor));
  }

  lasts(): void {}

  discard(): void {
    this.#discard(this.#span);
  }
}
