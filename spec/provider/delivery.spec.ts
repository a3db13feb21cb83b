/**
 * Every span and log record is accounted for, whatever an exporter does: received = delivered + failed + dropped + waiting.
 */
import { trace } from '@opentelemetry/api';
import type { ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { bootstrap, type DeliveryCount, log, type Telemetry } from 'spandrel';

type Behaviour = 'take' | 'refuse' | 'throw' | 'hang' | 'answer twice' | 'answer later';

/** An exporter of the user's that behaves as it is told, one export after the other. */
class ScriptedExporter implements SpanExporter {
  readonly taken: string[] = [];
  readonly batches: number[] = [];
  /** Whether an export ran while the application was ending a span. */
  static endingSpan = false;
  exportedInsideEnd = false;
  readonly #script: Behaviour[];

  constructor(...script: Behaviour[]) {
    this.#script = script;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exportedInsideEnd ||= ScriptedExporter.endingSpan;
    this.batches.push(spans.length);
    const behaviour = this.#script.shift() ?? 'take';
    const take = (): void => {
      this.taken.push(...spans.map(({ name }) => name));
      done({ code: 0 });
    };
    if (behaviour === 'throw') throw new Error('exporter threw');
    if (behaviour === 'refuse') done({ code: 1, error: new Error('no thanks') });
    if (behaviour === 'take' || behaviour === 'answer twice') take();
    if (behaviour === 'answer twice') done({ code: 1, error: new Error('changed my mind') });
    if (behaviour === 'answer later') setTimeout(take, 5);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

let telemetry: Telemetry;

function start(exporters: SpanExporter[], batch: { size?: number; buffer?: number; intervalMs?: number } = {}): void {
  telemetry = bootstrap({ export: { protocol: 'none', spanExporters: exporters }, batch });
}

function endSpans(count: number, from = 0): void {
  ScriptedExporter.endingSpan = true;
  for (let i = 0; i < count; i += 1)
    trace
      .getTracer('spec')
      .startSpan(`span ${from + i}`)
      .end();
  ScriptedExporter.endingSpan = false;
}

function total({ delivered, failed, dropped, waiting }: DeliveryCount): number {
  return delivered + failed + dropped.bufferFull + dropped.afterShutdown + dropped.unsentAtShutdown + waiting;
}

const first = (): DeliveryCount => telemetry.health().spans[0] as DeliveryCount;

afterEach(() => telemetry.shutdown({ timeoutMs: 500 }));

test('full batches go out without waiting for the interval, and never inside the end of a span', async () => {
  const exporter = new ScriptedExporter();
  start([exporter], { size: 10, intervalMs: 2 ** 31 - 1 });
  endSpans(25);
  expect(exporter.batches).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(exporter.batches).toEqual([10, 10]);
  expect(exporter.exportedInsideEnd).toBe(false);
  await telemetry.flush();
  expect(exporter.batches).toEqual([10, 10, 5]);
  expect(first()).toMatchObject({ exporter: 'ScriptedExporter', received: 25, delivered: 25, waiting: 0 });
});

test('what does not fill a batch goes out after the interval', async () => {
  const exporter = new ScriptedExporter();
  start([exporter], { intervalMs: 10 });
  endSpans(3);
  while (exporter.batches.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(exporter.taken).toEqual(['span 0', 'span 1', 'span 2']);
});

test('by default: batches of 512, a buffer of 10,000; more is dropped and counted', async () => {
  const exporter = new ScriptedExporter();
  start([exporter]);
  endSpans(10_007);
  expect(first()).toMatchObject({ received: 10_007, waiting: 10_000, dropped: { bufferFull: 7 } });
  await telemetry.flush();
  expect(exporter.batches).toEqual([...Array<number>(19).fill(512), 272]);
  expect(exporter.taken).toEqual(Array.from({ length: 10_000 }, (_, i) => `span ${i}`));
  expect(telemetry.health().faults).toMatchObject([
    { code: 'SPANDREL_BUFFER_FULL', where: 'ScriptedExporter', count: 7 },
  ]);
});

test('an exporter that refuses, throws, hangs or answers twice does not touch another', async () => {
  const good = new ScriptedExporter();
  const twice = new ScriptedExporter('answer twice', 'answer twice');
  start([new ScriptedExporter('refuse'), new ScriptedExporter('throw'), new ScriptedExporter('hang'), twice, good], {
    size: 2,
  });
  endSpans(3);
  await telemetry.flush({ timeoutMs: 100 });
  const [refusing, throwing, hanging, twiceCount, goodCount] = telemetry.health().spans;
  expect(refusing).toMatchObject({ received: 3, delivered: 1, failed: 2, lastError: 'no thanks' });
  expect(throwing).toMatchObject({ received: 3, delivered: 1, failed: 2, lastError: 'exporter threw' });
  expect(hanging).toMatchObject({ received: 3, delivered: 0, failed: 0, waiting: 3 });
  expect(twiceCount).toMatchObject({ received: 3, delivered: 3, failed: 0 });
  expect(goodCount).toMatchObject({ received: 3, delivered: 3, failed: 0 });
  expect(good.taken).toEqual(['span 0', 'span 1', 'span 2']);
});

test('an exporter that rejects, or answers with nothing, has failed; one without a class has a name', async () => {
  const rejecting = { export: async () => Promise.reject(new Error('exporter bug')), shutdown: async () => undefined };
  const silent = {
    export: (_: unknown, done: (result: never) => void) => void setTimeout(() => done(undefined as never), 1),
    shutdown: async () => undefined,
  };
  const bare = Object.assign(Object.create(null), {
    export: (_: unknown, done: (result: ExportResult) => void) => done({ code: 0 }),
    shutdown: async () => undefined,
  }) as SpanExporter;
  start([rejecting as unknown as SpanExporter, silent as SpanExporter, bare]);
  endSpans(2);
  await telemetry.flush();
  expect(telemetry.health().spans).toMatchObject([
    { failed: 2, waiting: 0, lastError: 'exporter bug' },
    { failed: 2, waiting: 0, lastError: 'the exporter gave no reason' },
    { exporter: 'exporter', delivered: 2 },
  ]);
});

test('shutdown with an exporter that hangs ends in time, and says what was not sent', async () => {
  start([new ScriptedExporter('hang')], { size: 2 });
  endSpans(5);
  await telemetry.shutdown({ timeoutMs: 50 });
  endSpans(1);
  expect(telemetry.health()).toMatchObject({
    state: 'stopped',
    spans: [{ received: 5, delivered: 0, waiting: 2, dropped: { unsentAtShutdown: 3 } }],
    faults: [{ code: 'SPANDREL_SHUTDOWN_LATE', count: 1 }],
  });
});

test('a span that ends after shutdown is counted, not kept', async () => {
  const exporter = new ScriptedExporter();
  start([exporter]);
  const span = trace.getTracer('spec').startSpan('late');
  await telemetry.shutdown();
  span.end();
  expect(first()).toMatchObject({ received: 1, delivered: 0, waiting: 0, dropped: { afterShutdown: 1 } });
  expect(exporter.taken).toEqual([]);
});

test('flush waits for what was there when it was asked, whatever comes in meanwhile', async () => {
  const exporter = new ScriptedExporter(...Array<Behaviour>(10_000).fill('answer later'));
  start([exporter], { size: 10 });
  endSpans(25);
  let flushed = false;
  const flushing = telemetry.flush().then(() => {
    flushed = true;
  });
  let ended = 25;
  // Three batches' worth of time; each turn brings more than the exporter takes.
  for (let turn = 0; turn < 100 && !flushed; turn += 1) {
    endSpans(20, ended);
    ended += 20;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(flushed).toBe(true);
  await flushing;
  expect(exporter.taken.slice(0, 25)).toEqual(Array.from({ length: 25 }, (_, i) => `span ${i}`));
  expect(first().waiting).toBeGreaterThan(0);
});

test('log records take the same road', async () => {
  const records: unknown[] = [];
  telemetry = bootstrap({
    export: {
      protocol: 'none',
      logExporters: [
        {
          export: (batch, done) => {
            records.push(...batch.map(({ body }) => body));
            done({ code: records.length > 2 ? 1 : 0 });
          },
          forceFlush: () => Promise.resolve(),
          shutdown: () => Promise.reject(new Error('cannot stop')),
        },
      ],
    },
    batch: { size: 2 },
  });
  for (const word of ['a', 'b', 'c']) log.info(word);
  await telemetry.shutdown();
  expect(records).toEqual(['a', 'b', 'c']);
  expect(telemetry.health().logs).toMatchObject([
    { exporter: 'Object', received: 3, delivered: 2, failed: 1, lastError: 'cannot stop' },
  ]);
});

test('whatever the exporter does and whenever one flushes, nothing is lost from the books', async () => {
  const behaviours = fc.constantFrom<Behaviour>('take', 'refuse', 'throw', 'answer twice', 'answer later');
  const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom('flush', 'turn')), {
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(behaviours, { maxLength: 10 }),
      steps,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 8, max: 30 }),
      async (script, story, size, buffer) => {
        const exporter = new ScriptedExporter(...script);
        start([exporter], { size, buffer, intervalMs: 1000 });
        let ended = 0;
        const flushes: Promise<void>[] = [];
        for (const step of story) {
          if (typeof step === 'number') endSpans(step, ended);
          if (typeof step === 'number') ended += step;
          if (step === 'flush') flushes.push(telemetry.flush());
          if (step === 'turn') await new Promise((resolve) => setImmediate(resolve));
          expect(total(first())).toBe(ended);
          expect(first().waiting).toBeLessThanOrEqual(buffer);
        }
        await Promise.all(flushes);
        await telemetry.shutdown();
        const count = first();
        expect(total(count)).toBe(ended);
        expect(count).toMatchObject({ received: ended, waiting: 0, delivered: exporter.taken.length });
        expect(exporter.exportedInsideEnd).toBe(false);
        // In the order they ended, each once.
        const order = exporter.taken.map((name) => Number(name.slice(5)));
        expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
      },
    ),
    { numRuns: 60 },
  );
});
