/**
 * Readers of the user's own: each is told everything, in its own temporality, and aggregated as it asks.
 */
import {
  AggregationTemporality,
  AggregationType,
  DataPointType,
  InMemoryMetricExporter,
  InstrumentType,
  type MetricData,
  type MetricReader,
  type MetricReaderOptions,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { bootstrap, Counted, call, Gauged, InFlight, type Telemetry, Timed } from 'spandrel';
import { ReaderOnDemand } from '../support/recorded-telemetry.js';

class Stall {
  @Counted('readers.sold', { attributes: { what: call.arg(0) } })
  @Timed('readers.duration', { unit: 'ms', buckets: [1e6] })
  sell(_what: unknown): void {}

  @Counted('readers.SOLD', { attributes: { what: call.arg(0) } })
  give(_what: unknown): void {}

  @InFlight('readers.open')
  async open(until: Promise<void>): Promise<void> {
    await until;
  }

  @Gauged('readers.shelf')
  static shelf(): number {
    return 7;
  }
}

let telemetry: Telemetry | undefined;
afterEach(() => telemetry?.shutdown());

function start(...metricReaders: MetricReader[]): void {
  telemetry = bootstrap({
    service: 'spec',
    export: { protocol: 'none', metricReaders },
    // Some have more series than the default lets there be.
    limits: { series: 10_000 },
  });
}

const reader = (options: MetricReaderOptions = {}): ReaderOnDemand => new ReaderOnDemand(options);
const delta = (): ReaderOnDemand => reader({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });

async function collected(from: MetricReader): Promise<Map<string, MetricData>> {
  const { resourceMetrics, errors } = await from.collect();
  expect(errors).toEqual([]);
  expect(resourceMetrics.scopeMetrics.map(({ scope }) => scope.name)).toEqual(['spandrel']);
  const [ours] = resourceMetrics.scopeMetrics;
  return new Map(ours?.metrics.map((metric) => [metric.descriptor.name, metric]));
}

function points(metrics: ReadonlyMap<string, MetricData>, name: string): unknown[] {
  return (metrics.get(name)?.dataPoints ?? []).map(({ attributes, value }) => [
    attributes,
    typeof value === 'number' ? value : value.count,
  ]);
}

test('each reader in its own temporality, whenever the others collect', async () => {
  const [interval, total] = [delta(), reader()];
  start(interval, total);
  const stall = new Stall();
  stall.sell('apple');
  stall.give('apple');
  const first = await collected(interval);
  expect(points(first, 'readers.sold')).toEqual([[{ what: 'apple' }, 2]]);
  expect(points(first, 'readers.duration')).toEqual([[{}, 1]]);
  expect(points(first, 'readers.shelf')).toEqual([[{}, 7]]);
  stall.sell('pear');
  expect(points(await collected(total), 'readers.sold')).toEqual([
    [{ what: 'apple' }, 2],
    [{ what: 'pear' }, 1],
  ]);
  stall.sell('apple');
  const [second, all] = [await collected(interval), await collected(total)];
  expect(points(second, 'readers.sold')).toEqual([
    [{ what: 'pear' }, 1],
    [{ what: 'apple' }, 1],
  ]);
  expect(points(all, 'readers.sold')).toEqual([
    [{ what: 'apple' }, 3],
    [{ what: 'pear' }, 1],
  ]);
  expect(points(all, 'readers.duration')).toEqual([[{}, 3]]);
  expect(points(await collected(interval), 'readers.sold')).toEqual([]);
});

test('values that look alike are series apart', async () => {
  const total = reader();
  start(total);
  const stall = new Stall();
  const values = [1, '1', true, 'true', ['a', 'b'], '["a","b"]', undefined, 'undefined', '', []];
  for (const value of [...values, ...values, ['a', 'b']]) stall.sell(value);
  const sold = points(await collected(total), 'readers.sold');
  expect(sold).toEqual(
    values.map((what) => [what === undefined ? {} : { what }, Array.isArray(what) && what.length > 0 ? 3 : 2]),
  );
});

test('what is in flight over several intervals comes down in the last', async () => {
  const interval = delta();
  start(interval);
  let close = (): void => {};
  const opened = new Stall().open(
    new Promise((resolve) => {
      close = resolve;
    }),
  );
  expect(points(await collected(interval), 'readers.open')).toEqual([[{}, 1]]);
  expect(points(await collected(interval), 'readers.open')).toEqual([]);
  close();
  await opened;
  expect(points(await collected(interval), 'readers.open')).toEqual([[{}, -1]]);
});

test('more values than are kept in mind in one place, over many intervals', async () => {
  const interval = delta();
  start(interval);
  const stall = new Stall();
  for (let round = 0; round < 4; round += 1) {
    for (let id = 0; id < 1500; id += 1) stall.sell(round * 1000 + id);
    const sold = points(await collected(interval), 'readers.sold');
    expect(sold).toHaveLength(1500);
    expect(sold.at(-1)).toEqual([{ what: round * 1000 + 1499 }, 1]);
  }
});

test('the last values come with the shutdown, and the next telemetry begins at zero', async () => {
  for (const sold of [2, 1]) {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    start(new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 1e6 }));
    for (let i = 0; i < sold; i += 1) new Stall().sell('apple');
    await telemetry?.shutdown();
    new Stall().sell('apple');
    const told = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
    expect(told.filter(({ descriptor }) => descriptor.name === 'readers.sold')).toMatchObject([
      { dataPoints: [{ attributes: { what: 'apple' }, value: sold }] },
    ]);
  }
});

test('a reader that wants exponential histograms, and one that wants no counters, get what they ask for', async () => {
  const exponential = reader({
    aggregationSelector: (type) => ({
      type: type === InstrumentType.HISTOGRAM ? AggregationType.EXPONENTIAL_HISTOGRAM : AggregationType.DEFAULT,
    }),
  });
  const without = reader({
    aggregationSelector: (type) => ({
      type: type === InstrumentType.COUNTER ? AggregationType.DROP : AggregationType.DEFAULT,
    }),
  });
  const plain = delta();
  start(exponential, without, plain);
  const stall = new Stall();
  stall.sell('apple');
  stall.sell('apple');
  await stall.open(Promise.resolve());
  const [first, second, third] = [await collected(exponential), await collected(without), await collected(plain)];
  for (const metrics of [first, second, third]) {
    expect(points(metrics, 'readers.duration')).toEqual([[{}, 2]]);
    expect(points(metrics, 'readers.open')).toEqual([[{}, 0]]);
    expect(points(metrics, 'readers.shelf')).toEqual([[{}, 7]]);
  }
  expect(first.get('readers.duration')?.dataPointType).toBe(DataPointType.EXPONENTIAL_HISTOGRAM);
  expect(second.get('readers.duration')?.dataPointType).toBe(DataPointType.HISTOGRAM);
  expect(points(first, 'readers.sold')).toEqual([[{ what: 'apple' }, 2]]);
  expect(second.has('readers.sold')).toBe(false);
  expect(points(third, 'readers.sold')).toEqual([[{ what: 'apple' }, 2]]);
});
