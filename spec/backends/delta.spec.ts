/**
 * Metrics told as differences: what a Collector hands on adds up to the exact sums, over any number of collections, in each protocol.
 */
import { bootstrap } from 'spandrel';
import { Collector } from './world/collector.js';
import { CountingReceiver } from './world/counting-receiver.js';
import { expectSums } from './world/expect-arrived.js';
import { ordersFrom, serve } from './world/shop.js';

test.each(['http/json', 'http/protobuf', 'grpc'] as const)('differences by %s add up', async (protocol) => {
  const receiver = await CountingReceiver.start();
  const collector = await Collector.start({ to: receiver.endpoint });
  const telemetry = bootstrap({
    export: { protocol, endpoint: protocol === 'grpc' ? collector.grpc : collector.http },
    metrics: { temporality: 'delta' },
  });
  try {
    for (const from of [0, 40, 80]) {
      await serve(ordersFrom(from, 40));
      await telemetry.flush({ timeoutMs: 20_000 });
      expectSums(receiver, ordersFrom(0, from + 40));
    }
    await telemetry.shutdown({ timeoutMs: 20_000 });
    expectSums(receiver, ordersFrom(0, 120));
    expect(receiver.metrics('shop.picked').map(({ sum }) => sum?.aggregationTemporality)).toEqual([1, 1, 1]);
    // What goes up and down has no differences (specification, temporality preference).
    expect(new Set(receiver.metrics('shop.open').map(({ sum }) => sum?.aggregationTemporality))).toEqual(new Set([2]));
  } finally {
    await telemetry.shutdown({ timeoutMs: 1000 });
    await collector.stop();
    await receiver.stop();
  }
});
