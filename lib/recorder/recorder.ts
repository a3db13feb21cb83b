/**
 * Holds a span while it runs. Advice says when it starts, what it carries and how it ends; how that becomes an
 * OpenTelemetry span is settled in this room alone, so that what is inside can be replaced.
 */
import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { ATTR_ERROR_TYPE, EVENT_EXCEPTION } from '../conventions/attributes.js';
import { exceptionAttributes, failureOf } from '../conventions/failure.js';
import { anchorFor, timeAt } from './clock.js';

/** What is known of a span as it starts. */
export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly parent: Context;
  readonly attributes: Attributes;
  readonly links: Link[] | undefined;
  /** `performance.now()` of the call's entry. */
  readonly startedAt: number;
}

/** A span that is running. */
export interface Recording {
  /** Runs `work` with this span as the active one. Handed over as it is: a function around it would cost stack. */
  activate(work: { run(): void }): void;
  set(attributes: Attributes): void;
  rename(name: string): void;
  /** Status ERROR, `error.type` and an exception event for what was thrown; `at` is `performance.now()`. */
  fail(thrown: unknown, at: number): void;
  /** Ends the span; `endedAt` is `performance.now()`. */
  end(endedAt: number): void;
  /** There was nothing to tell after all: it ends, and goes to nobody. */
  discard(): void;
}

export interface Recorder {
  start(span: SpanStart): Recording;
}

/** A recorder on a tracer of the OpenTelemetry API. */
export function tracerRecorder(tracer: Tracer): Recorder {
  return {
    start({ name, kind, parent, attributes, links, startedAt }) {
      const anchor = anchorFor(startedAt);
      const startTime = timeAt(startedAt, anchor);
      const options = { kind, attributes, startTime, ...(links === undefined ? {} : { links }) };
      return new TracerRecording(tracer.startSpan(name, options, parent), parent, anchor);
    },
  };
}

const discarded = new WeakSet<object>();

/** Whether a span is to go to nobody: what ends it hears of it all the same, to let go of what it keeps. */
export function isDiscarded(span: object): boolean {
  return discarded.has(span);
}

class TracerRecording implements Recording {
  readonly #span: Span;
  readonly #context: Context;
  readonly #anchor: number;

  constructor(span: Span, parent: Context, anchor: number) {
    this.#span = span;
    this.#anchor = anchor;
    this.#context = trace.setSpan(parent, span);
  }

  activate(work: { run(): void }): void {
    context.with(this.#context, work.run, work);
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes);
  }

  rename(name: string): void {
    this.#span.updateName(name);
  }

  fail(thrown: unknown, at: number): void {
    const failure = failureOf(thrown);
    this.#span.setAttribute(ATTR_ERROR_TYPE, failure.type);
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
    this.#span.addEvent(EVENT_EXCEPTION, exceptionAttributes(failure), timeAt(at, this.#anchor));
  }

  end(endedAt: number): void {
    this.#span.end(timeAt(endedAt, this.#anchor));
  }

  discard(): void {
    discarded.add(this.#span);
    this.#span.end();
  }
}
