/**
 * A metric reader of the user's that fails where it is asked something costs no call of the program, and no other reader a value.
 */
import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MetricReader,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { bootstrap, Counted } from 'spandrel';

class Shop {
  @Counted('failing.readers.orders')
  order(): string {
    return 'tea';
  }
}

class Broken extends MetricReader {
  override selectAggregation = (): never => this.#fail('aggregation');
  override selectAggregationTemporality = (): never => this.#fail('temporality');
  override selectCardinalityLimit = (): never => this.#fail('limit');
  protected onForceFlush = (): Promise<void> => this.#fail('flush');
  protected onShutdown = (): Promise<void> => this.#fail('end');

  #fail(what: string): never {
    throw new Error(`no ${what}`);
  }
}

test('one that throws at every question', async () => {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const sound = new PeriodicExportingMetricReader({ exporter });
  const telemetry = bootstrap({ export: { protocol: 'none', metricReaders: [new Broken(), sound] } });
  metrics.getMeter('hand').createCounter('failing.readers.hand').add(2);
  expect(new Shop().order()).toBe('tea');
  await telemetry.shutdown();
  const told = exporter
    .getMetrics()
    .at(-1)
    ?.scopeMetrics.flatMap((scope) => scope.metrics);
  expect(told?.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints.map(({ value }) => value)])).toEqual([
    ['failing.readers.orders', [1]],
    ['failing.readers.hand', [2]],
  ]);
  const [fault, ...others] = telemetry.health().faults;
  expect(fault).toMatchObject({ code: 'SPANDREL_EXPORT_FAILED', where: 'Broken' });
  expect(others).toEqual([]);
  jest.restoreAllMocks();
});
