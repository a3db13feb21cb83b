/**
 * The sample of two tiers with two real Collectors: the whole trace decides, also where a failure is in one program and the root in
 * the other; and a Collector that dies costs the traces of its shard and no other.
 */
import type { SpanTree } from './world/counting-receiver.js';
import { ordersFrom, type Served, shapeIn, shapeOf, spansOf, TwoTiers } from './world/two-tiers.js';

let tiers: TwoTiers;

beforeAll(async () => {
  tiers = await TwoTiers.start('2s');
});
afterAll(() => tiers?.stop());

/** Those that the Collectors keep whatever the share: all but the fine ones. */
const isKept = ({ kind }: Served): boolean => kind !== 'fine';

const numbersOf = (orders: readonly Served[]): number[] => orders.map(({ number }) => number).sort((a, b) => a - b);

/** Every trace that arrived is one of these orders, and whole; gives the orders that arrived. Throws where a span has no parent, or came twice. */
function arrivedOf(orders: readonly Served[]): Served[] {
  const byNumber = new Map(orders.map((order) => [order.number, order]));
  return tiers.receiver.trees().map((tree: SpanTree) => {
    const order = byNumber.get(tree.attributes['order.number'] as number);
    if (order === undefined) throw new Error(`a trace of no order: ${JSON.stringify(tree)}`);
    expect(shapeIn(tree)).toEqual(shapeOf(order.kind));
    return order;
  });
}

/** The fine ones that were kept are as many as the policy's share of them. */
function expectTenth(arrived: readonly Served[], orders: readonly Served[]): void {
  const isFine = ({ kind }: Served): boolean => kind === 'fine';
  const all = orders.filter(isFine).length;
  const off = Math.abs(arrived.filter(isFine).length - all / 10);
  expect(off).toBeLessThanOrEqual(4 * Math.sqrt(all * 0.1 * 0.9));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

let before: Served[];

test('every trace that failed anywhere arrives whole, and a tenth of the others', async () => {
  before = await tiers.serve(ordersFrom(0, 800));
  const healths = await tiers.healths();
  for (const [at, collector] of tiers.collectors.entries()) {
    const here = before.filter(({ shard }) => shard === at);
    expect(here.length).toBeGreaterThan(300);
    for (const program of ['storefront', 'warehouse'] as const) {
      const told = healths[program].spans.find(({ exporter }) => exporter === `otlp ${collector.http}`);
      const made = sum(here.map(({ kind }) => spansOf(kind)[program]));
      expect(told).toMatchObject({ received: made, delivered: made, failed: 0, waiting: 0 });
    }
    await tiers.decided(collector, here.length);
  }
  const arrived = arrivedOf(before);
  expect(numbersOf(arrived.filter(isKept))).toEqual(numbersOf(before.filter(isKept)));
  expectTenth(arrived, before);
});

test('with one Collector dead, the traces of the other arrive as before, and all are accounted for', async () => {
  const [alive, dead] = tiers.collectors as [TwoTiers['collectors'][0], TwoTiers['collectors'][0]];
  await dead.kill();
  tiers.receiver.forget();
  const earlier = await tiers.healths();
  const after = await tiers.serve(ordersFrom(1000, 400));
  const healths = await tiers.healths();
  const [here, lost] = [0, 1].map((at) => after.filter(({ shard }) => shard === at)) as [Served[], Served[]];
  for (const program of ['storefront', 'warehouse'] as const) {
    const since = (address: string, count: 'received' | 'delivered' | 'failed'): number => {
      const at = (health: typeof healths): number =>
        health[program].spans.find(({ exporter }) => exporter === `otlp ${address}`)?.[count] ?? Number.NaN;
      return at(healths) - at(earlier);
    };
    const made = (orders: readonly Served[]): number => sum(orders.map(({ kind }) => spansOf(kind)[program]));
    expect([since(alive.http, 'received'), since(alive.http, 'delivered')]).toEqual([made(here), made(here)]);
    expect([since(dead.http, 'received'), since(dead.http, 'failed')]).toEqual([made(lost), made(lost)]);
  }
  await tiers.decided(alive, [...before, ...after].filter(({ shard }) => shard === 0).length);
  const arrived = arrivedOf(after);
  expect(arrived.filter(({ shard }) => shard !== 0)).toEqual([]);
  expect(numbersOf(arrived.filter(isKept))).toEqual(numbersOf(here.filter(isKept)));
  expectTenth(arrived, here);
});
