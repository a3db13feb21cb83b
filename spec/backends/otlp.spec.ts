/**
 * OTLP in each of its protocols, to a real Collector and through it to a receiver of ours: what comes out is what the program
 * did, to the last span and the last sum.
 */
import { bootstrap, type Settings, type Telemetry } from 'spandrel';
import { Collector } from './world/collector.js';
import { CountingReceiver } from './world/counting-receiver.js';
import { expectAllDelivered, expectLogs, expectSums, expectTrees } from './world/expect-arrived.js';
import { ordersFrom, serve } from './world/shop.js';

let receiver: CountingReceiver;
let collector: Collector;
let telemetry: Telemetry;

beforeEach(async () => {
  receiver = await CountingReceiver.start();
  collector = await Collector.start({ to: receiver.endpoint });
});
afterEach(async () => {
  await telemetry?.shutdown({ timeoutMs: 1000 });
  await collector?.stop();
  await receiver?.stop();
});

const protocols = ['http/json', 'http/protobuf', 'grpc'] as const;

function start(protocol: (typeof protocols)[number], settings: Settings = {}): void {
  telemetry = bootstrap({
    service: { name: 'shop', version: '2.1.0', namespace: 'trade', environment: 'test', instance: 'i-1' },
    ...settings,
    export: { protocol, endpoint: protocol === 'grpc' ? collector.grpc : collector.http, ...settings.export },
  });
}

describe.each(protocols)('%s', (protocol) => {
  test('every span, sum and log record arrives once, under the service’s name', async () => {
    const orders = ordersFrom(0, 400);
    start(protocol);
    await serve(orders);
    await telemetry.shutdown({ timeoutMs: 20_000 });
    expectTrees(receiver, orders);
    expectSums(receiver, orders);
    expectLogs(receiver, orders);
    expectAllDelivered(telemetry.health(), orders);
    for (const path of ['/v1/traces', '/v1/metrics', '/v1/logs']) {
      const resources = receiver.resources(path);
      expect(resources).toHaveLength(1);
      expect(resources[0]).toMatchObject({
        'service.name': 'shop',
        'service.version': '2.1.0',
        'service.namespace': 'trade',
        'service.instance.id': 'i-1',
        'deployment.environment.name': 'test',
        'telemetry.sdk.language': 'nodejs',
      });
    }
  });

  test('also compressed, and while the program runs', async () => {
    const [first, then] = [ordersFrom(0, 50), ordersFrom(50, 50)];
    start(protocol, { export: { compression: 'gzip' }, batch: { size: 64 } });
    await serve(first);
    await telemetry.flush({ timeoutMs: 20_000 });
    expectTrees(receiver, first);
    expectSums(receiver, first);
    await serve(then);
    await telemetry.flush({ timeoutMs: 20_000 });
    expectTrees(receiver, [...first, ...then]);
    expectSums(receiver, [...first, ...then]);
    expectLogs(receiver, [...first, ...then]);
    expectAllDelivered(telemetry.health(), [...first, ...then]);
  });
});
