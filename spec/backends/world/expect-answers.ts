/**
 * What PromQL answers held against what the program did.
 */
import type { Total } from './counting-receiver.js';
import type { Prometheus } from './prometheus.js';
import { type Order, totalsOf } from './shop.js';

/** What is told of a metric, by the text that PromQL names its series with. */
export async function answersOf(prometheus: Prometheus, promql: string): Promise<Record<string, number>> {
  const samples = await prometheus.query(promql);
  return Object.fromEntries(samples.map(({ labels, value }) => [JSON.stringify(labels), value]));
}

/** Totals under names as Prometheus has them. */
function byLabels(totals: Record<string, Total> | undefined, read: (total: Total) => number | undefined) {
  const entries = Object.entries(totals ?? {}).map(([attributes, total]) => {
    const { kind } = JSON.parse(attributes) as { kind: string };
    return [JSON.stringify({ kind }), read(total)];
  });
  return Object.fromEntries(entries) as Record<string, number>;
}

/**
 * PromQL has the exact sums of the orders. A Collector puts the unit into the name of a metric, which is then asked for by it.
 */
export async function expectAnswers(
  prometheus: Prometheus,
  orders: readonly Order[],
  duration = 'shop_order_duration',
): Promise<void> {
  const answers = (promql: string): Promise<Record<string, number>> => answersOf(prometheus, promql);
  const expected = totalsOf(orders);
  const [counted, priced] = [expected['shop.orders'], expected['shop.price']];
  expect(await answers('sum by (kind) (shop_orders_total)')).toEqual(byLabels(counted, ({ value }) => value));
  expect(await answers('sum by (outcome, error_type) (shop_orders_total)')).toEqual({
    '{"outcome":"success"}': orders.filter(({ kind }) => kind !== 'bad').length,
    [JSON.stringify({ error_type: 'TypeError', outcome: 'error' })]: orders.filter(({ kind }) => kind === 'bad').length,
  });
  expect(await answers('sum(shop_picked_total)')).toEqual({ '{}': expected['shop.picked']?.['{}']?.value });
  expect(await answers('sum by (kind) (shop_price_count)')).toEqual(byLabels(priced, ({ count }) => count));
  expect(await answers('sum by (kind) (shop_price_sum)')).toEqual(byLabels(priced, ({ sum }) => sum));
  for (const [at, le] of ['0', '2.5', '5', '7.5', '+Inf'].entries()) {
    // Prometheus counts what is at most the bound.
    const upTo = ({ buckets = [] }: Total): number => buckets.slice(0, at + 1).reduce((sum, count) => sum + count, 0);
    expect(await answers(`sum by (kind) (shop_price_bucket{le="${le}"})`)).toEqual(byLabels(priced, upTo));
  }
  expect(await answers(`sum(${duration}_count)`)).toEqual({ '{}': orders.length });
  expect(await answers(`sum(${duration}_bucket{le="+Inf"})`)).toEqual({ '{}': orders.length });
  expect(await answers('sum(shop_open)')).toEqual({ '{}': 0 });
  expect(await answers('max(shop_shelves)')).toEqual({ '{}': 7 });
}
