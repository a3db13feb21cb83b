/**
 * A real Prometheus scrapes the endpoint, and answers PromQL with the program's own sums; promtool finds nothing to complain of.
 */
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { metrics } from '@opentelemetry/api';
import { bootstrap, type Settings, type Telemetry } from 'spandrel';
import { prometheusProgram } from './parts/install-prometheus.js';
import { runCommand } from './parts/run-command.js';
import { Collector } from './world/collector.js';
import { CountingReceiver } from './world/counting-receiver.js';
import { answersOf, expectAnswers } from './world/expect-answers.js';
import { expectSums, expectTrees } from './world/expect-arrived.js';
import { Prometheus } from './world/prometheus.js';
import { scrapedAt } from './world/scraped-at.js';
import { ordersFrom, serve } from './world/shop.js';

let telemetry: Telemetry;
let prometheus: Prometheus | undefined;

afterEach(async () => {
  await telemetry?.shutdown({ timeoutMs: 1000 });
  await prometheus?.stop();
  prometheus = undefined;
});

async function start(settings: Settings['export'] = { protocol: 'none' }): Promise<string> {
  telemetry = bootstrap({ service: 'shop', export: { ...settings, prometheus: { port: 0 } } });
  return scrapedAt(telemetry);
}

const answers = (promql: string): Promise<Record<string, number>> => answersOf(prometheus as Prometheus, promql);

async function expectValid(text: string): Promise<void> {
  expect(
    await runCommand(prometheusProgram('promtool'), ['check', 'metrics'], { timeoutMs: 10_000, input: text }),
  ).toBe('');
}

const textOf = async (address: string): Promise<string> => (await fetch(address)).text();

/** What comes of connecting to it. */
async function connecting(host: string, port: string): Promise<string | undefined> {
  const socket = connect({ host: host.replace(/[[\]]/g, ''), port: Number(port), timeout: 5000 });
  const result = await new Promise<string | undefined>((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('timeout', () => resolve('timeout'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
  });
  socket.destroy();
  return result;
}

test('PromQL answers with the exact sums, again after more was done', async () => {
  const address = await start();
  prometheus = await Prometheus.start(address);
  // Before anything was counted.
  await prometheus.scraped();
  const [first, then] = [ordersFrom(0, 100), ordersFrom(100, 50)];
  await serve(first);
  await prometheus.scraped();
  await expectAnswers(prometheus, first);
  await serve(then);
  await prometheus.scraped();
  await expectAnswers(prometheus, [...first, ...then]);
  expect(await answers('sum by (service_name) (target_info)')).toEqual({ '{"service_name":"shop"}': 1 });
  await expectValid(await textOf(address));
  expect(telemetry.health()).toMatchObject({ metrics: [{ exporter: 'prometheus', failed: 0 }], faults: [] });
});

test('beside OTLP, each tells all of it', async () => {
  const receiver = await CountingReceiver.start();
  const collector = await Collector.start({ to: receiver.endpoint });
  try {
    prometheus = await Prometheus.start(await start({ protocol: 'http/protobuf', endpoint: collector.http }));
    const orders = ordersFrom(0, 60);
    await serve(orders);
    await prometheus.scraped();
    await telemetry.flush({ timeoutMs: 20_000 });
    await expectAnswers(prometheus, orders);
    expectSums(receiver, orders);
    expectTrees(receiver, orders);
  } finally {
    await telemetry?.shutdown({ timeoutMs: 1000 });
    await collector?.stop();
    await receiver?.stop();
  }
});

test('values and names that text formats stumble over arrive as they were', async () => {
  const address = await start();
  prometheus = await Prometheus.start(address);
  const odd = metrics.getMeter('odd');
  const value = 'a "quote", a \\ and a\nline, ünïcode 🦊';
  odd.createCounter('odd.values', { description: 'Two\nlines \\ and "quotes"' }).add(3, { value });
  odd.createCounter('odd.flags').add(4, { yes: true, list: ['a', 'b'], 'with-dash': 1.5 });
  odd.createUpDownCounter('odd.small').add(-0.1);
  odd.createGauge('odd.huge').record(1e300);
  odd.createGauge('odd.endless').record(Number.POSITIVE_INFINITY);
  await prometheus.scraped();
  expect(await answers('sum by (value) (odd_values_total)')).toEqual({ [JSON.stringify({ value })]: 3 });
  expect(await answers('sum by (yes, list, with_dash) (odd_flags_total)')).toEqual({
    [JSON.stringify({ list: '["a","b"]', with_dash: '1.5', yes: 'true' })]: 4,
  });
  expect(await answers('sum(odd_small)')).toEqual({ '{}': -0.1 });
  expect(await answers('sum(odd_huge)')).toEqual({ '{}': 1e300 });
  expect(await answers('sum(odd_endless)')).toEqual({ '{}': Number.POSITIVE_INFINITY });
  await expectValid(await textOf(address));
});

test('labels and metrics that become one in Prometheus cost no scrape', async () => {
  const address = await start();
  prometheus = await Prometheus.start(address);
  const [one, other] = [metrics.getMeter('one'), metrics.getMeter('other')];
  one.createCounter('odd.joined').add(1, { 'a.b': 'x', a_b: 2, '1st': true });
  one.createCounter('odd.taken').add(2, { 'otel.scope.name': 'mine', 名: 'name' });
  one.createHistogram('odd.bounds', { advice: { explicitBucketBoundaries: [1] } }).record(0.5, { le: 'mine' });
  one.createCounter('odd.twice', { description: 'One' }).add(3);
  other.createCounter('odd.twice', { description: 'Other' }).add(4);
  other.createUpDownCounter('odd.bounds_count').add(7);
  await prometheus.scraped();
  expect(await answers('sum by (a_b, key_1st) (odd_joined_total)')).toEqual({ '{"a_b":"x;2","key_1st":"true"}': 1 });
  expect(await answers('sum by (exported_otel_scope_name, _, otel_scope_name) (odd_taken_total)')).toEqual({
    [JSON.stringify({ _: 'name', exported_otel_scope_name: 'mine', otel_scope_name: 'one' })]: 2,
  });
  expect(await answers('sum by (exported_le) (odd_bounds_bucket{le="1"})')).toEqual({ '{"exported_le":"mine"}': 1 });
  expect(await answers('sum by (otel_scope_name) (odd_twice_total)')).toEqual({
    '{"otel_scope_name":"one"}': 3,
    '{"otel_scope_name":"other"}': 4,
  });
  expect(await answers('sum by (otel_scope_name) (odd_bounds_count)')).toEqual({
    '{"otel_scope_name":"one"}': 1,
    '{"otel_scope_name":"other"}': 7,
  });
  await expectValid(await textOf(address));
});

test('one that asks as Prometheus 3 does is told the format that it gets', async () => {
  const address = await start();
  await serve(ordersFrom(0, 10));
  const accept = [
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6',
    'application/openmetrics-text;version=0.0.1;q=0.5',
    'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4',
    'text/plain;version=0.0.4;q=0.3',
    '*/*;q=0.2',
  ].join(',');
  const response = await fetch(address, { headers: { accept, 'accept-encoding': 'gzip' } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  await expectValid(await response.text());
});

test('unless it is told otherwise it can be reached from this machine alone', async () => {
  const { hostname, port } = new URL(await start());
  expect(['127.0.0.1', '[::1]']).toContain(hostname);
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) expect(await connecting(address, port)).toBe('ECONNREFUSED');
});

test('where it was scraped nothing listens after shutdown', async () => {
  const address = await start();
  const { hostname, port } = new URL(address);
  expect(await connecting(hostname, port)).toBe('connected');
  await telemetry.shutdown();
  expect(await connecting(hostname, port)).toBe('ECONNREFUSED');
});
