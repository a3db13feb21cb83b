/**
 * What a backend gets by OTLP is what the SDK's own instruments would have sent, to the letter.
 */
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { AggregationTemporality } from '@opentelemetry/sdk-metrics';
import { ownWorld, sdkWorld } from '../support/metric-worlds.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await OtlpReceiver.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await receiver.stop();
});

test.each([
  ['cumulative', AggregationTemporality.CUMULATIVE],
  ['delta', AggregationTemporality.DELTA],
] as const)('%s: the same requests', async (temporality, temporalityPreference) => {
  let clock = 1.7e12;
  jest.spyOn(Date, 'now').mockImplementation(() => clock);
  const bodies: unknown[][] = [];
  for (const make of [sdkWorld, ownWorld]) {
    clock = 1.7e12;
    receiver.requests.length = 0;
    const exporter = new OTLPMetricExporter({ url: `${receiver.endpoint}/v1/metrics`, temporalityPreference });
    const world = make([{ temporality, limit: 4, exporter }]);
    for (const amount of [1, 2.5, 4]) {
      world.measure('worlds.counter', amount, { kind: 'a', list: [1, 2], exact: true }, 1);
      world.measure('worlds.counter', amount, {}, 1);
      world.measure('worlds.up.down', 1 - amount, { kind: amount }, 1);
      world.measure('worlds.histogram', amount, { kind: 'a' }, 1);
      clock += 1500;
      await world.collect(0);
    }
    bodies.push(receiver.requests.map(({ body }) => body));
    await exporter.shutdown();
  }
  expect(bodies[0]).toHaveLength(3);
  expect(bodies[1]).toEqual(bodies[0]);
});
