/**
 * Other places where telemetry asks the program: callbacks of gauges at a collection, the stream the console writes to, and
 * exporters that ask for the telemetry they are part of.
 */
import { metrics, trace } from '@opentelemetry/api';
import { bootstrap, Gauged, log, type Telemetry, Traced } from 'spandrel';
import { ReaderOnDemand, recorded, span } from '../support/recorded-telemetry.js';

class Reading {
  @Traced()
  value(): number {
    log.info('reading');
    return trace.getActiveSpan() === undefined ? 1 : 2;
  }

  @Traced()
  async later(): Promise<number> {
    await Promise.resolve();
    return this.value();
  }

  @Gauged('reading.gauge')
  get size(): number {
    return this.value();
  }
}

class Outer {
  @Traced()
  async run<T>(work: () => Promise<T>): Promise<T> {
    return await work();
  }
}

describe('a collection', () => {
  beforeEach(() => void recorded.start());
  afterEach(() => recorded.stop());

  test('callbacks of hand-made gauges, and our gauges, are no calls of the program', async () => {
    const reading = new Reading();
    const meter = metrics.getMeter('by hand');
    meter.createObservableGauge('now').addCallback((result) => result.observe(reading.value()));
    meter.createObservableGauge('later').addCallback(async (result) => result.observe(await reading.later()));
    await new Outer().run(async () => {
      expect(reading.size).toBe(2);
      const collected = await recorded.metrics();
      expect(['now', 'later', 'reading.gauge'].map((name) => collected.get(name)?.dataPoints[0]?.value)).toEqual([
        1, 1, 1,
      ]);
    });
    expect(await recorded.trees()).toEqual([span('Outer.run', {}, span('Reading.value'))]);
    expect(await recorded.logs()).toHaveLength(1);
  });

  test('a reader that serves one telemetry is refused by name in another', async () => {
    const reader = new ReaderOnDemand();
    await recorded.stop();
    const settings = { export: { protocol: 'none', metricReaders: [reader] } } as const;
    await bootstrap(settings).shutdown();
    expect(() => bootstrap(settings)).toThrow(/SPANDREL_SETTING_INVALID.*export.metricReaders/);
  });
});

test('the stream the console writes to may be annotated: what it does is not drawn on it', async () => {
  const written: string[] = [];
  class Stream {
    @Traced()
    write(text: string, done?: () => void): boolean {
      log.info('writing');
      written.push(text);
      done?.();
      return true;
    }
  }
  const telemetry = bootstrap({ export: { protocol: 'console', console: { stream: new Stream() } } });
  await new Outer().run(async () => void log.info('said'));
  for (let times = 0; times < 3; times += 1) await telemetry.flush();
  await telemetry.shutdown();
  const text = written.join('');
  expect(text.match(/said/g)).toHaveLength(1);
  expect(text.match(/Outer\.run/g)).toHaveLength(1);
  expect(text).not.toContain('Stream.write');
  expect(text).not.toContain('writing');
});

describe('an exporter that asks for the telemetry it is part of', () => {
  /** What it does with each batch; it answers when that is done. */
  function telemetryWith(work: () => Promise<unknown>): { telemetry: Telemetry; got: string[] } {
    const got: string[] = [];
    const exporter = {
      export(batch: readonly { name: string }[], done: (result: { code: number }) => void): void {
        got.push(...batch.map(({ name }) => name));
        void work().then(() => done({ code: 0 }));
      },
      shutdown: () => Promise.resolve(),
    };
    const telemetry = bootstrap({
      export: { protocol: 'none', spanExporters: [exporter] },
      batch: { size: 1, intervalMs: 1 },
    });
    return { telemetry, got };
  }

  test('gets it from bootstrap(), and its flush() does not wait for itself', async () => {
    const asked: unknown[] = [];
    const { telemetry, got } = telemetryWith(async () => {
      asked.push(bootstrap({ service: 'another' }));
      await bootstrap().flush();
      await Promise.resolve();
      await bootstrap().flush();
    });
    await new Outer().run(async () => undefined);
    await telemetry.flush();
    expect(got).toEqual(['Outer.run']);
    expect(asked).toEqual([telemetry]);
    expect(telemetry.health().spans[0]).toMatchObject({ delivered: 1, failed: 0, waiting: 0 });
    await telemetry.shutdown();
  });

  test('may shut it down: what it is sending is delivered', async () => {
    const { telemetry, got } = telemetryWith(async () => {
      await Promise.resolve();
      await bootstrap().shutdown();
    });
    await new Outer().run(async () => undefined);
    await telemetry.flush();
    await telemetry.shutdown();
    expect(got).toEqual(['Outer.run']);
    expect(telemetry.health()).toMatchObject({ state: 'stopped', faults: [] });
    expect(telemetry.health().spans[0]).toMatchObject({ delivered: 1, failed: 0, waiting: 0 });
  });
});
