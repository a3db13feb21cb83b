/**
 * What the program does inside exporters is not traced: annotated methods, hand-made spans, `annotate()` and `log` leave
 * nothing there, before and after the first `await`, or each export would be the reason for another. Metrics go on.
 */
import { type ProxyTracerProvider, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { annotate, bootstrap, Counted, log, type Telemetry, Traced, traced } from 'spandrel';
import { ReaderOnDemand } from '../support/recorded-telemetry.js';
import { WorkingExporter } from '../support/working-exporter.js';

/** Where work was done, in the order it was begun. */
const worked: string[] = [];

const plain = traced('plain', (where: string) => where);

/** What an exporter of the user's may be made of. */
class Work {
  @Traced()
  @Counted('inside.calls')
  now(where: string): void {
    worked.push(plain(where));
    annotate({ where });
    log.error(`log in ${where}`);
    logs.getLogger('by hand').emit({ body: `hand-made log in ${where}` });
    trace.getTracer('by hand').startSpan(`hand-made span in ${where}`).end();
  }

  @Traced()
  async later(where: string): Promise<void> {
    await new Promise(setImmediate);
    this.now(`${where} later`);
  }

  @Traced()
  *steps(where: string): Generator<number> {
    yield 1;
    this.now(`${where} stepping`);
  }

  async all(where: string): Promise<void> {
    this.now(where);
    for (const _ of this.steps(where));
    await this.later(where);
  }
}

class Outside {
  @Traced()
  run(): void {
    log.info('outside');
  }

  @Traced()
  async wait(until: () => boolean): Promise<void> {
    this.run();
    while (!until()) await new Promise(setImmediate);
  }
}

const work = new Work();
const at = (...moments: string[]): string[] =>
  moments.flatMap((where) => [where, `${where} stepping`, `${where} later`]);
const working = (name: string): WorkingExporter => new WorkingExporter(name, (where) => work.all(where));

let telemetry: Telemetry | undefined;
let spans: WorkingExporter;
let records: WorkingExporter;
let numbers: WorkingExporter;
let reader: ReaderOnDemand;

function start(batch: { size: number; intervalMs: number }): Telemetry {
  worked.length = 0;
  [spans, records, numbers] = [working('spans'), working('logs'), working('metrics')];
  reader = new ReaderOnDemand();
  const pushing = new PeriodicExportingMetricReader({ exporter: numbers as never, exportIntervalMillis: 600_000 });
  telemetry = bootstrap({
    export: { protocol: 'none', spanExporters: [spans], logExporters: [records], metricReaders: [pushing, reader] },
    batch,
  });
  return telemetry;
}

afterEach(() => telemetry?.shutdown());

test('exporting, flushing and shutting down leave no spans and no log records of their own', async () => {
  const { flush, shutdown } = bound(start({ size: 100, intervalMs: 600_000 }));
  new Outside().run();
  for (let times = 0; times < 3; times += 1) await flush();
  expect(spans.got).toEqual(['Outside.run']);
  expect(records.got).toEqual(['outside']);
  const once = at('spans export', 'logs export', 'spans flush', 'logs flush', 'metrics export', 'metrics flush');
  expect(new Set(worked)).toEqual(new Set(once));
  const { received, delivered } = telemetry?.health().spans[0] ?? {};
  expect([received, delivered]).toEqual([1, 1]);
  await shutdown();
  expect(spans.got).toEqual(['Outside.run']);
  expect(new Set(worked)).toEqual(new Set([...once, ...at('spans shutdown', 'logs shutdown', 'metrics shutdown')]));
});

test('nor does an export that the program’s own call set off, and that runs beside it', async () => {
  const { flush } = bound(start({ size: 1, intervalMs: 1 }));
  await new Outside().wait(() => worked.includes('spans export later') && worked.includes('logs export later'));
  await flush();
  expect(spans.got).toEqual(['Outside.run', 'Outside.wait']);
  expect(records.got).toEqual(['outside']);
});

test('annotate() in an exporter does not reach a span of the program that is running', async () => {
  const seen: unknown[] = [];
  class Annotated {
    @Traced()
    async run(): Promise<void> {
      // Its end is what begins the export, in the surroundings of this call.
      new Outside().run();
      while (!worked.includes('spans export later')) await new Promise(setImmediate);
      seen.push({ ...(trace.getActiveSpan() as unknown as { attributes: object }).attributes });
    }
  }
  start({ size: 1, intervalMs: 1 });
  await new Annotated().run();
  expect(seen).toEqual([{ 'code.function.name': 'Annotated.run' }]);
});

test('an exporter that is flushed through the API is inside, too', async () => {
  start({ size: 100, intervalMs: 600_000 });
  const provider = (trace.getTracerProvider() as ProxyTracerProvider).getDelegate() as NodeTracerProvider;
  class Flushing {
    @Traced()
    async run(): Promise<void> {
      await provider.forceFlush();
    }
  }
  await new Flushing().run();
  expect(worked).toEqual(at('spans flush'));
  await telemetry?.flush();
  expect(spans.got).toEqual(['Flushing.run']);
});

test('calls inside exporters are counted like any other', async () => {
  const { flush } = bound(start({ size: 100, intervalMs: 600_000 }));
  new Outside().run();
  await flush();
  const before = worked.length;
  expect(before).toBeGreaterThan(6);
  const { resourceMetrics } = await reader.collect();
  const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  const counted = all.find(({ descriptor }) => descriptor.name === 'inside.calls');
  expect(counted?.dataPoints.map(({ value }) => value)).toEqual([before]);
});

function bound(running: Telemetry): Pick<Telemetry, 'flush' | 'shutdown'> {
  return { flush: () => running.flush(), shutdown: () => running.shutdown() };
}
