/**
 * `OTEL_SDK_DISABLED`: nothing is woven, recorded or sent; trace context is passed on, and the program notices nothing.
 */
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { annotate, bootstrap, log, Traced, traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';

class Mill {
  @Traced()
  grind(): string {
    annotate({ grain: 'rye' });
    log.info('ground');
    return traced('sieve', () => 'flour')();
  }
}

beforeEach(() => (process.env['OTEL_SDK_DISABLED'] = 'True'));
afterEach(() => delete process.env['OTEL_SDK_DISABLED']);

test('nothing is woven or recorded, until it is stopped and started for real', async () => {
  new Mill();
  const written = Mill.prototype.grind;
  const exporter = new KeepingExporter();
  const settings = { export: { protocol: 'none' as const, spanExporters: [exporter] } };
  const telemetry = bootstrap(settings);
  expect(bootstrap()).toBe(telemetry);
  expect(Mill.prototype.grind).toBe(written);
  expect(new Mill().grind()).toBe('flour');
  expect(trace.getTracer('hand').startSpan('s').isRecording()).toBe(false);
  await telemetry.flush();
  expect(telemetry.health()).toEqual({
    state: 'disabled',
    spans: [],
    logs: [],
    metrics: [],
    held: { spans: 0, bytes: 0, spansAtMost: 0, bytesAtMost: 0 },
    sampling: undefined,
    faults: [],
  });
  await telemetry.shutdown();
  await telemetry.shutdown();
  expect(telemetry.health().state).toBe('stopped');
  expect(exporter.getFinishedSpans()).toEqual([]);

  process.env['OTEL_SDK_DISABLED'] = 'false';
  const real = bootstrap(settings);
  new Mill().grind();
  await real.shutdown();
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['sieve', 'Mill.grind']);
});

test('trace context is passed on', async () => {
  const telemetry = bootstrap();
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const given = propagation.extract(ROOT_CONTEXT, { traceparent });
  const carrier: Record<string, string> = {};
  context.with(given, () => propagation.inject(context.active(), carrier));
  expect(carrier['traceparent']).toBe(traceparent);
  await telemetry.shutdown();
  expect(propagation.fields()).toEqual([]);
});

test('beside an SDK that is there, or is not there for the same reason, nothing is registered', async () => {
  const settings = { provider: 'existing' as const };
  const without = bootstrap(settings);
  expect(without.health().state).toBe('disabled');
  await without.shutdown();
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  const beside = bootstrap(settings);
  expect(beside.health().state).toBe('disabled');
  await beside.shutdown();
  expect(context.setGlobalContextManager(new AsyncLocalStorageContextManager())).toBe(false);
  context.disable();
});

test('settings are checked all the same', () => {
  expect(() => bootstrap({ nonsense: 1 } as never)).toThrow(/SPANDREL_SETTING_UNKNOWN/);
});

test('another value than true and false is told of, and telemetry runs', async () => {
  process.env['OTEL_SDK_DISABLED'] = 'yes';
  const telemetry = bootstrap({ export: { protocol: 'none' } });
  expect(telemetry.health()).toMatchObject({
    state: 'running',
    faults: [{ code: 'SPANDREL_ENVIRONMENT_IGNORED', where: 'OTEL_SDK_DISABLED' }],
  });
  await telemetry.shutdown();
});
