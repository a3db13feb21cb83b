/**
 * The address that Prometheus scrapes: what it answers, where it listens, and what becomes of it when the port is taken, the program
 * fails, or telemetry stops. (What a real Prometheus makes of it: `spec/backends`.)
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metrics } from '@opentelemetry/api';
import { bootstrap, Counted, call, type Telemetry } from 'spandrel';

class Shop {
  @Counted('shop.orders', { unit: '{order}', description: 'Orders taken', attributes: { kind: call.arg(0) } })
  order(_kind: string): void {}
}

let telemetry: Telemetry | undefined;
afterEach(async () => {
  await telemetry?.shutdown();
  telemetry = undefined;
});

/** Bounded: the server says where it is as soon as it listens. */
async function addressOf(running: Telemetry): Promise<string> {
  const until = Date.now() + 5_000;
  while (Date.now() < until) {
    const found = running.health().metrics.find(({ address }) => address !== undefined)?.address;
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('nobody listens');
}

const start = (port = 0, host?: string): Telemetry => {
  telemetry = bootstrap({ service: 'shop', export: { protocol: 'none', prometheus: { port, ...(host && { host }) } } });
  return telemetry;
};

const sample = (name: string, text: string): string[] => text.split('\n').filter((line) => line.startsWith(`${name}{`));

test('is told every series, as often as it asks', async () => {
  const address = await addressOf(start());
  const shop = new Shop();
  for (const kind of ['tea', 'tea', 'cake "no. 1"\n']) shop.order(kind);
  const first = await fetch(address);
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await first.text();
  expect(text).toContain('# HELP shop_orders_total Orders taken\n');
  expect(text).toContain('# TYPE shop_orders_total counter\n');
  expect(sample('shop_orders_total', text)).toEqual([
    expect.stringMatching(/\{(?=.*kind="tea").*\} 2$/),
    expect.stringMatching(/\{(?=.*kind="cake \\"no\. 1\\"\\n").*\} 1$/),
  ]);
  expect(sample('target_info', text)).toEqual([expect.stringContaining('service_name="shop"')]);
  shop.order('tea');
  const again = await (await fetch(address)).text();
  expect(sample('shop_orders_total', again)[0]).toMatch(/ 3$/);
  expect(telemetry?.health().metrics).toEqual([
    { exporter: 'prometheus', exports: 2, failed: 0, lastError: undefined, address },
  ]);
});

test('attributes that become one label are one, and metrics of one name stand under one header', async () => {
  const address = await addressOf(start());
  const [one, other] = [metrics.getMeter('one'), metrics.getMeter('other')];
  one
    .createCounter('odd', { description: 'One' })
    .add(1, { 'b.c': 'x', b_c: 2, '1st': true, 'otel.scope.name': 'mine' });
  one.createHistogram('wide', { advice: { explicitBucketBoundaries: [1] } }).record(0.5, { le: 'mine' });
  other.createCounter('odd', { description: 'Other' }).add(2);
  const text = await (await fetch(address)).text();
  expect(text.slice(text.indexOf('# HELP odd'))).toBe(
    [
      '# HELP odd_total One',
      '# TYPE odd_total counter',
      'odd_total{key_1st="true",b_c="x;2",exported_otel_scope_name="mine",otel_scope_name="one"} 1',
      'odd_total{otel_scope_name="other"} 2',
      '# HELP wide description missing',
      '# TYPE wide histogram',
      'wide_count{exported_le="mine",otel_scope_name="one"} 1',
      'wide_sum{exported_le="mine",otel_scope_name="one"} 0.5',
      'wide_bucket{exported_le="mine",otel_scope_name="one",le="1"} 1',
      'wide_bucket{exported_le="mine",otel_scope_name="one",le="+Inf"} 1',
      '',
    ].join('\n'),
  );
});

test('a value that looks like a header to JavaScript, and to nobody else, stays where it is', async () => {
  const address = await addressOf(start());
  const odd = 'a\r# HELP odd_total b\u2028# TYPE odd_total gauge';
  for (const scope of ['one', 'other']) {
    metrics.getMeter(scope).createCounter('odd', { description: odd }).add(1, { odd });
    metrics.getMeter(scope).createCounter('even').add(1);
  }
  const text = await (await fetch(address)).text();
  expect(text.slice(text.indexOf('# HELP odd'))).toBe(
    [
      `# HELP odd_total ${odd}`,
      '# TYPE odd_total counter',
      `odd_total{odd="${odd}",otel_scope_name="one"} 1`,
      `odd_total{odd="${odd}",otel_scope_name="other"} 1`,
      '# HELP even_total description missing',
      '# TYPE even_total counter',
      'even_total{otel_scope_name="one"} 1',
      'even_total{otel_scope_name="other"} 1',
      '',
    ].join('\n'),
  );
});

test('listens on loopback unless it is told otherwise', async () => {
  expect(await addressOf(start())).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):[1-9]\d*\/metrics$/);
  await telemetry?.shutdown();
  expect(await addressOf(start(0, '0.0.0.0'))).toMatch(/^http:\/\/0\.0\.0\.0:\d+\/metrics$/);
});

test.each([
  ['GET', '/', 404],
  ['GET', '/metrics/', 404],
  ['POST', '/metrics', 405],
  ['HEAD', '/metrics', 200],
  ['GET', '/metrics?name=x', 200],
])('%s %s is answered with %d', async (method, path, status) => {
  const { origin } = new URL(await addressOf(start()));
  expect((await fetch(origin + path, { method })).status).toBe(status);
});

test('a port that is taken is told of; the program goes on', async () => {
  const other = await new Promise<Server>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  });
  const told = jest.spyOn(process, 'emitWarning').mockImplementation();
  const running = start((other.address() as AddressInfo).port, '127.0.0.1');
  const until = Date.now() + 5_000;
  while (running.health().faults.length === 0 && Date.now() < until)
    await new Promise((resolve) => setImmediate(resolve));
  new Shop().order('tea');
  expect(running.health()).toMatchObject({
    metrics: [{ exporter: 'prometheus', exports: 0, failed: 1, lastError: expect.stringContaining('EADDRINUSE') }],
    faults: [{ code: 'SPANDREL_EXPORT_FAILED', where: 'prometheus', count: 1 }],
  });
  await running.shutdown();
  told.mockRestore();
  await new Promise((resolve) => other.close(resolve));
});

test('another telemetry may begin at once, at the same address', async () => {
  const first = start(0, '127.0.0.1');
  const port = Number(new URL(await addressOf(first)).port);
  const stopping = first.shutdown();
  const second = start(port, '127.0.0.1');
  const address = await addressOf(second);
  new Shop().order('tea');
  expect(sample('shop_orders_total', await (await fetch(address)).text())).toHaveLength(1);
  expect(second.health().faults).toEqual([]);
  await stopping;
});

test('a gauge that throws costs its own value only', async () => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  const address = await addressOf(start());
  metrics
    .getMeter('hand')
    .createObservableGauge('broken')
    .addCallback(() => {
      throw new Error('no value today');
    });
  new Shop().order('tea');
  const text = await (await fetch(address)).text();
  expect(sample('shop_orders_total', text)).toHaveLength(1);
  expect(telemetry?.health().metrics[0]).toMatchObject({ exports: 1, failed: 1, lastError: 'no value today' });
  jest.restoreAllMocks();
});

test('shutdown closes it at once, whoever is still connected', async () => {
  const address = await addressOf(start());
  const response = await fetch(address, { headers: { connection: 'keep-alive' } });
  await response.text();
  await telemetry?.shutdown({ timeoutMs: 2_000 });
  expect(telemetry?.health().faults).toEqual([]);
  await expect(fetch(address)).rejects.toThrow('fetch failed');
  // The same port can be taken again.
  expect(await addressOf(start(Number(new URL(address).port)))).toBe(address);
});
