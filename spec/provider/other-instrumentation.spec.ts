/**
 * Spans made by hand or by other instrumentations, and contexts that come from elsewhere, take the same road as ours.
 */
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { bootstrap, Traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';

class Mill {
  @Traced()
  grind(): string {
    return 'flour';
  }
}

test('W3C trace context and baggage are read and written', async () => {
  const telemetry = bootstrap({ export: { protocol: 'none' } });
  const carrier = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', baggage: 'tenant=blue' };
  const extracted = propagation.extract(ROOT_CONTEXT, carrier);
  expect(trace.getSpanContext(extracted)).toMatchObject({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    isRemote: true,
  });
  expect(propagation.getBaggage(extracted)?.getEntry('tenant')?.value).toBe('blue');
  const written: Record<string, string> = {};
  trace.getTracer('x').startActiveSpan('here', {}, extracted, (span) => {
    propagation.inject(context.active(), written);
    expect(written).toEqual({
      traceparent: `00-0af7651916cd43dd8448eb211c80319c-${span.spanContext().spanId}-01`,
      baggage: 'tenant=blue',
    });
    span.end();
  });
  await telemetry.shutdown();
});

test('hand-made spans and woven ones nest in both directions', async () => {
  class Outer {
    @Traced()
    run(): void {
      trace.getTracer('hand').startActiveSpan('by hand', (span) => {
        new Mill().grind();
        span.end();
      });
    }
  }
  const exporter = new KeepingExporter();
  const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
  new Outer().run();
  await telemetry.shutdown();
  const [grind, hand, run] = exporter.getFinishedSpans();
  expect([grind?.name, hand?.name, run?.name]).toEqual(['Mill.grind', 'by hand', 'Outer.run']);
  expect(grind?.parentSpanContext?.spanId).toBe(hand?.spanContext().spanId);
  expect(hand?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
  expect(run?.parentSpanContext).toBeUndefined();
  expect(grind?.instrumentationScope).toMatchObject({ name: 'spandrel' });
});
