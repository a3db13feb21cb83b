/**
 * The limit on series: what comes over it goes to one series, so that every total stays right; and a series that nobody
 * tells of any more gives its place up.
 */
import type { Attributes } from '@opentelemetry/api';
import type { MetricData } from '@opentelemetry/sdk-metrics';
import { collectGarbage } from '../support/collect-garbage.js';
import { type InstrumentName, ownWorld, type ReaderPlan, sdkWorld, type World } from '../support/metric-worlds.js';

const overflow = { 'otel.metric.overflow': true };

type Told = [attributes: Attributes, value: unknown];

async function told(world: World, reader: number, name: InstrumentName = 'worlds.counter'): Promise<Told[]> {
  const metrics: MetricData[] = (await world.collect(reader)).flatMap((scope) => scope.metrics);
  const points = metrics.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
  return points.map(({ attributes, value }) => [attributes, typeof value === 'number' ? value : value.count]);
}

const cumulative = (limit: number): ReaderPlan => ({ temporality: 'cumulative', limit });
const delta = (limit: number): ReaderPlan => ({ temporality: 'delta', limit });

function count(world: World, from: number, to: number, holder = 1): void {
  for (let id = from; id <= to; id += 1) world.measure('worlds.counter', 1, { id }, holder);
}

test('the limit counts the series of the overflow, as with the SDK', async () => {
  for (const limit of [1, 2, 3, 2000]) {
    const worlds = [sdkWorld([cumulative(limit)]), ownWorld([cumulative(limit)])];
    for (const world of worlds) count(world, 1, 2005);
    const [theirs, ours] = await Promise.all(worlds.map((world) => told(world, 0)));
    expect(ours).toEqual(theirs);
    expect(ours).toHaveLength(limit);
    expect(ours?.at(-1)).toEqual([overflow, 2005 - (limit - 1)]);
  }
});

test('a cumulative reader keeps the series it has for good, and takes no more, in later intervals either', async () => {
  const world = ownWorld([cumulative(3)]);
  count(world, 1, 2);
  expect(await told(world, 0)).toEqual([
    [{ id: 1 }, 1],
    [{ id: 2 }, 1],
  ]);
  count(world, 2, 5);
  expect(await told(world, 0)).toEqual([
    [{ id: 1 }, 1],
    [{ id: 2 }, 2],
    [overflow, 3],
  ]);
});

test('each reader has the limit it asked for', async () => {
  const world = ownWorld([cumulative(2), delta(4), cumulative(2000)]);
  count(world, 1, 5);
  expect(await told(world, 0)).toEqual([
    [{ id: 1 }, 1],
    [overflow, 4],
  ]);
  expect(await told(world, 1)).toEqual([
    [{ id: 1 }, 1],
    [{ id: 2 }, 1],
    [{ id: 3 }, 1],
    [overflow, 2],
  ]);
  expect(await told(world, 2)).toHaveLength(5);
  expect(await told(world, 1)).toEqual([]);
});

test('a delta reader is limited in each interval, however many series there were before', async () => {
  const world = ownWorld([delta(4)]);
  for (let interval = 0; interval < 50; interval += 1) {
    const first = interval * 3 + 1;
    count(world, first, first + 3);
    expect(await told(world, 0)).toEqual([
      [{ id: first }, 1],
      [{ id: first + 1 }, 1],
      [{ id: first + 2 }, 1],
      [overflow, 1],
    ]);
  }
});

test('a series that was let go is found again, by whoever held it and by others, as one', async () => {
  const world = ownWorld([delta(3)]);
  world.measure('worlds.counter', 1, { id: 'held' }, 1);
  world.measure('worlds.histogram', 1, { id: 'held' }, 1);
  await world.collect(0);
  for (let id = 0; id < 20; id += 1) {
    world.measure('worlds.counter', 1, { id }, 2);
    world.measure('worlds.histogram', 1, { id }, 2);
    await world.collect(0);
  }
  // Somebody else makes it anew before the one who held it comes back.
  for (const name of ['worlds.counter', 'worlds.histogram'] as const) {
    world.measure(name, 1, { id: 'held' }, 0);
    world.measure(name, 1, { id: 'held' }, 1);
    world.measure(name, 1, { id: 'held' }, 1);
    expect(await told(world, 0, name)).toEqual([[{ id: 'held' }, 3]]);
    world.measure(name, 1, { id: 'held' }, 1);
    expect(await told(world, 0, name)).toEqual([[{ id: 'held' }, 1]]);
  }
});

test('what is held and finds no room in a later interval goes to the overflow', async () => {
  const world = ownWorld([delta(3)]);
  count(world, 1, 2);
  await world.collect(0);
  count(world, 3, 4);
  count(world, 1, 2);
  expect(await told(world, 0)).toEqual([
    [{ id: 3 }, 1],
    [{ id: 4 }, 1],
    [overflow, 2],
  ]);
});

test('what came and went is forgotten, also what there was no room for', async () => {
  const world = ownWorld([delta(4)]);
  const series: WeakRef<object>[] = [];
  const counter = world.instruments.counter({ name: 'worlds.counter' });
  for (let id = 0; id < 100; id += 1) {
    const one = counter.series({ id });
    one.add(1);
    if (one.keep) series.push(new WeakRef(one));
    // The fourth and the fifth find no room: that is known before anything is made for them.
    expect(one.keep).toBe(id % 5 < 3);
    if (id % 5 === 4) await world.collect(0);
  }
  await collectGarbage();
  expect(series).toHaveLength(60);
  expect(series.filter((reference) => reference.deref() !== undefined).length).toBeLessThan(8);
});

test('attributes that say overflow are the overflow', async () => {
  const worlds = [sdkWorld([cumulative(2)]), ownWorld([cumulative(2)])];
  for (const world of worlds) {
    world.measure('worlds.counter', 1, { id: 1 });
    world.measure('worlds.counter', 1, { ...overflow });
    world.measure('worlds.counter', 1, { id: 2 });
  }
  const [theirs, ours] = await Promise.all(worlds.map((world) => told(world, 0)));
  expect(ours).toEqual(theirs);
  expect(ours).toEqual([
    [{ id: 1 }, 1],
    [overflow, 2],
  ]);
});

test('what is told is the reader’s to keep: later measurements do not change it', async () => {
  const world = ownWorld([cumulative(5)]);
  world.measure('worlds.histogram', 1, {});
  const [first] = (await world.collect(0)).flatMap((scope) => scope.metrics);
  const before = JSON.stringify(first);
  world.measure('worlds.histogram', 2, {});
  await world.collect(0);
  expect(JSON.stringify(first)).toBe(before);
});

test('after the release nothing is taken in, and nothing throws', async () => {
  const world = ownWorld([cumulative(5)]);
  world.measure('worlds.counter', 1, { id: 1 }, 1);
  world.instruments.release();
  count(world, 1, 9);
  world.measure('worlds.histogram', 1, {});
  expect(await told(world, 0)).toEqual([[{ id: 1 }, 1]]);
  expect(await told(world, 0, 'worlds.histogram')).toEqual([]);
});

test('without a reader nothing is kept', () => {
  const { instruments } = ownWorld([]);
  const counter = instruments.counter({ name: 'nobody.asks' });
  for (let id = 0; id < 5000; id += 1) counter.series({ id }).add(1);
  expect(counter.series({ id: 1 }).keep).toBe(true);
});
