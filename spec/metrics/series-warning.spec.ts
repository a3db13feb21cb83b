/**
 * What is told where a limit on series is met: once for each metric, which limit it was, which attribute is at fault, and never
 * a value of one. And what `health()` says of series.
 */
import { metrics } from '@opentelemetry/api';
import { AggregationTemporality, type MetricData } from '@opentelemetry/sdk-metrics';
import { bootstrap, type LimitSettings, type Telemetry } from 'spandrel';
import { Counted, call, Timed } from 'spandrel/decorators';
import { ReaderOnDemand } from '../support/recorded-telemetry.js';

class Shop {
  @Counted('warned.sold', { attributes: { customer: call.arg(0), colour: call.arg(1) } })
  sell(_customer: string, _colour: string): void {}

  @Timed('warned.packed', { attributes: { size: call.arg(0) } })
  pack(_size: number): void {}
}

const shop = new Shop();
const told: string[] = [];
let telemetry: Telemetry;

beforeEach(() => {
  told.length = 0;
  jest.spyOn(process, 'emitWarning').mockImplementation((sentence) => void told.push(String(sentence)));
});
afterEach(async () => {
  await telemetry.shutdown();
  jest.restoreAllMocks();
});

function start(limits?: LimitSettings, metricReaders = [new ReaderOnDemand({})]): void {
  telemetry = bootstrap({ export: { protocol: 'none', metricReaders }, ...(limits === undefined ? {} : { limits }) });
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Sells to so many customers, in two colours. */
function sell(customers: number): void {
  for (let i = 0; i < customers; i += 1) shop.sell(`secret-${i}`, i % 2 === 0 ? 'red' : 'blue');
}

test('a thousand series by default; the attribute is named with how many values it has, and no value', async () => {
  start();
  sell(1500);
  // Not within the call that found no place.
  expect(told).toEqual([]);
  await soon();
  sell(2000);
  await soon();
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('SPANDREL_SERIES_OVERFLOW: warned.sold:');
  expect(told[0]).toContain('limits.series (1000 series of all metrics together)');
  expect(told[0]).toMatch(/the attribute with the most different values is customer of warned\.sold: \d{3,4}\./);
  expect(told[0]).not.toContain('secret');
  const { series, faults } = telemetry.health();
  expect(series).toEqual({ limit: 1000, used: expect.any(Number), overflowed: 1 });
  // The last fifth is for the other metric.
  expect(series?.used).toBeGreaterThanOrEqual(799);
  expect(series?.used).toBeLessThanOrEqual(1000);
  expect(faults).toMatchObject([{ code: 'SPANDREL_SERIES_OVERFLOW', where: 'warned.sold', count: 1 }]);
});

test('a metric that finds no place because of another is told which it is', async () => {
  start({ series: 10 });
  sell(50);
  for (let size = 0; size < 20; size += 1) shop.pack(size % 5);
  await soon();
  expect(told).toHaveLength(2);
  expect(told[1]).toContain('SPANDREL_SERIES_OVERFLOW: warned.packed:');
  expect(told[1]).toContain('customer of warned.sold');
});

test('the limit of one metric is called by its name', async () => {
  start({ seriesPerMetric: { 'WARNED.sold': 4, '*': 3 } });
  sell(10);
  for (let size = 0; size < 2; size += 1) shop.pack(size);
  expect(telemetry.health()).toMatchObject({ series: { used: 6, overflowed: 1 } });
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('limits.seriesPerMetric (4 series)');
  shop.pack(2);
  expect(telemetry.health().series).toEqual({ limit: 1000, used: 7, overflowed: 2 });
  expect(told).toHaveLength(2);
  expect(told[1]).toContain('limits.seriesPerMetric (3 series)');
  expect(told[1]).toContain('size of warned.packed: 3');
});

test('the limit of a reader is told of as such', async () => {
  start(undefined, [new ReaderOnDemand({ cardinalitySelector: () => 3 })]);
  sell(5);
  await soon();
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('the limit of a metric reader (3 series of a metric)');
});

test('metrics that are made by hand are told of too, synchronous and observable ones', async () => {
  const reader = new ReaderOnDemand({});
  start({ seriesPerMetric: 5 }, [reader]);
  const meter = metrics.getMeter('hand');
  const counter = meter.createCounter('hand.count');
  for (let id = 0; id < 10; id += 1) counter.add(1, { id, of: 'all' });
  meter.createObservableGauge('hand.level').addCallback((result) => {
    for (let shelf = 0; shelf < 10; shelf += 1) result.observe(shelf, { shelf });
  });
  await reader.collect();
  expect(told.map((sentence) => / is (\w+ of [\w.]+: \d+)\. So/.exec(sentence)?.[1])).toEqual([
    'id of hand.count: 5',
    'shelf of hand.level: 5',
  ]);
  expect(telemetry.health().series).toEqual({ limit: 1000, used: 10, overflowed: 2 });
});

test('what is given as an overflow by hand is none', async () => {
  start({ seriesPerMetric: 5 });
  metrics.getMeter('hand').createCounter('hand.count').add(1, { 'otel.metric.overflow': true });
  await soon();
  expect(told).toEqual([]);
  expect(telemetry.health().series).toEqual({ limit: 1000, used: 1, overflowed: 0 });
});

test('another telemetry tells again', async () => {
  for (const times of [1, 2]) {
    start({ series: 5 });
    sell(9);
    await telemetry.shutdown();
    expect(told).toHaveLength(times);
  }
  start();
  expect(telemetry.health().series).toEqual({ limit: 1000, used: 0, overflowed: 0 });
});

test('with a delta reader places are free again after each collection', async () => {
  const reader = new ReaderOnDemand({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });
  start({ series: 8 }, [reader]);
  const counter = metrics.getMeter('hand').createCounter('hand.count');
  for (let interval = 0; interval < 3; interval += 1) {
    for (let id = 0; id < 9; id += 1) counter.add(1, { id: interval * 10 + id });
    expect(telemetry.health().series?.used).toBeGreaterThan(3);
    const { resourceMetrics } = await reader.collect();
    const [metric] = resourceMetrics.scopeMetrics.flatMap((scope): MetricData[] => scope.metrics);
    const attributes = metric?.dataPoints.map((point) => point.attributes);
    expect(attributes?.length).toBeLessThanOrEqual(8);
    expect(attributes).toContainEqual({ id: interval * 10 });
    expect(attributes).toContainEqual({ 'otel.metric.overflow': true });
    expect(telemetry.health().series?.used).toBe(0);
  }
});
