/**
 * The test kit's main story, in both dialects: what was recorded is there at once, as trees, series and lines, and is the same in
 * every run where that was asked for.
 */
import { trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { Counted, call, Gauged, InFlight, log, Timed, Traced } from 'spandrel';
import { createTestClock, startTestTelemetry, type TestTelemetry } from 'spandrel/testing';

class Stock {
  @Gauged('stock.items')
  get items(): number {
    return 7;
  }

  @Traced({ attributes: { sku: call.arg(0) } })
  @Counted('stock.reservations', { attributes: { sku: call.arg(0) } })
  reserve(sku: string): number {
    log.info('reserved', { sku });
    if (sku === 'none') throw new RangeError('sold out');
    return 1;
  }
}

class Checkout {
  readonly #stock = new Stock();

  @Traced({ name: 'checkout', kind: 'server' })
  @Timed('checkout.time', { unit: 's', buckets: [0.001, 0.01] })
  @InFlight('checkout.running')
  async place(sku: string): Promise<number> {
    const count = this.#stock.reserve(sku);
    await trace.getTracer('by hand').startActiveSpan('pay', async (span) => {
      span.addEvent('asked');
      await Promise.resolve();
      span.end();
    });
    return count;
  }
}

const stock = new Stock();
const checkout = new Checkout();

let telemetry: TestTelemetry;

afterEach(() => telemetry.stop());

/** All there is to see of a run, as text. */
async function story(): Promise<string> {
  telemetry = startTestTelemetry({ ids: 'sequential', clock: 'ticking' });
  await checkout.place('book');
  await expect(checkout.place('none')).rejects.toThrow('sold out');
  logs.getLogger('by hand').emit({ body: 'done' });
  const spans = telemetry.spans().map(({ raw, children, ...span }) => ({ ...span, events: raw.events.map(timed) }));
  const lines = telemetry.logs().map(({ raw, ...line }) => ({ ...line, observed: raw.hrTimeObserved }));
  const metrics = await telemetry.metrics();
  await telemetry.stop();
  // Of a stack the first line: the rest is where this file lies.
  return JSON.stringify([spans, lines, metrics], (_, value) =>
    typeof value === 'string' ? value.split('\n', 1)[0] : value,
  );
}

const timed = ({ name, time }: { name: string; time: readonly number[] }): unknown => [name, time];

test('spans are there at once, as trees, with those made by hand', async () => {
  telemetry = startTestTelemetry();
  await checkout.place('book');
  expect(telemetry.traces()).toEqual([
    expect.objectContaining({
      name: 'checkout',
      kind: 'server',
      status: 'unset',
      running: false,
      children: [
        expect.objectContaining({ name: 'Stock.reserve', attributes: expect.objectContaining({ sku: 'book' }) }),
        expect.objectContaining({ name: 'pay', kind: 'internal', events: [{ name: 'asked', attributes: {} }] }),
      ],
    }),
  ]);
  expect(telemetry.spans().map(({ name }) => name)).toEqual(['checkout', 'Stock.reserve', 'pay']);
  expect(telemetry.logs()).toEqual([
    expect.objectContaining({
      body: 'reserved',
      severity: 'INFO',
      attributes: { sku: 'book' },
      spanId: telemetry.spans()[1]?.spanId,
    }),
  ]);
  expect(await telemetry.points('stock.reservations')).toEqual([{ attributes: { sku: 'book' }, value: 1 }]);
  expect(await telemetry.points('checkout.running')).toEqual([{ attributes: {}, value: 0 }]);
  expect(await telemetry.points('unheard.of')).toEqual([]);
});

test('a span that runs is there and told apart; what it is in is in flight', async () => {
  telemetry = startTestTelemetry();
  const placed = checkout.place('book');
  expect(telemetry.spans().map(({ name, running, durationMs }) => [name, running, durationMs === undefined])).toEqual([
    ['checkout', true, true],
    ['Stock.reserve', false, false],
    ['pay', true, true],
  ]);
  expect(await telemetry.points('checkout.running')).toEqual([{ attributes: {}, value: expect.any(Number) }]);
  await placed;
  expect(telemetry.spans().some(({ running }) => running)).toBe(false);
});

test('two runs are the same to the byte: ids, times, durations, and what is made of them', async () => {
  const first = await story();
  const second = await story();
  expect(second).toBe(first);
  expect(first).toContain('"traceId":"00000000000000000000000000000001"');
  expect(first).toContain('"startedAtMs":17672256');
});

test('a clock moves as the test moves it, and by nothing else where it is told to', async () => {
  const clock = createTestClock({ startsAt: '2026-03-01T12:00:00Z', stepMs: 0 });
  telemetry = startTestTelemetry({ clock });
  const tracer = trace.getTracer('by hand');
  const span = tracer.startSpan('slow');
  clock.advance(1500);
  span.end();
  expect(telemetry.spans()[0]).toMatchObject({
    startedAtMs: Date.parse('2026-03-01T12:00:00Z'),
    durationMs: 1500,
  });
  stock.reserve('book');
  expect(telemetry.spans()[1]).toMatchObject({ startedAtMs: Date.parse('2026-03-01T12:00:01.5Z'), durationMs: 0 });
});

test('after a reset nothing of before is left, and sums begin at zero', async () => {
  telemetry = startTestTelemetry({ clock: 'ticking' });
  await checkout.place('book');
  await checkout.place('pen');
  await telemetry.reset();
  expect([telemetry.spans(), telemetry.logs(), await telemetry.points('checkout.time')]).toEqual([[], [], []]);
  await checkout.place('book');
  expect(await telemetry.points('stock.reservations')).toEqual([{ attributes: { sku: 'book' }, value: 1 }]);
  expect(await telemetry.points('checkout.time')).toEqual([
    {
      attributes: {},
      value: 1,
      count: 1,
      sum: 0.007,
      min: 0.007,
      max: 0.007,
      buckets: { boundaries: [0.001, 0.01], counts: [0, 1, 0] },
    },
  ]);
});

test('what was recorded can be read after it has stopped', async () => {
  telemetry = startTestTelemetry();
  await checkout.place('book');
  await telemetry.stop();
  stock.reserve('pen');
  expect(telemetry.traces()).toHaveLength(1);
  expect(await telemetry.points('stock.reservations')).toEqual([{ attributes: { sku: 'book' }, value: 1 }]);
});
