/**
 * Our own metrics: every reader is told of them, as it asks for, but not the console, nor a test. What they tell of traces is in
 * `sampling-health.spec.ts`.
 */
import { ROOT_CONTEXT, type Tracer, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  AggregationType,
  type IMetricReader,
  type MetricProducer,
  type MetricReader,
} from '@opentelemetry/sdk-metrics';
import { bootstrap, log, type Settings } from 'spandrel';
import { isOwnMetric, ownMetricsTable } from '../../lib/provider/own-metrics-table.js';
import { startTestTelemetry } from '../../lib/testing/index.js';
import { failQuietly, mill } from '../faithful/kept-traces/mill.js';
import { startKeeping } from '../support/keeping-telemetry.js';
import { ReaderOnDemand, recorded } from '../support/recorded-telemetry.js';

const hand = (): Tracer => trace.getTracer('hand');
function times(count: number, work: () => void): void {
  for (let time = 0; time < count; time += 1) work();
}

test('without sampling there is nothing to tell of it, and what is sent is told where that is asked for', async () => {
  recorded.start((given) => bootstrap({ ...given, metrics: { own: true } }));
  times(2, () => mill.run(() => mill.step()));
  log.info('ground');
  await recorded.spans();
  const names = [...(await recorded.metrics()).keys()];
  expect(names.filter((name) => name.startsWith('spandrel.sampling'))).toEqual([]);
  const exporter = { 'spandrel.exporter.name': 'KeptSpans' };
  expect(await recorded.points('spandrel.exporter.span.delivered')).toEqual([[exporter, 4]]);
  expect(await recorded.points('spandrel.exporter.span.failed')).toEqual([[exporter, 0]]);
  expect(await recorded.points('spandrel.exporter.span.waiting')).toEqual([[exporter, 0]]);
  for (const reason of ['buffer_full', 'after_shutdown', 'unsent_at_shutdown']) {
    const dropped = await recorded.points('spandrel.exporter.span.dropped');
    expect(dropped).toContainEqual([{ ...exporter, 'spandrel.drop.reason': reason }, 0]);
  }
  expect(await recorded.points('spandrel.exporter.log.delivered')).toEqual([
    [{ 'spandrel.exporter.name': 'KeptLogs' }, 1],
  ]);
  await recorded.stop();
});

test('what went wrong is counted by its code, and by nothing of the program', async () => {
  const when = (): never => {
    throw new Error('no');
  };
  const rules = [
    { name: 'run', when },
    { name: 'step', when },
  ];
  startKeeping({ success: 0, rules }, { metrics: { own: true } });
  times(2, () => mill.run(() => mill.step()));
  expect(await recorded.points('spandrel.faults')).toEqual([[{ 'spandrel.fault.code': 'SPANDREL_OPTION_FAILED' }, 4]]);
  expect(recorded.faults()).toHaveLength(2);
  await recorded.stop();
});

/** Only what is told of one metric. */
async function valuesOf(reader: MetricReader, metric: string): Promise<unknown[]> {
  const { resourceMetrics } = await reader.collect();
  const all = resourceMetrics.scopeMetrics.flatMap(({ scope, metrics }) => (scope.name === 'spandrel' ? metrics : []));
  return all.find(({ descriptor }) => descriptor.name === metric)?.dataPoints.map(({ value }) => value) ?? [];
}

class DeltaReader extends ReaderOnDemand {
  constructor() {
    super({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });
  }
}

const none: Settings['export'] = { protocol: 'none' };
const discarding = { export: (_: unknown, done: (given: { code: number }) => void) => done({ code: 0 }) };
const exporters = { spanExporters: [{ ...discarding, shutdown: () => Promise.resolve() }] };

test('each reader is told what it asks for: totals, or what was added', async () => {
  const [total, delta] = [new ReaderOnDemand(), new DeltaReader()];
  const telemetry = bootstrap({
    export: { ...none, ...exporters, metricReaders: [total, delta] },
    sampling: { success: 0 },
  });
  const metric = 'spandrel.sampling.trace.kept';
  times(3, () => mill.run(failQuietly));
  expect(await valuesOf(total, metric)).toEqual([0, 3, 0, 0, 0]);
  expect(await valuesOf(delta, metric)).toEqual([0, 3, 0, 0, 0]);
  times(2, () => mill.run(failQuietly));
  expect(await valuesOf(total, metric)).toEqual([0, 5, 0, 0, 0]);
  expect(await valuesOf(delta, metric)).toEqual([0, 2, 0, 0, 0]);
  expect(await valuesOf(delta, metric)).toEqual([0, 0, 0, 0, 0]);
  await telemetry.shutdown();
});

test('of exporters of one name the sum is told', async () => {
  const reader = new ReaderOnDemand();
  const { spanExporters } = exporters;
  const telemetry = bootstrap({
    export: { ...none, spanExporters: [...spanExporters, { ...spanExporters[0] }] as never, metricReaders: [reader] },
    metrics: { own: true },
  });
  mill.run(() => mill.step());
  expect(telemetry.health().spans.map(({ received }) => received)).toEqual([2, 2]);
  expect(await valuesOf(reader, 'spandrel.exporter.span.received')).toEqual([4]);
  await telemetry.shutdown();
});

test('views select them as all others', async () => {
  const reader = new ReaderOnDemand();
  const telemetry = bootstrap({
    export: { ...none, metricReaders: [reader] },
    sampling: {},
    metrics: {
      views: [{ instrumentName: 'spandrel.sampling.*', aggregation: { type: AggregationType.DROP } }],
    },
  });
  expect(await valuesOf(reader, 'spandrel.sampling.rate')).toEqual([]);
  expect(await valuesOf(reader, 'spandrel.buffer.span.limit')).toEqual([10_000]);
  await telemetry.shutdown();
});

/** One that collects also where nobody should any more. */
class Unbound implements IMetricReader {
  producer: MetricProducer | undefined;
  readonly #inner = new ReaderOnDemand();

  setMetricProducer(producer: MetricProducer): void {
    this.producer = producer;
  }
  selectAggregation = this.#inner.selectAggregation.bind(this.#inner);
  selectAggregationTemporality = this.#inner.selectAggregationTemporality.bind(this.#inner);
  selectCardinalityLimit = this.#inner.selectCardinalityLimit.bind(this.#inner);
  collect = (): never => {
    throw new Error('by its producer');
  };
  forceFlush = (): Promise<void> => Promise.resolve();
  shutdown = (): Promise<void> => Promise.resolve();
}

test('they are outside of the limits on series', async () => {
  recorded.start((given) => bootstrap({ ...given, metrics: { own: true }, limits: { series: 1 } }));
  expect(await recorded.points('spandrel.buffer.span.limit')).toEqual([[{}, 10_000]]);
  expect(await recorded.points('spandrel.metric.series.usage')).toEqual([[{}, 0]]);
  expect(await recorded.points('spandrel.metric.overflowed')).toEqual([[{}, 0]]);
  expect(recorded.faults()).toEqual([]);
  await recorded.stop();
});

test('once it is shut down, nothing is read any more', async () => {
  const reader = new Unbound();
  const telemetry = bootstrap({
    export: { ...none, ...exporters, metricReaders: [reader as never] },
    metrics: { own: true },
  });
  const received = async (): Promise<unknown> => {
    const { resourceMetrics } = (await reader.producer?.collect()) ?? {};
    const all = resourceMetrics?.scopeMetrics.flatMap(({ metrics }) => metrics);
    return all?.find(({ descriptor }) => descriptor.name === 'spandrel.exporter.span.received')?.dataPoints[0]?.value;
  };
  const tracer = hand();
  tracer.startSpan('before', {}, ROOT_CONTEXT).end();
  expect(await received()).toBe(1);
  await telemetry.shutdown();
  tracer.startSpan('after', {}, ROOT_CONTEXT).end();
  expect(telemetry.health().spans).toMatchObject([{ received: 2, dropped: { afterShutdown: 1 } }]);
  // What the SDK was told last, if anything.
  expect([1, undefined]).toContain(await received());
});

describe('who is told', () => {
  const told = async (settings: Settings): Promise<string[]> => {
    const reader = new ReaderOnDemand();
    const telemetry = bootstrap({ export: { ...none, metricReaders: [reader] }, ...settings });
    const { resourceMetrics } = await reader.collect();
    await telemetry.shutdown();
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name));
  };

  test('nobody unless it is asked for, or traces are let go', async () => {
    expect(await told({})).toEqual([]);
    expect(await told({ sampling: {}, metrics: { own: false } })).toEqual([]);
    expect((await told({ sampling: {} })).every(isOwnMetric)).toBe(true);
    expect(await told({ sampling: {} })).toContain('spandrel.sampling.rate');
    expect(await told({ metrics: { own: true } })).toContain('spandrel.buffer.span.usage');
  });

  test('the console is not', async () => {
    let text = '';
    const stream = { write: (more: string) => void (text += more) };
    const telemetry = bootstrap({ export: { protocol: 'console', console: { stream } }, sampling: {} });
    mill.run(() => mill.step());
    await telemetry.shutdown();
    expect(text).toContain('run');
    expect(text).not.toContain('spandrel.');
  });

  test('a test is not, unless it asks', async () => {
    const without = startTestTelemetry({ settings: { sampling: {} } });
    expect(await without.metrics()).toEqual([]);
    await without.stop();
    const asking = startTestTelemetry({ settings: { metrics: { own: true } } });
    expect(await asking.points('spandrel.buffer.span.limit')).toMatchObject([{ value: 10_000 }]);
    await asking.stop();
  });
});

describe('names and units', () => {
  test.each(ownMetricsTable.map((metric) => [metric.name, metric] as const))('%s', (name, metric) => {
    expect(name).toMatch(/^spandrel(\.[a-z]+)+$/);
    expect(metric.unit).toMatch(/^(1|By|\{[a-z_]+\})$/);
    expect(metric.description).toMatch(/^[A-Z].*[^.]$/);
    // OpenTelemetry's naming: a name is no name space of others, and a counter does not say total.
    expect(ownMetricsTable.filter((other) => other.name.startsWith(`${name}.`))).toEqual([]);
    expect(name).not.toMatch(/total|counters?$|count$/);
  });
});
