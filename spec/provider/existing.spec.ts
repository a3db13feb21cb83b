/**
 * `provider: 'existing'`: what it refuses, and an SDK that misbehaves.
 */
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { bootstrap, Counted, Gauged, SpandrelFault, Traced } from 'spandrel';
import { ReaderOnDemand } from '../support/recorded-telemetry.js';

class Bell {
  @Traced()
  @Counted('bell.rings')
  ring(): string {
    return 'dong';
  }
}

class Tower {
  read = 0;

  @Gauged('tower.bells')
  get bells(): number {
    this.read += 1;
    return 3;
  }
}

const written = Bell.prototype.ring;

afterEach(() => {
  jest.restoreAllMocks();
  for (const api of [trace, context, propagation, metrics, logs]) api.disable();
});

function faultOf(settings: object): SpandrelFault {
  try {
    void bootstrap({ provider: 'existing', ...settings }).shutdown();
  } catch (error) {
    if (error instanceof SpandrelFault) return error;
    throw error;
  }
  throw new Error('it started');
}

test('where nothing is registered it says so, and weaves nothing', () => {
  expect(faultOf({})).toMatchObject({ code: 'SPANDREL_NOTHING_REGISTERED' });
  expect(Bell.prototype.ring).toBe(written);
});

test.each([
  ['service', { service: 'shop' }],
  ['export', { export: { protocol: 'none' } }],
  ['export', { export: {} }],
  ['batch', { batch: { size: 1 } }],
  ['metrics', { metrics: { intervalMs: 1000 } }],
  ['processors', { processors: [] }],
  ['limits.series', { limits: { idleMs: 10, series: 10 } }],
  ['limits.seriesPerMetric', { limits: { seriesPerMetric: { 'a.b': 10 } } }],
])('%s beside it is refused: %j', (setting, settings) => {
  new NodeTracerProvider().register();
  const fault = faultOf(settings);
  expect(fault).toMatchObject({ code: 'SPANDREL_SETTING_INVALID', where: setting });
  expect(fault.remedy).toBe(
    'allowed: nothing beside provider "existing", since the SDK that is there decides: leave it out',
  );
});

test('one signal is enough, and the other settings are taken', async () => {
  const reader = new ReaderOnDemand();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  const telemetry = bootstrap({ provider: 'existing', limits: { idleMs: 10 }, shutdown: { timeoutMs: 10 } });
  expect(new Bell().ring()).toBe('dong');
  const { resourceMetrics } = await reader.collect();
  const [counter] = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  expect([counter?.descriptor.name, counter?.dataPoints.map(({ value }) => value)]).toEqual(['bell.rings', [1]]);
  await telemetry.shutdown();
});

test('an SDK that fails or hangs as it is flushed is told of, and nobody waits for it', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const flushed: string[] = [];
  const tracer = Object.assign(new NodeTracerProvider(), { forceFlush: () => Promise.reject(new Error('no disk')) });
  trace.setGlobalTracerProvider(tracer);
  const meter = Object.assign(new MeterProvider(), { forceFlush: () => new Promise<void>(() => undefined) });
  metrics.setGlobalMeterProvider(meter);
  const logger = { getLogger: () => logs.getLogger('x'), forceFlush: () => Promise.resolve(void flushed.push('logs')) };
  logs.setGlobalLoggerProvider(logger);
  const telemetry = bootstrap({ provider: 'existing' });
  await telemetry.flush({ timeoutMs: 20 });
  await telemetry.shutdown({ timeoutMs: 20 });
  await telemetry.flush();
  expect(flushed).toEqual(['logs', 'logs']);
  expect(telemetry.health().faults).toMatchObject([{ code: 'SPANDREL_EXPORT_FAILED', count: 2 }]);
  expect(warned).toHaveBeenCalledTimes(1);
  expect(String(warned.mock.calls[0]?.[0])).toMatch(/no disk/);
  expect(Bell.prototype.ring).toBe(written);
});

test('providers that can’t even be asked keep no other from being flushed, and gauges are let go', async () => {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const reader = new ReaderOnDemand();
  const meter = new MeterProvider({ readers: [reader] });
  Object.defineProperty(meter, 'forceFlush', {
    get() {
      throw new Error('not for you');
    },
  });
  metrics.setGlobalMeterProvider(meter);
  const bare = Object.assign(Object.create(null), {
    getLogger: () => undefined,
    forceFlush: () => Promise.reject(new Error('nor this')),
  });
  logs.setGlobalLoggerProvider(bare);
  const flushed = jest.fn(() => Promise.resolve());
  trace.setGlobalTracerProvider(Object.assign(new NodeTracerProvider(), { forceFlush: flushed }));
  const tower = new Tower();
  const telemetry = bootstrap({ provider: 'existing' });
  await telemetry.flush();
  await telemetry.shutdown();
  expect(flushed).toHaveBeenCalledTimes(2);
  expect(telemetry.health().faults.map(({ code, where, count }) => [code, where, count])).toEqual([
    ['SPANDREL_EXPORT_FAILED', 'MeterProvider', 2],
    ['SPANDREL_EXPORT_FAILED', 'exporter', 2],
  ]);
  await reader.collect();
  expect(tower.read).toBe(0);
});

test('a provider of its own comes after it, once the SDK has left', async () => {
  new NodeTracerProvider().register();
  await bootstrap({ provider: 'existing' }).shutdown();
  expect(() => bootstrap({ export: { protocol: 'none' } })).toThrow(/SPANDREL_ALREADY_REGISTERED/);
  for (const api of [trace, context, propagation]) api.disable();
  await bootstrap({ export: { protocol: 'none' } }).shutdown();
});
