/**
 * TLS to a Collector whose certificate comes from an authority of our own: trusted when it is named, by environment or by code, and
 * refused when it is not; and a Collector that wants a certificate of its clients.
 */
import { bootstrap, type Settings, type Telemetry } from 'spandrel';
import { Certificates, pem } from './world/certificates.js';
import { Collector } from './world/collector.js';
import { CountingReceiver } from './world/counting-receiver.js';
import { expectAllDelivered, expectLogs, expectSums, expectTrees } from './world/expect-arrived.js';
import { inEnvironment } from './world/in-environment.js';
import { ordersFrom, serve, spansOf } from './world/shop.js';

const orders = ordersFrom(0, 30);

let certificates: Certificates;
let receiver: CountingReceiver;
/** Shows a certificate, and wants none. */
let open: Collector;
/** Wants one that the authority vouches for. */
let mutual: Collector;
let telemetry: Telemetry;

beforeAll(async () => {
  certificates = await Certificates.make();
  receiver = await CountingReceiver.start();
  const { server, authority } = certificates;
  open = await Collector.start({ to: receiver.endpoint, tls: server });
  mutual = await Collector.start({ to: receiver.endpoint, tls: { ...server, clientCa: authority.cert } });
});
beforeEach(() => receiver.forget());
afterEach(() => telemetry?.shutdown({ timeoutMs: 1000 }));
afterAll(async () => {
  await open?.stop();
  await mutual?.stop();
  await receiver?.stop();
  await certificates?.remove();
});

type Tls = NonNullable<NonNullable<Settings['export']>['tls']>;

const protocols = ['http/json', 'http/protobuf', 'grpc'] as const;

describe.each(protocols)('%s', (protocol) => {
  async function run(collector: Collector, environment: Record<string, string>, tls?: Tls): Promise<void> {
    const endpoint = protocol === 'grpc' ? collector.grpc : collector.http;
    await inEnvironment(environment, async () => {
      telemetry = bootstrap({ export: { protocol, endpoint, timeoutMs: 3000, ...(tls === undefined ? {} : { tls }) } });
      await serve(orders);
      await telemetry.shutdown({ timeoutMs: 20_000 });
    });
  }

  function expectArrived(): void {
    expectTrees(receiver, orders);
    expectSums(receiver, orders);
    expectLogs(receiver, orders);
    expectAllDelivered(telemetry.health(), orders);
  }

  function expectRefused(): void {
    const { spans, logs, metrics } = telemetry.health();
    expect(receiver.requests).toEqual([]);
    expect(spans).toMatchObject([{ failed: spansOf(orders), delivered: 0, waiting: 0 }]);
    expect(logs).toMatchObject([{ failed: orders.length, delivered: 0, waiting: 0 }]);
    expect(metrics).toMatchObject([{ exports: 1, failed: 1 }]);
  }

  test('an authority that the environment names is trusted', async () => {
    await run(open, { OTEL_EXPORTER_OTLP_CERTIFICATE: certificates.authority.cert });
    expectArrived();
  });

  test('an authority that is given in code is trusted', async () => {
    await run(open, {}, { ca: await pem(certificates.authority.cert) });
    expectArrived();
  });

  test('an authority that nobody named is not', async () => {
    await run(open, {});
    expectRefused();
  });

  test('nor is the right one when another is named', async () => {
    await run(open, { OTEL_EXPORTER_OTLP_CERTIFICATE: certificates.stranger.cert });
    expectRefused();
  });

  test('a client shows the certificate that the environment names', async () => {
    await run(mutual, {
      OTEL_EXPORTER_OTLP_CERTIFICATE: certificates.authority.cert,
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: certificates.client.cert,
      OTEL_EXPORTER_OTLP_CLIENT_KEY: certificates.client.key,
    });
    expectArrived();
  });

  test('a client shows the certificate that is given in code', async () => {
    const { authority, client } = certificates;
    await run(mutual, {}, { ca: await pem(authority.cert), cert: await pem(client.cert), key: await pem(client.key) });
    expectArrived();
  });

  test('a client without one is turned away', async () => {
    await run(mutual, { OTEL_EXPORTER_OTLP_CERTIFICATE: certificates.authority.cert });
    expectRefused();
  });
});
