/**
 * A program whose traces are known: `health()` and our own metrics tell the same numbers of it, to the last one.
 */
import { type Context, context, ROOT_CONTEXT, type Tracer, trace } from '@opentelemetry/api';
import type { Telemetry } from 'spandrel';
import { failQuietly, Held, mill } from '../faithful/kept-traces/mill.js';
import { startKeeping } from '../support/keeping-telemetry.js';
import { recorded } from '../support/recorded-telemetry.js';

const hand = (): Tracer => trace.getTracer('hand');

/** Below a span of another process. */
const remote = (traceFlags: number): Context =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags,
    isRemote: true,
  });

function lasted(name: string, ms: number): void {
  hand()
    .startSpan(name, { startTime: 1e12 }, ROOT_CONTEXT)
    .end(1e12 + ms);
}

function times(count: number, work: () => void): void {
  for (let time = 0; time < count; time += 1) work();
}

/** The values of a metric by one of its attributes. */
async function by(metric: string, attribute: string): Promise<Record<string, number>> {
  const points = await recorded.points(metric);
  return Object.fromEntries(points.map(([attributes, value]) => [String(attributes[attribute]), value]));
}

/** The value of a metric with one series; `undefined` where it has none. */
async function only(metric: string): Promise<number | undefined> {
  const points = await recorded.points(metric);
  expect(points.length).toBeLessThan(2);
  return points[0]?.[1];
}

const noneKept = { success: 0, error: 0, slow: 0, rule: 0, parent: 0 };

/** Of the reasons there are, those with a count. */
const counted = (counts: object = {}): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]: [string, number]) => count > 0));

describe('traces of every kind', () => {
  let telemetry: Telemetry;

  beforeEach(() => {
    telemetry = startKeeping(
      { success: 0, slow: { overMs: 1_000 }, rules: [{ name: 'ruled' }] },
      { metrics: { own: true }, batch: { buffer: 10 } },
    );
  });
  afterEach(() => recorded.stop());

  test('are counted by what they were kept for, and let go for', async () => {
    times(3, () => mill.run(failQuietly));
    lasted('slow', 1_001);
    await telemetry.flush();
    times(4, () => lasted('ruled', 1));
    context.with(remote(1), () => mill.run(() => mill.step()));
    await telemetry.flush();
    context.with(remote(0), () => mill.run(() => mill.step()));
    times(5, () => mill.run(() => mill.step()));
    // Of eleven that wait there is room for ten, and the twelfth waits again.
    const long = new Held().steps(12);
    const before = telemetry.health();
    expect(before.held).toMatchObject({ spans: 1, spansAtMost: 10, bytesAtMost: 64 * 2 ** 20 });
    expect(before.held.bytes).toBeGreaterThan(0);
    expect(before.sampling?.buffered).toBe(1);
    expect(await only('spandrel.sampling.span.buffered')).toBe(1);
    await long.end();
    const letGo = hand().startSpan('let go', {}, ROOT_CONTEXT);
    letGo.end();
    hand().startSpan('late', {}, trace.setSpan(ROOT_CONTEXT, letGo)).end();
    const { sampling, spans } = telemetry.health();
    expect(sampling).toMatchObject({ rate: 0, load: undefined, buffered: 0 });
    expect(sampling?.kept).toEqual({ ...noneKept, error: 3, slow: 1, rule: 4, parent: 1 });
    expect(counted(sampling?.dropped)).toEqual({ sampled: 2 + 10 + 2 + 1, evicted: 11, late: 1 });
    expect(spans).toMatchObject([{ received: 6 + 1 + 4 + 2 }]);

    expect(await by('spandrel.sampling.trace.kept', 'spandrel.sampling.kept_for')).toEqual(sampling?.kept);
    expect(await by('spandrel.sampling.span.dropped', 'spandrel.drop.reason')).toEqual(sampling?.dropped);
    expect(await only('spandrel.sampling.span.buffered')).toBe(0);
    expect(await only('spandrel.sampling.rate')).toBe(0);
    expect(await only('spandrel.sampling.load')).toBeUndefined();
    expect(await recorded.points('spandrel.exporter.span.received')).toEqual([
      [{ 'spandrel.exporter.name': 'KeptSpans' }, 13],
    ]);
    expect(await only('spandrel.buffer.span.limit')).toBe(10);
    expect(await only('spandrel.buffer.memory.limit')).toBe(64 * 2 ** 20);
  });

  test('a snapshot stays as it is', () => {
    const { sampling, held } = telemetry.health();
    mill.run(failQuietly);
    expect(sampling?.kept).toEqual(noneKept);
    for (const part of [sampling, sampling?.kept, sampling?.dropped, held]) expect(Object.isFrozen(part)).toBe(true);
  });

  test('a trace of the share that a rule speaks against is not sent where it had to make room', async () => {
    await recorded.stop();
    telemetry = startKeeping({ success: 1, rules: [{ name: 'step', keep: 0 }] }, { batch: { buffer: 10 } });
    await new Held().steps(12).end();
    mill.run(() => undefined);
    expect((await recorded.spans()).map(({ name }) => name)).toEqual(['run']);
    const { sampling } = telemetry.health();
    expect(sampling?.kept).toEqual({ ...noneKept, success: 1 });
    expect(counted(sampling?.dropped)).toEqual({ evicted: 11, sampled: 2 });
  });
});

test('where all are kept, each is counted: here for success, from elsewhere for its parent', async () => {
  const telemetry = startKeeping({ success: 1 });
  times(3, () => mill.run(failQuietly));
  context.with(remote(1), () => mill.run(() => mill.step()));
  context.with(remote(0), () => mill.run(() => mill.step()));
  const { sampling, spans } = telemetry.health();
  expect(sampling).toMatchObject({ rate: 1, load: undefined, buffered: 0 });
  expect(sampling?.kept).toEqual({ ...noneKept, success: 3, parent: 1 });
  expect(counted(sampling?.dropped)).toEqual({ sampled: 2 });
  expect(spans).toMatchObject([{ received: 8 }]);
  await recorded.stop();
});
