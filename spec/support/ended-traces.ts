/**
 * Spans that have ended, as a queue gets them: woven ones and the SDK's, by whole traces.
 */
import { type Context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { EndedSpans, recorderOf } from './recorder-of.js';

export type Make = 'woven' | 'sdk' | 'woven below sdk';

export interface TraceShape {
  readonly make: Make;
  readonly spans: number;
  /** Which of them fails, by the order in which they end. */
  readonly failing: number | undefined;
  /** Characters of an attribute of each. */
  readonly text: number;
}

const ended = new EndedSpans();
const site = recorderOf({ sink: ended }).at({ kind: 0, attributes: {}, more: ['text'] });
const tracer = new NodeTracerProvider({
  spanProcessors: [
    {
      onStart: () => undefined,
      onEnd: (span) => ended.onEnd(span),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
  ],
}).getTracer('spec');

/** A span, and the Context below it. */
interface Begun {
  readonly below: Context;
  end(isFailed: boolean): void;
}

function woven(parent: Context, text: string): Begun {
  const span = site.start('woven', parent, performance.now(), { text }, undefined);
  return {
    below: span.context ?? ROOT_CONTEXT,
    end(isFailed) {
      if (isFailed) span.fail(new Error('no'), performance.now());
      span.finish(performance.now());
    },
  };
}

function sdk(parent: Context, text: string): Begun {
  const span = tracer.startSpan('sdk', { attributes: { text } }, parent);
  return {
    below: trace.setSpan(parent, span),
    end(isFailed) {
      if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** The spans of a trace, in the order they end: its root last, those below it before. */
export function endedTrace({ make, spans, failing, text }: TraceShape): readonly ReadableSpan[] {
  const root = (make === 'woven' ? woven : sdk)(ROOT_CONTEXT, 'x'.repeat(text));
  const below = Array.from({ length: spans - 1 }, () => (make === 'sdk' ? sdk : woven)(root.below, 'x'.repeat(text)));
  for (const [at, span] of [...below, root].entries()) span.end(at === failing);
  return ended.ended.splice(0);
}
