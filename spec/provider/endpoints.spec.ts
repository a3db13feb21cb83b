/**
 * `export.endpoints`: several receivers in place of one. All that is told of a trace arrives at one of them, whoever made its
 * spans and in whatever order the receivers are listed; one that is away costs its share and nothing else.
 */
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { bootstrap, Counted, call, log, type Settings, type Telemetry, Traced } from 'spandrel';
import { OtlpGrpcReceiver } from '../support/otlp-grpc-receiver.js';
import { OtlpReceiver, type OtlpRequest } from '../support/otlp-receiver.js';

class Mill {
  @Traced('mill.order')
  @Counted('mill.orders')
  order(item: string): void {
    log.info('ordered', { item });
    trace.getTracer('by hand').startActiveSpan('by hand', (span) => {
      this.grind(item);
      span.end();
    });
  }

  @Traced('mill.grind')
  grind(item: string): string {
    return item;
  }

  @Traced({ name: 'mill.take', kind: 'consumer', parent: call.arg(0) })
  take(_headers: Record<string, string>): void {}
}

interface Receiving {
  readonly endpoint: string;
  readonly requests: readonly OtlpRequest[];
  stop(): Promise<void>;
}

let receivers: Receiving[];
let telemetry: Telemetry;

async function start(receive: () => Promise<Receiving>, settings: Settings = {}, count = 3): Promise<void> {
  receivers = await Promise.all(Array.from({ length: count }, receive));
  const endpoints = receivers.map(({ endpoint }) => endpoint);
  telemetry = bootstrap({ ...settings, export: { endpoints, ...settings.export } });
}

afterEach(async () => {
  await telemetry.shutdown({ timeoutMs: 100 });
  await Promise.all(receivers.map((receiver) => receiver.stop()));
});

interface Told {
  readonly name?: string;
  readonly traceId?: string;
}

/** All that a receiver was told of one signal. */
function told({ requests }: Receiving, path: '/v1/traces' | '/v1/logs' | '/v1/metrics'): Told[] {
  return requests
    .filter((request) => request.path === path)
    .flatMap(({ body }) => Object.values(body) as Record<string, Record<string, Told[]>[]>[][])
    .flat()
    .flatMap((resource) => Object.values(resource).filter(Array.isArray).flat())
    .flatMap((scope) => Object.values(scope).filter(Array.isArray).flat() as Told[]);
}

const tracesAt = (receiver: Receiving, path: '/v1/traces' | '/v1/logs' = '/v1/traces'): Set<string | undefined> =>
  new Set(told(receiver, path).map(({ traceId }) => traceId));

async function grpcReceiver(): Promise<Receiving> {
  const receiver = await OtlpGrpcReceiver.start();
  return Object.assign(receiver, { endpoint: `http://${receiver.address}` });
}

const protocols = [
  ['http/json', () => OtlpReceiver.start()],
  ['http/protobuf', () => OtlpReceiver.start()],
  ['grpc', grpcReceiver],
] as const;

test.each(protocols)('%s: every trace is whole at one of them, with its log records', async (protocol, receive) => {
  await start(receive, { export: { protocol } });
  const mill = new Mill();
  for (let n = 0; n < 60; n += 1) mill.order(`${n}`);
  await telemetry.shutdown();
  const seen = new Set<string | undefined>();
  for (const receiver of receivers) {
    const traces = tracesAt(receiver);
    expect(traces.size).toBeGreaterThan(5);
    expect(told(receiver, '/v1/traces')).toHaveLength(3 * traces.size);
    expect(tracesAt(receiver, '/v1/logs')).toEqual(traces);
    for (const id of traces) {
      expect(seen).not.toContain(id);
      seen.add(id);
    }
  }
  expect(seen.size).toBe(60);
  expect(receivers.filter((receiver) => told(receiver, '/v1/metrics').length > 0)).toHaveLength(1);
  const { spans, logs, metrics, faults } = telemetry.health();
  const names = receivers.map(({ endpoint }) => `otlp ${endpoint}`).sort();
  expect(spans.map(({ exporter }) => exporter)).toEqual(names);
  expect(logs.map(({ exporter }) => exporter)).toEqual(names);
  expect(names).toContain(metrics[0]?.exporter);
  for (const { exporter, delivered } of spans) {
    const receiver = receivers.find(({ endpoint }) => exporter === `otlp ${endpoint}`) as Receiving;
    expect(delivered).toBe(told(receiver, '/v1/traces').length);
  }
  expect(faults).toEqual([]);
});

test('a process further down sends its part to the same, whatever the order of its list', async () => {
  await start(() => OtlpReceiver.start());
  const headers = Array.from({ length: 40 }, () =>
    trace.getTracer('up').startActiveSpan('up', { kind: SpanKind.PRODUCER }, (span) => {
      const written: Record<string, string> = {};
      propagation.inject(context.active(), written);
      span.end();
      return written;
    }),
  );
  await telemetry.shutdown();
  telemetry = bootstrap({ export: { endpoints: receivers.map(({ endpoint }) => `${endpoint}/`).reverse() } });
  for (const [at, written] of headers.entries()) {
    if (at % 2 === 0) new Mill().take(written);
    else trace.getTracer('down').startSpan('down', {}, propagation.extract(context.active(), written)).end();
  }
  await telemetry.shutdown();
  const traces = receivers.map((receiver) => tracesAt(receiver));
  expect(traces.map(({ size }) => size).reduce((sum, size) => sum + size)).toBe(40);
  expect(receivers.map((receiver) => told(receiver, '/v1/traces').length)).toEqual(traces.map(({ size }) => 2 * size));
});

test('what belongs to no trace goes where the instance says, run after run', async () => {
  await start(() => OtlpReceiver.start(), { service: { instance: 'mill-7' } });
  const homes: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    for (const { requests } of receivers) (requests as OtlpRequest[]).length = 0;
    log.warn('outside of every span');
    new Mill().order('counted');
    await telemetry.shutdown();
    const home = receivers.findIndex((receiver) => told(receiver, '/v1/metrics').length > 0);
    expect(told(receivers[home] as Receiving, '/v1/logs')).toContainEqual(
      expect.objectContaining({ body: { stringValue: 'outside of every span' } }),
    );
    homes.push(home);
    const endpoints = receivers.map(({ endpoint }) => endpoint);
    telemetry = bootstrap({ service: { instance: 'mill-7' }, export: { endpoints } });
  }
  expect(new Set(homes).size).toBe(1);
});

test('one that is away costs its own traces, and holds up no other', async () => {
  await start(() => OtlpReceiver.start(), { batch: { size: 10 }, export: { timeoutMs: 300 } });
  const [away, ...others] = receivers as [Receiving, ...Receiving[]];
  const gone = away.endpoint;
  await away.stop();
  const mill = new Mill();
  for (let n = 0; n < 60; n += 1) mill.order(`${n}`);
  await telemetry.flush({ timeoutMs: 10_000 });
  const { spans } = telemetry.health();
  expect(spans.reduce((sum, { received }) => sum + received, 0)).toBe(180);
  for (const { exporter, received, delivered, failed, lastError } of spans) {
    const isAway = exporter === `otlp ${gone}`;
    expect([delivered, failed]).toEqual(isAway ? [0, received] : [received, 0]);
    expect(lastError === undefined).toBe(!isAway);
  }
  const arrived = others.flatMap((receiver) => [...tracesAt(receiver)]);
  expect(others.flatMap((receiver) => told(receiver, '/v1/traces'))).toHaveLength(3 * arrived.length);
});

test('one that does not answer fills its own part of the buffer, and the others work on', async () => {
  await start(
    () => OtlpReceiver.start(),
    { batch: { buffer: 40, size: 1, intervalMs: 60_000 }, export: { timeoutMs: 1000 } },
    4,
  );
  const [stuck, ...others] = receivers as [OtlpReceiver, ...OtlpReceiver[]];
  stuck.answer = 'hang';
  const of = ({ endpoint }: Receiving) =>
    telemetry.health().spans.find(({ exporter }) => exporter === `otlp ${endpoint}`);
  const isIdle = (receiver: Receiving): boolean => of(receiver)?.waiting === 0;
  for (let n = 0; n < 200; n += 1) {
    new Mill().grind(`${n}`);
    while (!others.every(isIdle)) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(of(stuck)).toMatchObject({ waiting: 10, delivered: 0 });
  expect(of(stuck)?.dropped.bufferFull).toBe((of(stuck)?.received ?? 0) - 10);
  for (const other of others) expect(of(other)?.delivered).toBe(of(other)?.received);
  expect(telemetry.health().spans.reduce((sum, { received }) => sum + received, 0)).toBe(200);
});

test('together they hold no more than one would', async () => {
  await start(() => OtlpReceiver.start(), { batch: { buffer: 40, size: 40, intervalMs: 60_000 } }, 4);
  for (let n = 0; n < 200; n += 1) new Mill().grind(`${n}`);
  expect(telemetry.health().spans.map(({ waiting }) => waiting)).toEqual([10, 10, 10, 10]);
});

test('a single one is as `endpoint`, but for its name', async () => {
  await start(() => OtlpReceiver.start(), {}, 1);
  new Mill().order('one');
  await telemetry.shutdown();
  expect(told(receivers[0] as Receiving, '/v1/traces')).toHaveLength(3);
  expect(telemetry.health().spans).toMatchObject([{ exporter: `otlp ${receivers[0]?.endpoint}`, delivered: 3 }]);
});

test('the variables for addresses are not asked', async () => {
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:1';
  process.env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT = 'http://127.0.0.1:1/v1/logs';
  try {
    await start(() => OtlpReceiver.start(), {}, 2);
    new Mill().order('one');
    await telemetry.shutdown();
    expect(telemetry.health().faults).toEqual([]);
    expect(receivers.flatMap((receiver) => told(receiver, '/v1/traces'))).toHaveLength(3);
    expect(receivers.flatMap((receiver) => told(receiver, '/v1/logs'))).toHaveLength(1);
  } finally {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    delete process.env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT;
  }
});

test('who logs in stands in no name', async () => {
  await start(() => OtlpReceiver.start(), {
    export: { endpoints: ['http://user:secret@127.0.0.1:9/base/'], timeoutMs: 1 },
  });
  expect(JSON.stringify(telemetry.health())).not.toContain('secret');
  expect(telemetry.health().spans[0]?.exporter).toBe('otlp http://127.0.0.1:9/base');
});
