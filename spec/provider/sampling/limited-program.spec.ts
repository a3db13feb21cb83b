/**
 * Limits on spans a second as a program meets them: bursts of traces, faster than any share can follow, through the public surface.
 */
import { type SpanContext, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { bootstrap, type SamplingSettings, type Telemetry, Traced } from 'spandrel';
import { KeepingExporter } from '../../support/keeping-exporter.js';

class Work {
  @Traced()
  once(): void {
    this.part();
  }

  @Traced()
  part(): void {}

  @Traced()
  seldom(): void {}

  @Traced()
  fail(): void {
    throw new Error('no');
  }
}

const work = new Work();
const silent = { onStart() {}, forceFlush: async () => {}, shutdown: async () => {} };
let telemetry: Telemetry | undefined;
let exporter: KeepingExporter;
let began: number;
/** Thresholds of the spans that were kept, as processors were told of them. */
let thresholds: string[];

afterEach(() => telemetry?.shutdown());

function start(sampling: SamplingSettings): void {
  exporter = new KeepingExporter();
  began = performance.now();
  thresholds = [];
  telemetry = bootstrap({
    export: { protocol: 'none', spanExporters: [exporter] },
    batch: { buffer: 1_000_000 },
    processors: [{ ...silent, onEnd: (span) => noteThreshold(span.spanContext()) }],
    sampling,
  });
}

/** What is let go is told of too, without the flag. */
function noteThreshold({ traceFlags, traceState }: SpanContext): void {
  if (traceFlags === TraceFlags.SAMPLED) thresholds.push(traceState?.get('ot') ?? '');
}

/** What arrived, by name, and how much a limit of so many a second allows until now. */
async function ended(perSecond: number): Promise<{ spans: ReadableSpan[]; allowed: number; of(name: string): number }> {
  const allowed = perSecond * (1 + (performance.now() - began) / 1000);
  await telemetry?.shutdown();
  const spans = exporter.getFinishedSpans();
  return { spans, allowed, of: (name) => spans.filter((span) => span.name === `Work.${name}`).length };
}

const times = (count: number, once: () => void): void => {
  for (let time = 0; time < count; time += 1) once();
};

test('of a burst no more is kept than the bucket holds, in whole traces, and every error', async () => {
  start({ maxSpansPerSecond: 100 });
  times(300, () => {
    work.once();
    expect(() => work.fail()).toThrow('no');
  });
  const { allowed, of } = await ended(100);
  expect(of('fail')).toBe(300);
  expect(of('once')).toBe(of('part'));
  expect(of('once') * 2).toBeGreaterThanOrEqual(100);
  expect(of('once') * 2).toBeLessThanOrEqual(allowed);
});

test('errors are not charged: however many there were, a success has its room', async () => {
  start({ maxSpansPerSecond: 100, perSite: 10 });
  times(300, () => expect(() => work.fail()).toThrow('no'));
  times(10, () => work.seldom());
  const { of } = await ended(100);
  expect([of('fail'), of('seldom')]).toEqual([300, 10]);
});

test('each place at which traces begin has a room of its own', async () => {
  start({ perSite: 100 });
  times(500, () => work.once());
  times(100, () => work.seldom());
  const { allowed, of } = await ended(100);
  expect(of('once') * 2).toBeGreaterThanOrEqual(100);
  expect(of('once') * 2).toBeLessThanOrEqual(allowed);
  expect(of('seldom')).toBe(100);
});

test('what is kept while a limit thins says by which share', async () => {
  start({ maxSpansPerSecond: 50 });
  // The demand is seen in rounds of a quarter of a second, whether or not the program lets its timers run.
  while (new Set(thresholds).size < 2 && performance.now() - began < 10_000) times(1000, () => work.seldom());
  await telemetry?.shutdown();
  expect(thresholds[0]).toBe('th:0');
  expect(thresholds.at(-1)).toMatch(/^th:f[\da-f]+$/);
});
