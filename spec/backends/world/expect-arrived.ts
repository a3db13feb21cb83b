/**
 * What came out at the far end held against what the program did: every span once and in its place, every sum, every log record.
 */
import type { Health } from 'spandrel';
import type { OtlpLog } from '../../support/otlp-receiver.js';
import { plainAttributes } from '../../support/otlp-receiver.js';
import type { CountingReceiver } from './counting-receiver.js';
import { type Order, spansOf, totalsOf, treeOf } from './shop.js';

const byId = (a: { readonly attributes: Record<string, unknown> }, b: typeof a): number =>
  Number(a.attributes['order.id']) - Number(b.attributes['order.id']);

/** Every span of the orders came once, as whole trees. */
export function expectTrees(receiver: CountingReceiver, orders: readonly Order[]): void {
  expect(receiver.spans()).toHaveLength(spansOf(orders));
  expect(receiver.trees().sort(byId)).toEqual(orders.map(treeOf));
  const orderKinds = receiver.spans().filter(({ name }) => name === 'shop.order');
  // SERVER in the protocol's own numbers.
  expect(new Set(orderKinds.map(({ kind }) => kind))).toEqual(new Set([2]));
}

/** All sums are those of the orders, and what was timed agrees with itself. */
export function expectSums(receiver: CountingReceiver, orders: readonly Order[]): void {
  const expected = totalsOf(orders);
  expect(Object.fromEntries(Object.keys(expected).map((name) => [name, receiver.totals(name)]))).toEqual(expected);
  const durations = Object.values(receiver.totals('shop.order.duration'));
  expect(sumOf(durations.map(({ count }) => count))).toBe(orders.length);
  expect(sumOf(durations.flatMap(({ buckets }) => buckets))).toBe(orders.length);
}

/** One record an order, in its span. */
export function expectLogs(receiver: CountingReceiver, orders: readonly Order[]): void {
  const spans = receiver.spans().filter(({ name }) => name === 'shop.order');
  const spanOf = new Map(spans.map((span) => [plainAttributes(span.attributes)['order.id'], span]));
  const told = (log: OtlpLog): unknown => ({ body: log.body.stringValue, trace: log.traceId, span: log.spanId });
  const idOf = (log: OtlpLog): number => Number(plainAttributes(log.attributes)['id']);
  const logs = receiver.logs().sort((a, b) => idOf(a) - idOf(b));
  expect(logs.map((log) => plainAttributes(log.attributes))).toEqual(
    orders.map(({ id, items }) => ({ id, cart: { items } })),
  );
  expect(logs.map(told)).toEqual(
    orders.map(({ id }) => ({ body: 'ordered', trace: spanOf.get(id)?.traceId, span: spanOf.get(id)?.spanId })),
  );
}

/** Everything was delivered, and nothing else is said. */
export function expectAllDelivered(health: Health, orders: readonly Order[]): void {
  const nothing = { failed: 0, waiting: 0, dropped: { bufferFull: 0, afterShutdown: 0, unsentAtShutdown: 0 } };
  const spans = spansOf(orders);
  expect(health.spans).toMatchObject([{ received: spans, delivered: spans, ...nothing }]);
  expect(health.logs).toMatchObject([{ received: orders.length, delivered: orders.length, ...nothing }]);
  expect(health.metrics).toMatchObject([{ failed: 0 }]);
  expect(health.faults).toEqual([]);
}

function sumOf(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((sum, number) => sum + (number ?? Number.NaN), 0);
}
