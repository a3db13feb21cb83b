/**
 * What is sent of woven spans, field by field, is what is sent of the SDK's; and the SDK's limits are those of both.
 */
import { type Attributes, context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { bootstrap, call, Traced } from 'spandrel';
import { asSdkSpan } from '../support/as-sdk-span.js';
import { KeepingExporter } from '../support/keeping-exporter.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';

const many = (count: number): Attributes => Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, n]));

class Mill {
  @Traced({
    kind: 'server',
    attributes: { 'mill.kind': 'water', grains: call.arg(0), 'flour.kg': call.result('length') },
  })
  grind(grains: string[]): string[] {
    return grains.map((grain) => this.sift(grain));
  }

  @Traced({ kind: 'consumer', attributes: { grain: call.arg(0), ratio: 0.5, fine: true, list: [1, 2.5, 3] } })
  sift(grain: string): string {
    const span = trace.getActiveSpan();
    span?.addEvent('sifted', { grain, sieve: [1, 2] }).setStatus({ code: SpanStatusCode.OK });
    return grain.toUpperCase();
  }

  @Traced()
  async bake(): Promise<never> {
    await Promise.resolve();
    throw new RangeError('burnt');
  }

  @Traced()
  overflow(): void {
    const span = trace.getActiveSpan();
    span?.setAttributes(many(140));
    for (let n = 0; n < 130; n += 1) {
      span?.addEvent(`event ${n}`, many(2));
      span?.addLink({ context: { traceId: 'e'.repeat(32), spanId: 'f'.repeat(16), traceFlags: 1 }, attributes: { n } });
    }
    span?.updateName('too much');
  }
}

test('10,000 spans of every kind', async () => {
  const receiver = await OtlpReceiver.start();
  const kept = new KeepingExporter();
  const telemetry = bootstrap({
    service: 'mill',
    export: { protocol: 'http/json', endpoint: receiver.endpoint, spanExporters: [kept] },
    batch: { buffer: 20_000 },
  });
  const mill = new Mill();
  const remote = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: 'vendor=1,other=2' };
  for (let n = 0; n < 1650; n += 1) {
    const around = n % 3 === 0 ? propagation.extract(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    await context.with(around, async () => {
      mill.grind(['rye', 'oats', '', 'ß']);
      await expect(mill.bake()).rejects.toThrow('burnt');
    });
    if (n % 16 === 0) mill.overflow();
  }
  await telemetry.shutdown();
  const sent = receiver.requests.filter(({ path }) => path === '/v1/traces');
  const woven = sent.flatMap(({ body }) => spansIn(body));
  expect(woven).toHaveLength(1650 * 6 + 104);
  receiver.requests.length = 0;

  const exporter = new OTLPTraceExporter({ url: `${receiver.endpoint}/v1/traces` });
  const sdk = kept.getFinishedSpans().map(asSdkSpan);
  for (let from = 0; from < sdk.length; from += 1000) await exported(exporter, sdk.slice(from, from + 1000));
  const expected = receiver.requests.flatMap(({ body }) => spansIn(body));
  const byId = new Map(expected.map((one) => [one['spanId'], one]));
  expect(byId.size).toBe(woven.length);
  const different = woven.filter((one) => JSON.stringify(one) !== JSON.stringify(byId.get(one['spanId'])));
  expect(different.slice(0, 2).map((one) => [one, byId.get(one['spanId'])])).toEqual([]);
  // The fields around the spans, which both have once a request.
  expect(frameOf(sent[0]?.body)).toEqual(frameOf(receiver.requests[0]?.body));
  await exporter.shutdown();
  await receiver.stop();
});

type Body = Record<string, unknown>;
type Frame = { resourceSpans: { resource: Body; scopeSpans: { scope: Body; spans: Body[] }[] }[] };

const scopesIn = (body: unknown) => (body as Frame).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans);

const spansIn = (body: unknown): Body[] => scopesIn(body).flatMap(({ spans }) => spans);

const frameOf = (body: unknown): unknown =>
  (body as Frame).resourceSpans.map(({ scopeSpans, ...rest }) => ({
    ...rest,
    scopes: scopeSpans.map(({ spans, ...scope }) => ({ ...scope, some: spans.length > 0 })),
  }));

function exported(exporter: OTLPTraceExporter, spans: ReadableSpan[]): Promise<void> {
  return new Promise((resolve, reject) => {
    exporter.export(spans, ({ code, error }) => (code === 0 ? resolve() : reject(error ?? new Error('not taken'))));
  });
}

describe('limits of the environment', () => {
  const { env } = process;
  afterEach(() => {
    process.env = env;
  });

  /** A woven span and one made by hand, after the same was done to both. */
  async function both(limits: Record<string, string>): Promise<unknown[]> {
    process.env = { ...env, ...limits };
    const kept = new KeepingExporter();
    const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [kept] } });
    const mill = new Mill();
    mill.overflow();
    trace
      .getTracer('hand')
      .startActiveSpan('by hand', { attributes: { 'code.function.name': 'Mill.overflow' } }, (span) => {
        Reflect.apply(bare, mill, []);
        span.end();
      });
    await telemetry.shutdown();
    return kept
      .getFinishedSpans()
      .map((span) => [
        span.name,
        span.attributes,
        span.events.map(({ name, attributes, droppedAttributesCount }) => [name, attributes, droppedAttributesCount]),
        span.links,
        [span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount],
      ]);
  }

  // Before bootstrap it is the method as it was written.
  const bare = Mill.prototype.overflow;

  test.each([
    [{}],
    [{ OTEL_ATTRIBUTE_COUNT_LIMIT: '3', OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '4' }],
    [{ OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '0', OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '2' }],
    [{ OTEL_SPAN_EVENT_COUNT_LIMIT: '2', OTEL_SPAN_LINK_COUNT_LIMIT: '1' }],
    [{ OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT: '1', OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT: '0' }],
    [{ OTEL_SPAN_EVENT_COUNT_LIMIT: 'many' }],
  ])('%j', async (limits) => {
    const [woven, sdk] = await both(limits);
    // Where a text was cut, a woven span says so, and the SDK's does not.
    expect(JSON.parse(JSON.stringify(woven).replace('"Mil…"', '"Mill"'))).toEqual(JSON.parse(JSON.stringify(sdk)));
  });
});
