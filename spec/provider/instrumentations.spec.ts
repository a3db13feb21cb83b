/**
 * Instrumentations given to `bootstrap()`: switched on with the providers that run, off by `shutdown()`, and no harm to anyone when
 * they fail. `instrumented-programs.spec.ts` has OpenTelemetry's own ones at work.
 */
import { context, type MeterProvider, metrics, type TracerProvider, trace } from '@opentelemetry/api';
import { type LoggerProvider, logs } from '@opentelemetry/api-logs';
import type { Settings } from 'spandrel';
import { bootstrap, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

type Plugin = NonNullable<Settings['instrumentations']>[number];

class Mill {
  @Traced()
  grind(): string {
    return 'flour';
  }

  @Traced()
  turn<T>(work: () => T): T {
    return work();
  }
}

/** An instrumentation of a library with one call, `use`, that tells by all three signals while it is on. */
class Instrumented implements Plugin {
  readonly instrumentationName: string = 'instrumented';
  readonly heard: string[] = [];
  #tracers: TracerProvider = trace.getTracerProvider();
  #meters: MeterProvider = metrics.getMeterProvider();
  #loggers: LoggerProvider = logs.getLoggerProvider();
  #isOn = false;

  setTracerProvider(provider: TracerProvider): void {
    this.heard.push('tracer');
    this.#tracers = provider;
  }

  setMeterProvider(provider: MeterProvider): void {
    this.heard.push('meter');
    this.#meters = provider;
  }

  setLoggerProvider(provider: LoggerProvider): void {
    this.heard.push('logger');
    this.#loggers = provider;
  }

  enable(): void {
    this.heard.push('enable');
    this.#isOn = true;
  }

  disable(): void {
    this.heard.push('disable');
    this.#isOn = false;
  }

  use<T>(inside: () => T): T {
    if (!this.#isOn) return inside();
    const used = this.#tracers.getTracer(this.instrumentationName).startSpan('use');
    this.#meters.getMeter(this.instrumentationName).createCounter('library.uses').add(1);
    try {
      return context.with(trace.setSpan(context.active(), used), () => {
        this.#loggers.getLogger(this.instrumentationName).emit({ body: 'used' });
        return inside();
      });
    } finally {
      used.end();
    }
  }
}

const start = (...instrumentations: Plugin[]) => recorded.start((given) => bootstrap({ ...given, instrumentations }));

afterEach(() => recorded.stop());

const mill = new Mill();
const used = { name: 'use', attributes: {}, status: 'unset' as const, events: [] };

test('they tell by our providers while it runs, nested with woven calls in both directions', async () => {
  const one = new Instrumented();
  start(one);
  expect(one.heard).toEqual(['tracer', 'meter', 'logger', 'enable']);
  expect(mill.turn(() => one.use(() => mill.grind()))).toBe('flour');
  one.use(() => mill.turn(() => one.use(() => undefined)));
  expect(await recorded.trees()).toEqual([
    span('Mill.turn', {}, { ...used, children: [span('Mill.grind')] }),
    { ...used, children: [span('Mill.turn', {}, { ...used, children: [] })] },
  ]);
  expect(await recorded.points('library.uses')).toEqual([[{}, 3]]);
  const ids = (await recorded.spans()).filter(({ name }) => name === 'use').map((one) => one.spanContext().spanId);
  expect((await recorded.logs()).map(({ body, spanContext }) => [body, spanContext?.spanId])).toEqual(
    expect.arrayContaining(ids.map((id) => ['used', id])),
  );
});

test('shutdown switches them off, and another bootstrap on again', async () => {
  const one = new Instrumented();
  start(one);
  await recorded.stop();
  expect(one.heard.slice(4)).toEqual(['disable']);
  one.use(() => undefined);
  start(one);
  expect(one.heard.slice(5)).toEqual(['tracer', 'meter', 'logger', 'enable']);
  one.use(() => undefined);
  expect(await recorded.trees()).toEqual([{ ...used, children: [] }]);
});

test('one without a logger is none the worse', async () => {
  const one = new Instrumented();
  start(Object.assign(one, { setLoggerProvider: undefined as never }));
  one.use(() => undefined);
  expect(await recorded.trees()).toEqual([{ ...used, children: [] }]);
  expect(recorded.faults()).toEqual([]);
});

test('one that throws is told of once, and touches neither the program nor the others', async () => {
  class Failing extends Instrumented {
    override readonly instrumentationName = 'failing';

    override setMeterProvider(): void {
      throw new Error('no meter');
    }

    override disable(): void {
      super.disable();
      throw new Error('no end');
    }
  }
  const [failing, other] = [new Failing(), new Instrumented()];
  start(failing, other);
  expect(failing.heard).toEqual(['tracer']);
  expect(other.use(() => mill.grind())).toBe('flour');
  expect(await recorded.trees()).toEqual([{ ...used, children: [span('Mill.grind')] }]);
  await recorded.stop();
  expect(failing.heard).toEqual(['tracer', 'disable']);
  expect(other.heard.at(-1)).toBe('disable');
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_INSTRUMENTATION_FAILED', where: 'failing', count: 2 }]);
  expect(recorded.warnings()).toHaveLength(1);
  expect(recorded.warnings()[0]).toContain('no meter');
});

test('none is switched on where telemetry cannot start', () => {
  const one = new Instrumented();
  const settings: Settings = { export: { protocol: 'none' }, metrics: { views: [{}] }, instrumentations: [one] };
  expect(() => bootstrap(settings)).toThrow(/SPANDREL_SETTING_INVALID/);
  expect(one.heard).toEqual([]);
});
