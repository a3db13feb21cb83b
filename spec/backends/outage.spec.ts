/**
 * A Collector that dies and comes back, in each protocol: the program runs on, every record is accounted for, what is said to be delivered
 * has arrived, and cumulative sums are whole again with the first collection that gets through.
 */
import { bootstrap, type DeliveryCount, type Telemetry } from 'spandrel';
import { Collector } from './world/collector.js';
import { CountingReceiver } from './world/counting-receiver.js';
import { expectSums, expectTrees } from './world/expect-arrived.js';
import { type Order, ordersFrom, serve, spansOf } from './world/shop.js';

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

/** Both signals, after seeing that no record is missing from the account. */
function counts(): readonly [spans: DeliveryCount, logs: DeliveryCount] {
  const { spans, logs } = telemetry.health();
  for (const { received, delivered, failed, dropped, waiting } of [...spans, ...logs]) {
    const lost = dropped.bufferFull + dropped.memoryFull + dropped.afterShutdown + dropped.unsentAtShutdown;
    expect(delivered + failed + lost + waiting).toBe(received);
  }
  return [spans[0], logs[0]] as [DeliveryCount, DeliveryCount];
}

/** Serves one order after another until what is sent is taken again, within 20 s; all that it served. */
async function serveUntilDelivered(from: number): Promise<Order[]> {
  const served: Order[] = [];
  const before = counts()[0].delivered;
  const end = Date.now() + 20_000;
  while (counts()[0].delivered === before) {
    if (Date.now() > end) throw new Error(`nothing gets through: ${counts()[0].lastError}\n${collector.log}`);
    const orders = ordersFrom(from + served.length, 1);
    await serve(orders);
    served.push(...orders);
    await telemetry.flush({ timeoutMs: 5000 });
  }
  return served;
}

const uniqueSpans = (): number => new Set(receiver.spans().map(({ spanId }) => spanId)).size;

describe.each(['http/json', 'http/protobuf', 'grpc'] as const)('%s', (protocol) => {
  function start(): void {
    telemetry = bootstrap({
      export: { protocol, endpoint: protocol === 'grpc' ? collector.grpc : collector.http, timeoutMs: 2000 },
      batch: { size: 50, intervalMs: 100 },
    });
  }

  test('what is sent while it is away is counted as failed, and what comes after arrives', async () => {
    start();
    const before = ordersFrom(0, 20);
    await serve(before);
    await telemetry.flush({ timeoutMs: 30_000 });
    expectTrees(receiver, before);

    await collector.kill();
    const during = ordersFrom(20, 40);
    await serve(during);
    await telemetry.flush({ timeoutMs: 30_000 });
    const [spans, logs] = counts();
    expect([spans.delivered, spans.failed, spans.waiting]).toEqual([spansOf(before), spansOf(during), 0]);
    expect([logs.delivered, logs.failed, logs.waiting]).toEqual([before.length, during.length, 0]);
    expect(spans.lastError).toEqual(expect.any(String));

    await collector.restart();
    const after = await serveUntilDelivered(60);
    await telemetry.shutdown({ timeoutMs: 20_000 });
    const [allSpans, allLogs] = counts();
    expect(allSpans.waiting + allLogs.waiting).toBe(0);
    expect(receiver.spans()).toHaveLength(allSpans.delivered);
    expect(receiver.logs()).toHaveLength(allLogs.delivered);
    expectSums(receiver, [...before, ...during, ...after]);
  });

  test('killed in the middle of its work', async () => {
    start();
    const orders = ordersFrom(0, 600);
    let served = 0;
    const work = (async () => {
      for (; served < orders.length; served += 20) {
        await serve(orders.slice(served, served + 20));
        // Room for the queue to send.
        await new Promise((resolve) => setImmediate(resolve));
        counts();
      }
    })();
    while (receiver.spans().length === 0 && served < orders.length)
      await new Promise((resolve) => setImmediate(resolve));
    await collector.kill();
    await collector.restart();
    await work;
    const after = await serveUntilDelivered(600);
    await telemetry.shutdown({ timeoutMs: 20_000 });
    const [spans, logs] = counts();
    expect(spans.received).toBe(spansOf([...orders, ...after]));
    expect(logs.received).toBe(orders.length + after.length);
    expect(spans.waiting + logs.waiting).toBe(0);
    // What it handed on as it died, and could not confirm, came without being counted as delivered.
    expect(uniqueSpans()).toBeGreaterThanOrEqual(spans.delivered);
    expect(uniqueSpans()).toBeLessThanOrEqual(spans.received);
    expectSums(receiver, [...orders, ...after]);
  });

  test('one that hangs holds nothing up: calls go on, and shutdown keeps its time', async () => {
    start();
    const [before, during] = [ordersFrom(0, 20), ordersFrom(20, 200)];
    await serve(before);
    await telemetry.flush({ timeoutMs: 30_000 });
    collector.pause();
    await serve(during);
    const began = performance.now();
    await telemetry.flush({ timeoutMs: 300 });
    await telemetry.shutdown({ timeoutMs: 300 });
    // Bounds with room for a busy machine; without them it would be 2 s for each of 24 batches.
    expect(performance.now() - began).toBeLessThan(5000);
    const [spans, logs] = counts();
    expect([spans.received, spans.delivered]).toEqual([spansOf([...before, ...during]), spansOf(before)]);
    expect([logs.received, logs.delivered]).toEqual([before.length + during.length, before.length]);
    expect(spans.dropped.unsentAtShutdown).toBeGreaterThan(0);
    collector.resume();
  });
});
