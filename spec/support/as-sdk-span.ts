/**
 * The SDK's own span with the same story as another: started, written to and ended alike, also beyond its limits.
 */
import { type Context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** Does again what was done to `told`, with a span of the SDK. */
export function asSdkSpan(told: ReadableSpan): ReadableSpan {
  const { traceId, spanId } = told.spanContext();
  const provider = new NodeTracerProvider({
    resource: told.resource,
    idGenerator: { generateTraceId: () => traceId, generateSpanId: () => spanId },
  });
  const { name, version = '' } = told.instrumentationScope;
  const { parentSpanContext } = told;
  const parent: Context =
    parentSpanContext === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parentSpanContext);
  const span = provider
    .getTracer(name, version)
    .startSpan(told.name, { kind: told.kind, startTime: told.startTime }, parent);
  const times = <T>(count: number, work: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => work(n));
  span.setAttributes(told.attributes);
  times(told.droppedAttributesCount, (n) => span.setAttribute(`dropped ${n}`, n));
  // The oldest events and links are the ones that go.
  times(told.droppedEventsCount, () => span.addEvent('dropped', told.startTime));
  for (const event of told.events) span.addEvent(event.name, event.attributes, event.time);
  times(told.droppedLinksCount, () => span.addLink({ context: told.spanContext() }));
  span.addLinks(told.links);
  span.setStatus(told.status);
  span.end(told.endTime);
  return span as unknown as ReadableSpan;
}
