/**
 * Starting, stopping and starting again: one telemetry a process, the OpenTelemetry API left as it was found, nothing
 * that rejects, throws or outlives its deadline.
 */
import { context, metrics, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MetricReader,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { type InMemorySpanExporter, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { bootstrap, Counted, isSpandrelFault, log, Traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';

class Mill {
  @Traced()
  @Counted('lifecycle.spec.grinds')
  grind(): string {
    return 'flour';
  }

  @Traced()
  async grindSlowly(done: Promise<void>): Promise<string> {
    await done;
    return 'flour';
  }
}

const quiet = { export: { protocol: 'none' as const } };
const names = (exporter: InMemorySpanExporter): string[] => exporter.getFinishedSpans().map(({ name }) => name);

test('a second bootstrap() returns the same handle, and its settings are not looked at', async () => {
  const first = bootstrap(quiet);
  expect(bootstrap()).toBe(first);
  expect(bootstrap({ nonsense: true } as never)).toBe(first);
  await first.shutdown();
  const second = bootstrap(quiet);
  expect(second).not.toBe(first);
  await second.shutdown();
});

test('shutdown leaves the API as it was found, and a new bootstrap() works as the first', async () => {
  new Mill();
  const written = Mill.prototype.grind;
  for (let round = 0; round < 3; round += 1) {
    const exporter = new KeepingExporter();
    const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
    expect(Mill.prototype.grind).not.toBe(written);
    expect(new Mill().grind()).toBe('flour');
    await telemetry.shutdown();
    expect(Mill.prototype.grind).toBe(written);
    expect(names(exporter)).toEqual(['Mill.grind']);
    expect(trace.getTracer('x').startSpan('s').isRecording()).toBe(false);
    expect(context.with(ROOT_CONTEXT.setValue(Symbol.for('k'), 1), () => context.active())).toBe(ROOT_CONTEXT);
    expect(propagation.fields()).toEqual([]);
    expect(metrics.getMeterProvider().constructor.name).toBe('NoopMeterProvider');
    new Mill().grind();
    log.info('nobody listens');
    expect(names(exporter)).toHaveLength(1);
  }
});

test('what is refused leaves no timers behind', () => {
  const began = jest.spyOn(globalThis, 'setInterval');
  const ended = jest.spyOn(globalThis, 'clearInterval');
  trace.setGlobalTracerProvider(new NodeTracerProvider());
  try {
    const spanExporters = [new KeepingExporter()];
    expect(() => bootstrap({ export: { protocol: 'none', spanExporters } })).toThrow(/SPANDREL_ALREADY_REGISTERED/);
    const timers = began.mock.results.map(({ value }) => value as unknown);
    expect(timers.length).toBeGreaterThan(0);
    expect(ended.mock.calls.map(([timer]) => timer)).toEqual(expect.arrayContaining(timers));
  } finally {
    trace.disable();
    jest.restoreAllMocks();
  }
});

test('another SDK that is registered is refused by name, and keeps its place', async () => {
  const other = new NodeTracerProvider();
  trace.setGlobalTracerProvider(other);
  expect(() => bootstrap(quiet)).toThrow(/SPANDREL_ALREADY_REGISTERED.*for traces/);
  expect((trace.getTracerProvider() as { getDelegate?(): unknown }).getDelegate?.()).toBe(other);
  // Nothing of ours is left behind in the places that were free.
  expect(propagation.fields()).toEqual([]);
  trace.disable();

  for (const [signal, take, leave] of [
    ['metrics', () => metrics.setGlobalMeterProvider(metrics.getMeterProvider()), () => metrics.disable()],
    ['logs', () => logs.setGlobalLoggerProvider({ getLogger: () => logs.getLogger('x') }), () => logs.disable()],
  ] as const) {
    take();
    try {
      bootstrap(quiet);
      throw new Error('it started');
    } catch (error) {
      expect(isSpandrelFault(error) && error.what).toBe(
        `another OpenTelemetry SDK is registered for ${signal} in this process`,
      );
    }
    leave();
  }
  await bootstrap(quiet).shutdown();
  await other.shutdown();
});

test('after shutdown an SDK of one’s own can take the places, and gets its own spans alone', async () => {
  await bootstrap(quiet).shutdown();
  const exporter = new KeepingExporter();
  const other = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  other.register();
  trace.getTracer('hand').startActiveSpan('by hand', (span) => {
    new Mill().grind();
    span.end();
  });
  for (const api of [trace, context, propagation]) api.disable();
  await other.shutdown();
  expect(names(exporter)).toEqual(['by hand']);
});

test('shutdown twice is once; a call after it resolves; calls under way keep their result', async () => {
  const exporter = new KeepingExporter();
  const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
  let finish = (): void => undefined;
  const running = new Mill().grindSlowly(new Promise((resolve) => (finish = resolve)));
  const [one, two] = [telemetry.shutdown(), telemetry.shutdown({ timeoutMs: 1 })];
  expect(one).toBe(two);
  await one;
  await telemetry.flush();
  await telemetry.shutdown();
  finish();
  expect(await running).toBe('flour');
  expect(telemetry.health()).toMatchObject({
    state: 'stopped',
    spans: [{ received: 1, dropped: { afterShutdown: 1 } }],
  });
});

test('await using ends it', async () => {
  const exporter = new KeepingExporter();
  {
    await using telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
    new Mill().grind();
    expect(telemetry.health().state).toBe('running');
  }
  expect(names(exporter)).toEqual(['Mill.grind']);
});

test('exporters and readers of one’s own that fail in every way neither throw nor hold up', async () => {
  const broken: SpanExporter = {
    export: () => {
      throw new Error('export');
    },
    forceFlush: () => {
      throw new Error('flush');
    },
    shutdown: () => Promise.reject(new Error('shutdown')),
  };
  class BrokenReader extends MetricReader {
    protected override onForceFlush(): Promise<void> {
      return Promise.reject(new Error('reader flush'));
    }
    protected override onShutdown(): Promise<void> {
      return new Promise(() => undefined);
    }
  }
  const counts = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const telemetry = bootstrap({
    export: {
      protocol: 'none',
      spanExporters: [broken],
      metricReaders: [new BrokenReader(), new PeriodicExportingMetricReader({ exporter: counts })],
    },
  });
  expect(new Mill().grind()).toBe('flour');
  await telemetry.flush();
  expect(
    counts
      .getMetrics()[0]
      ?.scopeMetrics[0]?.metrics.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints[0]?.value]),
  ).toEqual([['lifecycle.spec.grinds', 1]]);
  await telemetry.shutdown({ timeoutMs: 50 });
  expect(
    telemetry
      .health()
      .faults.map(({ code }) => code)
      .sort(),
  ).toEqual(['SPANDREL_EXPORT_FAILED', 'SPANDREL_EXPORT_FAILED', 'SPANDREL_SHUTDOWN_LATE']);
});

test.each([0, -1, Number.NaN, Infinity, 2 ** 40])('shutdown({ timeoutMs: %d }) resolves', async (timeoutMs) => {
  const telemetry = bootstrap(quiet);
  new Mill().grind();
  await telemetry.flush({ timeoutMs });
  await telemetry.shutdown({ timeoutMs });
  expect(telemetry.health().state).toBe('stopped');
});

test('faults told before another telemetry begins stay those of the first, also while it is still stopping', async () => {
  const failing: SpanExporter = {
    export: (_, done) => done({ code: 1, error: new Error('no') }),
    shutdown: () => new Promise((resolve) => setTimeout(resolve, 20)),
  };
  const first = bootstrap({ export: { protocol: 'none', spanExporters: [failing] } });
  new Mill().grind();
  await first.flush();
  const stopping = first.shutdown();
  const second = bootstrap(quiet);
  await stopping;
  expect(first.health().faults).toMatchObject([{ code: 'SPANDREL_EXPORT_FAILED' }]);
  expect(second.health().faults).toEqual([]);
  await second.shutdown();
});

test('options that are no options count as none', async () => {
  const telemetry = bootstrap(quiet);
  await telemetry.flush(null as never);
  await telemetry.shutdown(null as never);
  expect(telemetry.health().state).toBe('stopped');
});

test('the health of a telemetry that has stopped stays its own', async () => {
  const failing: SpanExporter = {
    export: (_, done) => done({ code: 1, error: new Error('no') }),
    shutdown: async () => undefined,
  };
  const first = bootstrap({ export: { protocol: 'none', spanExporters: [failing] } });
  new Mill().grind();
  await first.shutdown();
  const second = bootstrap(quiet);
  expect(second.health().faults).toEqual([]);

  expect(first.health().faults).toMatchObject([{ code: 'SPANDREL_EXPORT_FAILED' }]);
  await second.shutdown();
});
