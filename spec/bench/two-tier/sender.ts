// One process of the first tier: makes traces of seven spans, one after the other, sends them as it is told, and prints what that took
// of the processor. Told by its argument, in JSON: `Sending`.

import { randomUUID } from 'node:crypto';
import { bootstrap, call, type Settings, Traced } from 'spandrel';

export interface Sending {
  readonly settings: Settings | undefined;
  readonly traces: number;
}

export interface Sent {
  /** Of the processor, in microseconds, for all traces. */
  readonly cpu: number;
  readonly delivered: number;
  readonly lost: number;
}

interface Order {
  readonly number: number;
  readonly customer: string;
}

/** The spans of the sample, in one process. */
class Shop {
  @Traced({
    name: 'storefront.order',
    kind: 'server',
    attributes: {
      'order.number': call.arg(0, 'number'),
      'http.request.method': 'POST',
      'url.path': '/orders',
      'customer.id': call.arg(0, 'customer'),
    },
  })
  order(order: Order): number {
    return this.sell(order);
  }

  @Traced('storefront.sell')
  sell(order: Order): number {
    return this.reserve(order) + this.take(order);
  }

  @Traced({
    name: 'storefront.reserve',
    kind: 'client',
    attributes: { 'http.request.method': 'POST', 'server.address': 'warehouse.example.com', 'server.port': 443 },
  })
  reserve(order: Order): number {
    return this.reserved(order);
  }

  @Traced({
    name: 'warehouse.reserve',
    kind: 'server',
    attributes: { 'http.request.method': 'POST', 'url.path': '/reservations' },
  })
  reserved(order: Order): number {
    return this.find(order) + this.pick(order);
  }

  @Traced({ name: 'warehouse.find', attributes: { 'order.number': call.arg(0, 'number') } })
  find({ number }: Order): number {
    return number;
  }

  @Traced({ name: 'warehouse.pick', attributes: { 'pick.count': call.result() } })
  pick({ number }: Order): number {
    return number % 7;
  }

  @Traced('storefront.take')
  take({ number }: Order): number {
    return number;
  }
}

const { settings, traces } = JSON.parse(process.argv[2] ?? '{}') as Sending;
const telemetry = settings && bootstrap(settings);
const shop = new Shop();
let number = 0;

/** Twenty traces, then room for the queue to send: a program that waits for something now and then. */
async function run(count: number): Promise<void> {
  for (const end = number + count; number < end; number += 1) {
    shop.order({ number, customer: randomUUID() });
    if (number % 20 === 19) await new Promise((resolve) => setImmediate(resolve));
    if (number % 700 === 699) await telemetry?.flush({ timeoutMs: 60_000 });
  }
  await telemetry?.flush({ timeoutMs: 60_000 });
}

// Compiled by then.
await run(5000);
const counted = (): readonly { received: number; delivered: number }[] => telemetry?.health().spans ?? [];
const sum = (of: 'received' | 'delivered'): number => counted().reduce((all, one) => all + one[of], 0);
const before = { delivered: sum('delivered'), received: sum('received') };
const began = process.cpuUsage();
await run(traces);
const { user, system } = process.cpuUsage(began);
const delivered = sum('delivered') - before.delivered;
const sent: Sent = { cpu: user + system, delivered, lost: sum('received') - before.received - delivered };
await telemetry?.shutdown();
process.stdout.write(JSON.stringify(sent));
