/**
 * The recorder on a tracer of the API, for an SDK that is not the one we know: spans are that SDK's, and tell the same.
 */
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { sdkTracing } from '../../lib/provider/sdk-tracing.js';
import { isDiscarded } from '../../lib/recorder/discarded.js';
import type { Recorder } from '../../lib/recorder/recorder.js';
import { tracerRecorder } from '../../lib/recorder/tracer-recorder.js';
import { KeepingExporter } from '../support/keeping-exporter.js';
import { EndedSpans, recorderOf } from '../support/recorder-of.js';

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

const site = { kind: SpanKind.CLIENT, attributes: { fixed: 1 }, more: ['more'] };
const wrong = new TypeError('wrong');
const links = [{ context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 } }];

/** The same story told to a recorder; the spans as plain values. */
function told(recorder: Recorder, ended: () => readonly ReadableSpan[]): unknown {
  const spans = recorder.at(site);
  const outer = spans.start('outer', recorder.active(), 1000, undefined, undefined);
  let inside: unknown;
  outer.activate({
    run() {
      inside = trace.getActiveSpan()?.spanContext();
      const inner = spans.start('inner', recorder.active(), 1001, { fixed: 1, more: 'x' }, links);
      inner.fail(wrong, 1002.5);
      inner.finish(1003.25);
    },
  });
  expect(recorder.active()).toBe(ROOT_CONTEXT);
  outer.set({ later: true });
  outer.rename('renamed');
  outer.finish(1004);
  const [inner, renamed] = ended();
  expect(inside).toEqual(renamed?.spanContext());
  expect(inner?.parentSpanContext).toEqual(renamed?.spanContext());
  return ended().map(({ name, kind, attributes, status, events, links, startTime, endTime, duration }) => ({
    ...{ name, kind, attributes, status, events, links, startTime, endTime, duration },
  }));
}

test('both recorders tell the same', () => {
  const exporter = new KeepingExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const bySdk = told(tracerRecorder(provider.getTracer('spec')), () => exporter.getFinishedSpans());
  const sink = new EndedSpans();
  expect(bySdk).toEqual(told(recorderOf({ sink }), () => sink.ended));
  expect(bySdk).toMatchObject([
    { name: 'inner', kind: SpanKind.CLIENT, status: { code: SpanStatusCode.ERROR }, duration: [0, 2_250_000] },
    { name: 'renamed', attributes: { fixed: 1, later: true } },
  ]);
});

test('what was taken back ends, marked as such', () => {
  const exporter = new KeepingExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  tracerRecorder(provider.getTracer('spec')).at(site).start('s', ROOT_CONTEXT, 1, undefined, undefined).discard();
  expect(exporter.getFinishedSpans().map(isDiscarded)).toEqual([true]);
});

test('limits and sampler are taken from the SDK we know, and from no other', () => {
  const known = sdkTracing(new NodeTracerProvider().getTracer('spec'));
  expect(known?.sampling).toEqual({ followsParent: true, otherwise: true });
  expect(known?.bounds.attributeCountLimit).toBe(128);
  expect(sdkTracing(trace.getTracer('none'))).toBeUndefined();
  expect(
    sdkTracing({ ...trace.getTracer('none'), _sampler: { shouldSample() {} }, _spanLimits: {} } as never),
  ).toBeUndefined();
  expect(sdkTracing({ ...trace.getTracer('none'), _sampler: 'always_on' } as never)).toBeUndefined();
});
