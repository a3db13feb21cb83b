/**
 * Metrics that code makes by hand, and those of ours that are the SDK's to aggregate: their series count among those of the
 * process, and what they measure over a limit is in their overflow, to the last unit.
 */
import { type BatchObservableCallback, metrics, type ObservableCallback, ValueType } from '@opentelemetry/api';
import {
  AggregationType,
  createDenyListAttributesProcessor,
  type MetricData,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { bootstrap, Counted, call, type LimitSettings, type Telemetry } from 'spandrel';
import { ReaderOnDemand } from '../support/recorded-telemetry.js';

const overflow = { 'otel.metric.overflow': true };

class Shop {
  @Counted('hand.viewed', { attributes: { customer: call.arg(0) } })
  sell(_customer: unknown): void {}
}

let telemetry: Telemetry;
let reader: ReaderOnDemand;

beforeEach(() => void jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(async () => {
  await telemetry.shutdown();
  jest.restoreAllMocks();
});

function start(limits: LimitSettings, views: readonly ViewOptions[] = []): void {
  reader = new ReaderOnDemand({});
  telemetry = bootstrap({ export: { protocol: 'none', metricReaders: [reader] }, limits, metrics: { views } });
}

async function told(name: string): Promise<unknown[]> {
  const { resourceMetrics } = await reader.collect();
  const all: MetricData[] = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  const points = all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
  return points.map(({ attributes, value }) => [attributes, typeof value === 'object' ? value.sum : value]);
}

test('a metric is one, however often its instrument is made', async () => {
  start({ seriesPerMetric: 3 });
  for (let id = 0; id < 5; id += 1) {
    metrics
      .getMeter('hand')
      .createCounter(id % 2 === 0 ? 'hand.count' : 'hand.count')
      .add(1, { id });
  }
  expect(await told('hand.count')).toEqual([
    [{ id: 0 }, 1],
    [{ id: 1 }, 1],
    [overflow, 3],
  ]);
});

test('what the SDK keeps apart has places apart', async () => {
  start({ series: 6 });
  const meter = metrics.getMeter('hand');
  for (const unit of ['s', 'By']) {
    const counter = meter.createCounter('hand.count', { unit });
    for (let id = 0; id < 9; id += 1) counter.add(1, { id });
  }
  const { resourceMetrics } = await reader.collect();
  const points = resourceMetrics.scopeMetrics.flatMap((scope) =>
    scope.metrics.map(({ dataPoints }) => dataPoints.length),
  );
  expect(points).toHaveLength(2);
  expect(points.reduce((sum, length) => sum + length)).toBeLessThanOrEqual(7);
});

test('gauges, with attributes in any order, and without', async () => {
  start({ seriesPerMetric: 3 });
  const gauge = metrics.getMeter('hand').createGauge('hand.gauge');
  gauge.record(1);
  gauge.record(2, { a: 1, b: 2 });
  gauge.record(3, { b: 2, a: 1 });
  gauge.record(4, { a: 2 });
  gauge.record(5, { a: 3 });
  expect(await told('hand.gauge')).toEqual([
    [{}, 1],
    [{ a: 1, b: 2 }, 3],
    [overflow, 5],
  ]);
});

test('what the SDK refuses takes no place', async () => {
  start({ seriesPerMetric: 2 });
  const meter = metrics.getMeter('hand');
  const [counter, histogram] = [meter.createCounter('hand.count'), meter.createHistogram('hand.time')];
  for (let id = 0; id < 5; id += 1) {
    counter.add(-1, { id });
    histogram.record(-1, { id });
    counter.add('1' as unknown as number, { id });
  }
  counter.add(1, { id: 9 });
  histogram.record(1, { id: 9 });
  expect(await told('hand.count')).toEqual([[{ id: 9 }, 1]]);
  expect(await told('hand.time')).toEqual([[{ id: 9 }, 1]]);
  expect(telemetry.health().series).toMatchObject({ used: 2, overflowed: 0 });
});

test('observable counters: the sum of what is over the limit, by several callbacks, synchronous or not', async () => {
  start({ seriesPerMetric: 3 });
  const meter = metrics.getMeter('hand');
  const counter = meter.createObservableCounter('hand.seen', { valueType: ValueType.INT });
  const values = [10, 20, 30, 40];
  const now: ObservableCallback = (result) => {
    for (const id of [0, 1]) result.observe(values[id] as number, { id });
  };
  const later: ObservableCallback = async (result) => {
    await Promise.resolve();
    for (const id of [2, 3]) result.observe(values[id] as number, { id });
  };
  for (const callback of [now, now, later]) counter.addCallback(callback);
  expect(await told('hand.seen')).toEqual([
    [{ id: 0 }, 10],
    [{ id: 1 }, 20],
    [overflow, 70],
  ]);
  for (const id of values.keys()) values[id] = (id + 1) * 10 + id;
  expect(await told('hand.seen')).toEqual([
    [{ id: 0 }, 10],
    [{ id: 1 }, 21],
    [overflow, 75],
  ]);
  counter.removeCallback(later);
  values[1] = 50;
  expect(await told('hand.seen')).toEqual([
    [{ id: 0 }, 10],
    [{ id: 1 }, 50],
    [overflow, 75],
  ]);
});

test('of an observable counter the overflow never falls, also where some of it is observed no more', async () => {
  start({ seriesPerMetric: 2 });
  const seen = new Map([
    [1, 10],
    [2, 10],
    [3, 10],
  ]);
  metrics
    .getMeter('hand')
    .createObservableCounter('hand.seen')
    .addCallback((result) => {
      for (const [id, value] of seen) result.observe(value, { id });
    });
  expect((await told('hand.seen')).at(-1)).toEqual([overflow, 20]);
  seen.delete(3);
  expect((await told('hand.seen')).at(-1)).toEqual([overflow, 20]);
  seen.set(2, 15);
  expect((await told('hand.seen')).at(-1)).toEqual([overflow, 25]);
});

test('batches of observables, also of other meters and of none of ours', async () => {
  start({ seriesPerMetric: 2 });
  const meter = metrics.getMeter('hand');
  const [level, count] = [
    meter.createObservableUpDownCounter('hand.level'),
    meter.createObservableCounter('hand.seen'),
  ];
  const batch: BatchObservableCallback = (result) => {
    for (let id = 0; id < 4; id += 1) {
      result.observe(level, 1 - id, { id });
      result.observe(count, id * 2, { id });
    }
  };
  meter.addBatchObservableCallback(batch, [level, count]);
  expect(await told('hand.level')).toEqual([
    [{ id: 0 }, 1],
    [overflow, -3],
  ]);
  expect(await told('hand.seen')).toEqual([
    [{ id: 0 }, 0],
    [overflow, 12],
  ]);
  meter.removeBatchObservableCallback(batch, [level, count]);
  const batched = jest.fn();
  meter.addBatchObservableCallback(batched, [level]);
  await reader.collect();
  expect(batched).toHaveBeenCalledTimes(1);
});

test('a metric of ours that a view selects counts as one made by hand', async () => {
  start({ seriesPerMetric: 3 }, [{ instrumentName: 'hand.*', description: 'seen' }]);
  for (let id = 0; id < 5; id += 1) new Shop().sell(id);
  expect(await told('hand.viewed')).toEqual([
    [{ customer: 0 }, 1],
    [{ customer: 1 }, 1],
    [overflow, 3],
  ]);
  expect(telemetry.health().series).toMatchObject({ used: 3, overflowed: 1 });
});

test('where a view leaves attributes out, or a metric, only what it leaves is told, and nothing counts', async () => {
  start({ series: 3 }, [
    { instrumentName: 'hand.viewed', attributesProcessors: [createDenyListAttributesProcessor(['customer'])] },
    { instrumentName: 'hand.dropped', meterName: 'hand', aggregation: { type: AggregationType.DROP } },
  ]);
  const [dropped, count] = ['hand.dropped', 'hand.count'].map((name) => metrics.getMeter('hand').createCounter(name));
  for (let id = 0; id < 5; id += 1) {
    new Shop().sell(id);
    dropped?.add(1, { id });
  }
  count?.add(1, { id: 1 });
  count?.add(1, { id: 2 });
  expect(await told('hand.viewed')).toEqual([[{}, 5]]);
  expect(await told('hand.dropped')).toEqual([]);
  expect(await told('hand.count')).toEqual([
    [{ id: 1 }, 1],
    [{ id: 2 }, 1],
  ]);
});

test('a meter that is kept measures into nothing after shutdown, and the next telemetry begins at zero', async () => {
  start({ seriesPerMetric: 2 });
  const kept = metrics.getMeter('hand').createCounter('hand.count');
  kept.add(1, { id: 1 });
  await telemetry.shutdown();
  start({ seriesPerMetric: 2 });
  for (let id = 0; id < 3; id += 1) kept.add(1, { id });
  metrics.getMeter('hand').createCounter('hand.count').add(1, { id: 7 });
  expect(await told('hand.count')).toEqual([[{ id: 7 }, 1]]);
});

test('what a callback observed of an up-down counter goes with it', async () => {
  start({ seriesPerMetric: 2 });
  const level = metrics.getMeter('hand').createObservableUpDownCounter('hand.level');
  const observing = (): ObservableCallback => (result) => {
    for (let id = 0; id < 4; id += 1) result.observe(1, { id });
  };
  const first = observing();
  level.addCallback(first);
  expect((await told('hand.level')).at(-1)).toEqual([overflow, 3]);
  level.removeCallback(first);
  level.addCallback(observing());
  expect((await told('hand.level')).at(-1)).toEqual([overflow, 3]);
});
