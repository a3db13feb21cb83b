/**
 * Each signal by its own way, set by environment variables alone: traces over gRPC, metrics in protobuf, logs in JSON, each to a
 * Collector of its own.
 */
import { bootstrap } from 'spandrel';
import { Collector } from './world/collector.js';
import { CountingReceiver } from './world/counting-receiver.js';
import { expectAllDelivered, expectLogs, expectSums, expectTrees } from './world/expect-arrived.js';
import { inEnvironment } from './world/in-environment.js';
import { ordersFrom, serve } from './world/shop.js';

test('traces, metrics and logs go by three protocols to three addresses', async () => {
  const orders = ordersFrom(0, 60);
  const receiver = await CountingReceiver.start();
  const takers = await Promise.all([1, 2, 3].map(() => Collector.start({ to: receiver.endpoint })));
  const [traces, metrics, logs] = takers as [Collector, Collector, Collector];
  const environment = {
    OTEL_SERVICE_NAME: 'shop-of-the-environment',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_ENDPOINT: logs.http,
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces.grpc,
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${metrics.http}/v1/metrics`,
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  };
  try {
    await inEnvironment(environment, async () => {
      const telemetry = bootstrap();
      await serve(orders);
      await telemetry.flush({ timeoutMs: 20_000 });
      expectTrees(receiver, orders);
      expectSums(receiver, orders);
      expectLogs(receiver, orders);
      expect(receiver.resources('/v1/traces')[0]).toMatchObject({ 'service.name': 'shop-of-the-environment' });
      expectAllDelivered(telemetry.health(), orders);
      // Each Collector has what it was sent, and nothing else: with it gone, that signal alone is lost.
      await traces.kill();
      await serve(orders);
      await telemetry.shutdown({ timeoutMs: 20_000 });
      expectTrees(receiver, orders);
      expectSums(receiver, [...orders, ...orders]);
      expect(telemetry.health().spans).toMatchObject([{ delivered: 360, waiting: 0 }]);
      expect(telemetry.health().logs).toMatchObject([{ delivered: 120, failed: 0, waiting: 0 }]);
    });
  } finally {
    await Promise.all(takers.map((taker) => taker.stop()));
    await receiver.stop();
  }
});
