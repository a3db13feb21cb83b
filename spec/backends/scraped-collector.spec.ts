/**
 * Metrics by OTLP to a Collector that a Prometheus scrapes: PromQL answers with the exact sums, whether they went as sums or as differences.
 */
import { bootstrap } from 'spandrel';
import { Collector } from './world/collector.js';
import { CountingReceiver } from './world/counting-receiver.js';
import { expectAnswers } from './world/expect-answers.js';
import { Prometheus } from './world/prometheus.js';
import { ordersFrom, serve } from './world/shop.js';

test.each(['cumulative', 'delta'] as const)('%s', async (temporality) => {
  const receiver = await CountingReceiver.start();
  const collector = await Collector.start({ to: receiver.endpoint });
  const prometheus = await Prometheus.start(collector.scraped);
  const telemetry = bootstrap({ service: 'shop', export: { endpoint: collector.http }, metrics: { temporality } });
  try {
    for (const from of [0, 40]) {
      await serve(ordersFrom(from, 40));
      await telemetry.flush({ timeoutMs: 20_000 });
      await prometheus.scraped();
      await expectAnswers(prometheus, ordersFrom(0, from + 40), 'shop_order_duration_seconds');
    }
  } finally {
    await telemetry.shutdown({ timeoutMs: 1000 });
    await prometheus.stop();
    await collector.stop();
    await receiver.stop();
  }
});
