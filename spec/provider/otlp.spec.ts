/**
 * OTLP over HTTP with JSON, received by a real server and decoded: what arrives is what the program did.
 */
import { trace } from '@opentelemetry/api';
import { annotate, bootstrap, Counted, call, log, type Settings, type Telemetry, Timed, Traced } from 'spandrel';
import { OtlpReceiver, plainAttributes } from '../support/otlp-receiver.js';

@Traced({ prefix: 'shop' })
class Shop {
  @Counted('otlp.spec.orders', { unit: '{order}', description: 'Orders', attributes: { kind: call.arg(0) } })
  @Timed('otlp.spec.duration', { buckets: [0.5, 1] })
  async order(kind: string): Promise<string> {
    annotate({ step: 1 });
    log.info('ordering', { kind, cart: { items: 2 } });
    return this.pay(kind);
  }

  async pay(kind: string): Promise<string> {
    if (kind === 'bad') throw new TypeError('no money');
    return kind;
  }
}

let receiver: OtlpReceiver;
let telemetry: Telemetry;

beforeEach(async () => {
  receiver = await OtlpReceiver.start();
});
afterEach(async () => {
  await telemetry.shutdown({ timeoutMs: 200 });
  await receiver.stop();
});

function start(settings: Settings = {}): void {
  telemetry = bootstrap({ ...settings, export: { endpoint: receiver.endpoint, ...settings.export } });
}

test('spans, metrics and logs arrive whole', async () => {
  start({ service: { name: 'shop', version: '1.2.3', namespace: 'trade', environment: 'test', instance: 'i-1' } });
  const shop = new Shop();
  await shop.order('good');
  await shop.order('bad').catch(() => undefined);
  await telemetry.shutdown();

  const spans = receiver.spans();
  const named = (name: string, kind: string) =>
    spans.filter((span) => span.name === name)[kind === 'good' ? 0 : 1] as (typeof spans)[number];
  expect(spans.map(({ name, status }) => [name, status.code]).sort()).toEqual([
    ['shop.order', 0],
    ['shop.order', 2],
    ['shop.pay', 0],
    ['shop.pay', 2],
  ]);
  for (const kind of ['good', 'bad']) {
    const [order, pay] = [named('shop.order', kind), named('shop.pay', kind)];
    expect(pay.parentSpanId).toBe(order.spanId);
    expect(pay.traceId).toBe(order.traceId);
    expect(order.parentSpanId ?? '').toBe('');
  }
  expect(plainAttributes(named('shop.order', 'good').attributes)).toEqual({
    'code.function.name': 'Shop.order',
    step: 1,
  });
  expect(plainAttributes(named('shop.pay', 'bad').attributes)).toEqual({
    'code.function.name': 'Shop.pay',
    'error.type': 'TypeError',
  });
  expect(named('shop.pay', 'bad').status).toEqual({ code: 2, message: 'no money' });
  expect(named('shop.pay', 'bad').events).toMatchObject([{ name: 'exception' }]);

  const [orders] = receiver.lastMetrics().filter(({ name }) => name === 'otlp.spec.orders');
  expect(orders).toMatchObject({ unit: '{order}', description: 'Orders', sum: { isMonotonic: true } });
  expect(
    orders?.sum?.dataPoints.map((point) => [plainAttributes(point.attributes), point.asDouble ?? Number(point.asInt)]),
  ).toEqual([
    [{ kind: 'good' }, 1],
    [{ kind: 'bad', 'error.type': 'TypeError' }, 1],
  ]);
  const [duration] = receiver.lastMetrics().filter(({ name }) => name === 'otlp.spec.duration');
  expect(duration?.histogram?.dataPoints.map((point) => [Number(point.count), point.explicitBounds])).toEqual([
    [1, [0.5, 1]],
    [1, [0.5, 1]],
  ]);

  const logs = receiver.logs();
  expect(logs.map((record) => [record.spanId, record.severityText, record.body.stringValue])).toEqual([
    [named('shop.order', 'good').spanId, 'INFO', 'ordering'],
    [named('shop.order', 'bad').spanId, 'INFO', 'ordering'],
  ]);
  expect(plainAttributes(logs[0]?.attributes ?? [])).toEqual({ kind: 'good', cart: { items: 2 } });

  for (const path of ['/v1/traces', '/v1/metrics', '/v1/logs']) {
    expect(receiver.resource(path)).toMatchObject({
      'service.name': 'shop',
      'service.version': '1.2.3',
      'service.namespace': 'trade',
      'deployment.environment.name': 'test',
      'service.instance.id': 'i-1',
      'process.pid': process.pid,
      'process.runtime.name': 'nodejs',
      'process.runtime.version': process.versions.node,
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.name': 'opentelemetry',
    });
    expect(Object.keys(receiver.resource(path)).filter((name) => /command|owner|host/.test(name))).toEqual([]);
  }
  expect(telemetry.health()).toMatchObject({
    spans: [{ exporter: 'otlp', received: 4, delivered: 4, failed: 0 }],
    logs: [{ exporter: 'otlp', received: 2, delivered: 2, failed: 0 }],
    metrics: [{ exporter: 'otlp', exports: 1, failed: 0 }],
    faults: [],
  });
});

test('headers and compression', async () => {
  start({ export: { headers: { 'x-key': 'k' }, compression: 'gzip' } });
  trace.getTracer('hand').startSpan('made by hand').end();
  await telemetry.shutdown();
  expect(receiver.spans().map(({ name }) => name)).toEqual(['made by hand']);
  expect(receiver.requests[0]?.headers).toMatchObject({
    'x-key': 'k',
    'content-encoding': 'gzip',
    'content-type': 'application/x-protobuf',
  });
});

test('an endpoint with a path keeps it', async () => {
  telemetry = bootstrap({ export: { endpoint: `${receiver.endpoint}/otel/` } });
  trace.getTracer('hand').startSpan('made by hand').end();
  await telemetry.shutdown();
  expect(receiver.requests.map(({ path }) => path)).toEqual(['/otel/v1/traces']);
});

test.each([400, 401, 404, 500])('HTTP %d is a failure that is counted', async (status) => {
  receiver.answer = status;
  start();
  trace.getTracer('hand').startSpan('made by hand').end();
  await telemetry.flush();
  expect(telemetry.health()).toMatchObject({
    spans: [{ received: 1, delivered: 0, failed: 1, lastError: expect.stringMatching(/\S/) as string }],
    faults: [{ code: 'SPANDREL_EXPORT_FAILED', where: 'otlp', count: 1 }],
  });
});

test('a backend that is not there, or never answers, does not hold up shutdown', async () => {
  receiver.answer = 'hang';
  // A request under way keeps the process alive until its own deadline.
  start({ export: { timeoutMs: 300 } });
  const shop = new Shop();
  await shop.order('good');
  await telemetry.shutdown({ timeoutMs: 100 });
  expect(telemetry.health().faults).toMatchObject([{ code: 'SPANDREL_SHUTDOWN_LATE' }]);

  const gone = receiver.endpoint;
  await receiver.stop();
  telemetry = bootstrap({ export: { endpoint: gone, timeoutMs: 300 } });
  expect(await shop.order('good')).toBe('good');
  await telemetry.shutdown({ timeoutMs: 100 });
  expect(telemetry.health().state).toBe('stopped');
});

describe('from the environment', () => {
  const kept = { ...process.env };
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
    Object.assign(process.env, kept);
  });

  test('endpoint, headers, service and resource attributes; code is the stronger', async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = receiver.endpoint;
    process.env.OTEL_EXPORTER_OTLP_HEADERS = 'x-key=from%20env,x-other=o';
    process.env.OTEL_SERVICE_NAME = 'env-shop';
    process.env.OTEL_RESOURCE_ATTRIBUTES = 'service.version=9,team=red,service.name=weaker';
    telemetry = bootstrap({ service: { version: '10' }, export: { headers: { 'x-other': 'code' } } });
    trace.getTracer('hand').startSpan('made by hand').end();
    await telemetry.shutdown();
    expect(receiver.resource('/v1/traces')).toMatchObject({
      'service.name': 'env-shop',
      'service.version': '10',
      team: 'red',
    });
    expect(receiver.requests[0]?.headers).toMatchObject({ 'x-key': 'from env', 'x-other': 'code' });
  });

  test('without any name the service is unknown, as the specification says', async () => {
    start();
    trace.getTracer('hand').startSpan('made by hand').end();
    await telemetry.shutdown();
    expect(receiver.resource('/v1/traces')['service.name']).toBe('unknown_service:node');
    expect(receiver.resource('/v1/traces')['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('one signal may go elsewhere', async () => {
    const other = await OtlpReceiver.start();
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = receiver.endpoint;
    process.env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT = `${other.endpoint}/v1/logs`;
    telemetry = bootstrap();
    log.warn('elsewhere');
    trace.getTracer('hand').startSpan('here').end();
    await telemetry.shutdown();
    expect(receiver.spans()).toHaveLength(1);
    expect(receiver.logs()).toHaveLength(0);
    expect(other.logs()).toHaveLength(1);
    await other.stop();
  });

  test('batch sizes', async () => {
    process.env.OTEL_BSP_MAX_EXPORT_BATCH_SIZE = '2';
    process.env.OTEL_BSP_MAX_QUEUE_SIZE = '5';
    start();
    for (let i = 0; i < 6; i += 1) trace.getTracer('hand').startSpan('s').end();
    await telemetry.shutdown();
    expect(telemetry.health().spans).toMatchObject([{ delivered: 5, dropped: { bufferFull: 1 } }]);
    expect(receiver.requests.filter(({ path }) => path === '/v1/traces')).toHaveLength(3);
  });

  test('what cannot be read is told of once and ignored', async () => {
    process.env.OTEL_BSP_SCHEDULE_DELAY = 'soon';
    process.env.OTEL_METRIC_EXPORT_INTERVAL = '-5';
    process.env.OTEL_EXPORTER_OTLP_PROTOCOL = 'smoke';
    start();
    expect(telemetry.health().faults.map(({ code, where, first }) => [code, where, first.split('. So')[0]])).toEqual([
      [
        'SPANDREL_ENVIRONMENT_IGNORED',
        'OTEL_EXPORTER_OTLP_PROTOCOL',
        expect.stringContaining('"smoke" cannot be read'),
      ],
      ['SPANDREL_ENVIRONMENT_IGNORED', 'OTEL_BSP_SCHEDULE_DELAY', expect.stringContaining('"soon" cannot be read')],
      ['SPANDREL_ENVIRONMENT_IGNORED', 'OTEL_METRIC_EXPORT_INTERVAL', expect.stringContaining('"-5" cannot be read')],
    ]);
  });
});
