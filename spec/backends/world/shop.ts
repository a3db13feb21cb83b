/**
 * The program that is watched, annotated as a user's would be, and what it should look like from the other side: its orders as
 * span trees, and its sums, worked out from the orders alone.
 */
import { metrics } from '@opentelemetry/api';
import { annotate, Counted, call, Gauged, InFlight, log, Timed, Traced } from 'spandrel';
import type { SpanTree, Total } from './counting-receiver.js';

export interface Order {
  readonly id: number;
  readonly kind: 'plain' | 'gift' | 'bad';
  readonly items: number;
}

/** Orders with numbers from `from` on: every fourth fails, every third is a gift, with none to four items. */
export function ordersFrom(from: number, count: number): Order[] {
  return Array.from({ length: count }, (_, at) => {
    const id = from + at;
    return { id, kind: id % 4 === 3 ? 'bad' : id % 3 === 0 ? 'gift' : 'plain', items: id % 5 };
  });
}

/** The price is a sum of halves, so that no order of adding changes it. */
const priceOf = ({ id, items }: Order): number => items * 2.5 + (id % 2) / 2;
const bounds = [0, 2.5, 5, 7.5];

export class Shop {
  @Traced({
    name: 'shop.order',
    kind: 'server',
    attributes: { 'order.id': call.arg(0, 'id'), kind: call.arg(0, 'kind') },
  })
  @Counted('shop.orders', { unit: '{order}', attributes: { kind: call.arg(0, 'kind'), outcome: call.outcome() } })
  @Timed('shop.order.duration', { unit: 's', attributes: { kind: call.arg(0, 'kind') } })
  @InFlight('shop.open')
  async order(order: Order): Promise<void> {
    annotate({ items: order.items, tags: ['a', 'ß'] });
    log.info('ordered', { id: order.id, cart: { items: order.items } });
    for (let item = 1; item <= order.items; item += 1) await this.pick(item);
    await this.pay(order);
  }

  @Traced({ name: 'shop.pick', attributes: { item: call.arg(0), weight: call.result() } })
  @Counted('shop.picked', { unit: '{item}', amount: call.arg(0) })
  async pick(item: number): Promise<number> {
    await Promise.resolve();
    return this.weigh(item);
  }

  @Traced('shop.weigh')
  weigh(item: number): number {
    return item / 4;
  }

  @Traced({ name: 'shop.pay', kind: 'client' })
  async pay(order: Order): Promise<void> {
    if (order.kind === 'bad') throw new TypeError('no money');
  }

  @Gauged('shop.shelves', { combine: 'max' })
  get shelves(): number {
    return 7;
  }
}

/** Does all orders, some of them at once, and lets the failing ones fail. */
export async function serve(orders: readonly Order[]): Promise<void> {
  const shop = new Shop();
  const prices = metrics.getMeter('shop').createHistogram('shop.price', {
    unit: '{euro}',
    advice: { explicitBucketBoundaries: bounds },
  });
  for (let at = 0; at < orders.length; at += 10) {
    await Promise.all(
      orders.slice(at, at + 10).map(async (order) => {
        prices.record(priceOf(order), { kind: order.kind });
        await shop.order(order).catch((error: unknown) => {
          if (!(error instanceof TypeError)) throw error;
        });
      }),
    );
  }
}

/** The span tree of an order. */
export function treeOf({ id, kind, items }: Order): SpanTree {
  const bad = kind === 'bad';
  const failure = bad ? { 'error.type': 'TypeError' } : {};
  const span = (
    name: string,
    method: string,
    attributes: Record<string, unknown>,
    children: SpanTree[] = [],
    failed = false,
  ): SpanTree => ({
    name,
    attributes: { ...attributes, 'code.function.name': `Shop.${method}`, ...(failed ? failure : {}) },
    failed,
    events: failed ? ['exception'] : [],
    children,
  });
  const picks = Array.from({ length: items }, (_, at) =>
    span('shop.pick', 'pick', { item: at + 1, weight: (at + 1) / 4 }, [span('shop.weigh', 'weigh', {})]),
  );
  const attributes = { 'order.id': id, kind, items, tags: ['a', 'ß'] };
  return span('shop.order', 'order', attributes, [...picks, span('shop.pay', 'pay', {}, [], bad)], bad);
}

export const spansOf = (orders: readonly Order[]): number =>
  orders.reduce((spans, { items }) => spans + 2 + 2 * items, 0);

/** The totals of the metrics that are the same in every run, as a receiver tells them. */
export function totalsOf(orders: readonly Order[]): Record<string, Record<string, Total>> {
  const counted: Record<string, Total> = {};
  const priced: Record<string, Total> = {};
  for (const kind of ['plain', 'gift', 'bad'] as const) {
    const those = orders.filter((order) => order.kind === kind);
    if (those.length === 0) continue;
    const outcome = kind === 'bad' ? { outcome: 'error', 'error.type': 'TypeError' } : { outcome: 'success' };
    counted[JSON.stringify({ kind, ...outcome })] = { value: those.length };
    priced[JSON.stringify({ kind })] = pricesOf(those.map(priceOf));
  }
  const picked = orders.reduce((sum, { items }) => sum + (items * (items + 1)) / 2, 0);
  return {
    'shop.orders': counted,
    'shop.price': priced,
    'shop.picked': { '{}': { value: picked } },
    'shop.open': { '{}': { value: 0 } },
    'shop.shelves': { '{}': { value: 7 } },
  };
}

function pricesOf(prices: readonly number[]): Total {
  const edges = [Number.NEGATIVE_INFINITY, ...bounds, Number.POSITIVE_INFINITY];
  const buckets = edges
    .slice(1)
    .map((upper, at) => prices.filter((price) => price > (edges[at] ?? 0) && price <= upper).length);
  return { count: prices.length, sum: prices.reduce((sum, price) => sum + price, 0), buckets };
}
