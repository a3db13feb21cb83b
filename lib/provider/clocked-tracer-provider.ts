/**
 * The SDK's tracer provider, with the times of our clock where the program gave none: the SDK reads those of the process. It
 * says so through the API's own parameters, so it needs to know nothing of the SDK's spans.
 */
import { type Attributes, isSpanContextValid, type Span, type TimeInput, type Tracer } from '@opentelemetry/api';
import { isTimeInput } from '@opentelemetry/core';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { timeNow } from '../recorder/clock.js';

const clocked = new WeakSet<Tracer>();

export class ClockedTracerProvider extends NodeTracerProvider {
  override getTracer(
    ...given: Parameters<NodeTracerProvider['getTracer']>
  ): ReturnType<NodeTracerProvider['getTracer']> {
    const tracer = super.getTracer(...given);
    // The SDK hands out the same tracer again.
    if (clocked.has(tracer)) return tracer;
    clocked.add(tracer);
    const start = tracer.startSpan.bind(tracer);
    tracer.startSpan = (name, options = {}, parent) =>
      withTimes(start(name, { ...options, startTime: options.startTime ?? timeNow() }, parent));
    return tracer;
  }
}

function withTimes<S extends Span>(span: S): S {
  if (!span.isRecording() || !isSpanContextValid(span.spanContext())) return span;
  const end = span.end.bind(span);
  const addEvent = span.addEvent.bind(span);
  return Object.assign(span, {
    end: (time: TimeInput = timeNow()) => end(time),
    addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): S {
      if (isTimeInput(attributesOrTime)) addEvent(name, attributesOrTime, time);
      else addEvent(name, attributesOrTime, time ?? timeNow());
      return span;
    },
  });
}
