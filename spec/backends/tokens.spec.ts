/**
 * A Collector that wants a token: who bears it is let in, by code or by environment, and who does not loses what was sent, is told
 * of it in `health()`, and runs on undisturbed.
 */
import { bootstrap, type Telemetry } from 'spandrel';
import { Collector } from './world/collector.js';
import { CountingReceiver } from './world/counting-receiver.js';
import { expectAllDelivered, expectLogs, expectSums, expectTrees } from './world/expect-arrived.js';
import { inEnvironment } from './world/in-environment.js';
import { ordersFrom, serve, spansOf } from './world/shop.js';

const orders = ordersFrom(0, 60);
const token = 'open-sesame';

let receiver: CountingReceiver;
let collector: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  receiver = await CountingReceiver.start();
  collector = await Collector.start({ to: receiver.endpoint, token });
});
beforeEach(() => receiver.forget());
afterEach(() => telemetry?.shutdown({ timeoutMs: 1000 }));
afterAll(async () => {
  await collector?.stop();
  await receiver?.stop();
});

const protocols = ['http/json', 'http/protobuf', 'grpc'] as const;

describe.each(protocols)('%s', (protocol) => {
  const endpoint = (): string => (protocol === 'grpc' ? collector.grpc : collector.http);

  test.each([
    ['in code', { authorization: `Bearer ${token}` }, {}],
    ['in the environment', undefined, { OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${token}` }],
  ])('a token given %s is borne by every signal', async (_, headers, environment) => {
    await inEnvironment(environment, async () => {
      telemetry = bootstrap({ export: { protocol, endpoint: endpoint(), headers } });
      await serve(orders);
      await telemetry.shutdown({ timeoutMs: 20_000 });
    });
    expectTrees(receiver, orders);
    expectSums(receiver, orders);
    expectLogs(receiver, orders);
    expectAllDelivered(telemetry.health(), orders);
  });

  test.each([
    ['a wrong token', { authorization: 'Bearer guess' }],
    ['no token', {}],
  ])('with %s nothing arrives, all is counted as failed, and the program is not held up', async (_, headers) => {
    telemetry = bootstrap({ export: { protocol, endpoint: endpoint(), headers }, batch: { size: 100 } });
    await serve(orders);
    await telemetry.shutdown({ timeoutMs: 20_000 });
    const { spans, logs, metrics } = telemetry.health();
    const failed = (count: number) => ({
      received: count,
      failed: count,
      delivered: 0,
      waiting: 0,
      lastError: expect.stringMatching(/unauthorized|unauthenticated/i),
    });
    expect(spans).toMatchObject([failed(spansOf(orders))]);
    expect(logs).toMatchObject([failed(orders.length)]);
    expect(metrics).toMatchObject([{ exports: 1, failed: 1 }]);
    expect(receiver.requests).toEqual([]);
  });
});
