/**
 * A backend that is dead while a flood of traces comes: what it is sent once it is back is whole, and holds every trace that
 * failed, as long as those fit.
 */
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { bootstrap, type DeliveryCount, type Settings, type Telemetry, Traced } from 'spandrel';

/** Hangs until it is back. */
class DyingBackend implements SpanExporter {
  readonly taken: ReadableSpan[] = [];
  #isBack = false;
  #answer: (() => void) | undefined;

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#answer = () => {
      this.taken.push(...spans);
      done({ code: ExportResultCode.SUCCESS });
    };
    if (this.#isBack) this.#answer();
  }

  back(): void {
    this.#isBack = true;
    this.#answer?.();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

class Shop {
  @Traced()
  order(failsAt: number): void {
    try {
      for (let step = 0; step < 4; step += 1) this.step(step === failsAt);
    } catch {
      // The order is served without it: only the span of the step has failed.
    }
    if (failsAt === 4) throw new Error('no order');
  }

  @Traced()
  step(fails: boolean): void {
    if (fails) throw new Error('no step');
  }
}

let telemetry: Telemetry;
afterEach(() => telemetry.shutdown({ timeoutMs: 500 }));

/** Serves so many orders, of which three of a hundred fail; what comes through is what is returned. */
async function flooded(orders: number, settings: Settings): Promise<{ taken: ReadableSpan[]; count: DeliveryCount }> {
  const backend = new DyingBackend();
  telemetry = bootstrap({ ...settings, export: { protocol: 'none', spanExporters: [backend] } });
  const shop = new Shop();
  for (let n = 0; n < orders; n += 1) {
    try {
      shop.order(n % 100 < 3 ? Math.floor(n / 100) % 5 : -1);
    } catch {
      // Its last one failed.
    }
    if (n % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const { spans } = telemetry.health();
  expect(spans[0]?.waiting).toBeLessThanOrEqual(settings.batch?.buffer ?? 10_000);
  backend.back();
  await telemetry.flush();
  return { taken: backend.taken, count: telemetry.health().spans[0] as DeliveryCount };
}

/** The traces, by whether a span of them failed. */
function tracesOf(spans: readonly ReadableSpan[]): { failed: ReadableSpan[][]; succeeded: ReadableSpan[][] } {
  const traces = new Map<string, ReadableSpan[]>();
  for (const span of spans) {
    const { traceId } = span.spanContext();
    traces.set(traceId, [...(traces.get(traceId) ?? []), span]);
  }
  const failed = [...traces.values()].filter((trace) => trace.some(({ status }) => status.code === 2));
  return { failed, succeeded: [...traces.values()].filter((trace) => !failed.includes(trace)) };
}

/** How many spans an order has: a failing step is its last. */
const spansOf = (failsAt: number): number => (failsAt < 0 ? 5 : Math.min(failsAt + 2, 5));

const isWhole = (trace: readonly ReadableSpan[]): boolean => {
  const root = trace.find(({ parentSpanContext }) => parentSpanContext === undefined);
  const failsAt = trace.filter((span) => span !== root).findIndex(({ status }) => status.code === 2);
  return trace.length === (failsAt < 0 ? 5 : spansOf(failsAt));
};

test.each([
  { by: 'number', settings: {}, lost: 'bufferFull' },
  { by: 'bytes', settings: { limits: { memoryBytes: 2 ** 20 } }, lost: 'memoryFull' },
] as const)('10,000 orders, bounded by $by: all 300 that failed come through, whole', async ({ settings, lost }) => {
  const { taken, count } = await flooded(10_000, settings);
  const { failed, succeeded } = tracesOf(taken);
  expect(failed).toHaveLength(300);
  expect(succeeded.length).toBeGreaterThan(100);
  const halves = [...failed, ...succeeded].filter((trace) => !isWhole(trace));
  expect(halves).toEqual([]);
  const received = 9_700 * 5 + [0, 1, 2, 3, 4].reduce((sum, failsAt) => sum + 60 * spansOf(failsAt), 0);
  expect(count).toMatchObject({ received, delivered: taken.length, failed: 0, waiting: 0, droppedOfFailedTraces: 0 });
  expect(count.dropped).toEqual({
    bufferFull: 0,
    memoryFull: 0,
    afterShutdown: 0,
    unsentAtShutdown: 0,
    [lost]: received - taken.length,
  });
  expect(telemetry.health().faults).toMatchObject([{ code: 'SPANDREL_BUFFER_FULL', where: 'DyingBackend' }]);
});

test('with a tenth of the successes kept, decided at their end, what waits for that leaves room for those that failed', async () => {
  const { taken, count } = await flooded(10_000, { sampling: { success: 0.1 }, batch: { buffer: 2_000 } });
  const { failed, succeeded } = tracesOf(taken);
  expect(failed).toHaveLength(300);
  expect(succeeded.length).toBeGreaterThan(50);
  expect([...failed, ...succeeded].filter((trace) => !isWhole(trace))).toEqual([]);
  expect(count.dropped.bufferFull).toBeGreaterThan(1_000);
  expect(count).toMatchObject({ droppedOfFailedTraces: 0, delivered: count.received - count.dropped.bufferFull });
});

test('where more fail than fit, the oldest of them come through, whole', async () => {
  const { taken, count } = await flooded(2_000, { batch: { buffer: 100, size: 20 } });
  const { failed, succeeded } = tracesOf(taken);
  expect(failed.length).toBeGreaterThan(20);
  expect([...failed, ...succeeded].filter((trace) => !isWhole(trace))).toEqual([]);
  expect(count.droppedOfFailedTraces).toBeGreaterThan(0);
  expect(count.delivered + count.dropped.bufferFull).toBe(count.received);
});
