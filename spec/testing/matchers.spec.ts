/**
 * The matchers in Jest: what passes and what does not, both ways, with the runner's own asymmetric matchers inside.
 */
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { log } from 'spandrel';
import { type SpandrelMatchers, spandrelMatchers, startTestTelemetry, type TestTelemetry } from 'spandrel/testing';
import { Shop } from './shop.js';

declare global {
  // biome-ignore lint/style/noNamespace: it is that of @types/jest
  namespace jest {
    interface Matchers<R> extends SpandrelMatchers<R> {}
  }
}

expect.extend(spandrelMatchers);

const shop = new Shop();
const tracer = trace.getTracer('by hand');
let telemetry: TestTelemetry;

// Once for the file: a tracer of the API that is kept, as here, stays with the telemetry it was first used in.
beforeAll(() => {
  telemetry = startTestTelemetry({ clock: 'ticking' });
});

afterEach(() => telemetry.reset());

afterAll(() => telemetry.stop());

test('a trace is told by what is named of it', () => {
  shop.order(1, 'book');
  expect(telemetry).toHaveTrace({ name: 'order' });
  expect(telemetry).toHaveTrace({
    name: expect.stringMatching(/^ord/),
    kind: 'server',
    status: 'unset',
    attributes: { 'order.id': expect.any(Number), 'no.such': undefined },
    durationMs: (ms: number) => ms === 6,
    children: [{ name: 'reserve' }, { name: /^pay$/, children: [] }],
  });
  expect(telemetry).not.toHaveTrace({ name: 'reserve' });
  expect(telemetry).not.toHaveTrace({ name: 'order', children: [{ name: 'pay' }, { name: 'reserve' }] });
  expect(telemetry).not.toHaveTrace({ name: 'order', children: [{ name: 'reserve' }] });
  expect(telemetry.traces()[0]).toHaveTrace({ name: 'order' });
});

test('exactly is with nothing beside what is named, all the way down', () => {
  shop.order(1, 'book');
  const reserve = { name: 'reserve', attributes: { 'code.function.name': 'Shop.reserve' } };
  const pay = { name: 'pay', attributes: { 'code.function.name': 'Shop.pay' } };
  const order = {
    name: 'order',
    kind: 'server',
    attributes: { 'code.function.name': 'Shop.order', 'order.id': 1 },
  } as const;
  expect(telemetry).toHaveTrace({ ...order, exact: true, children: [reserve, pay] });
  expect(telemetry).not.toHaveTrace({ ...order, exact: true });
  expect(telemetry).not.toHaveTrace({ ...order, exact: true, children: [reserve, { name: 'pay' }] });
  expect(telemetry).toHaveTrace({ ...order, exact: true, children: [reserve, { name: 'pay', exact: false }] });
  expect(telemetry).not.toHaveTrace({ ...order, kind: undefined, exact: true, children: [reserve, pay] });
});

test('events, links, status and its message', () => {
  const first = tracer.startSpan('first');
  first.end();
  const { traceId, spanId } = first.spanContext();
  const second = tracer.startSpan('second', {
    kind: SpanKind.CONSUMER,
    links: [{ context: first.spanContext(), attributes: { at: 1 } }],
  });
  second.addEvent('read', { bytes: 10, lines: 2 });
  second.addEvent('done');
  second.setStatus({ code: SpanStatusCode.ERROR, message: 'too long' });
  second.end();
  const events = [{ name: 'read', attributes: { bytes: 10 } }, { name: 'done' }];
  const links = [{ traceId, spanId, attributes: { at: 1 } }];
  expect(telemetry).toHaveSpan({
    name: 'second',
    kind: 'consumer',
    status: 'error',
    statusMessage: /long/,
    events,
    links,
  });
  expect(telemetry).not.toHaveSpan({ name: 'second', events: [{ name: 'read' }] });
  expect(telemetry).not.toHaveSpan({ name: 'second', events: [{ name: 'read', attributes: { bytes: 11 } }, {}] });
  expect(telemetry).not.toHaveSpan({ name: 'second', links: [] });
  expect(telemetry).not.toHaveSpan({ name: 'second', events, exact: true });
});

test('a span is found wherever it is', () => {
  shop.order(1, 'book');
  expect(telemetry).toHaveSpan({ name: 'pay' });
  expect(telemetry).not.toHaveSpan({ name: 'pay', status: 'error' });
});

test('a span that runs is meant only where that is said', () => {
  const span = tracer.startSpan('slow');
  expect(telemetry).not.toHaveSpan({ name: 'slow' });
  expect(telemetry).toHaveSpan({ name: 'slow', running: true });
  span.end();
  expect(telemetry).toHaveSpan({ name: 'slow' });
  expect(telemetry).not.toHaveSpan({ name: 'slow', running: true });
});

test('a metric by its value, by one of its series, or by all of them in any order', async () => {
  await expect(telemetry).not.toHaveMetric('orders');
  await expect(telemetry).toHaveMetric('orders', []);
  shop.order(1, 'book');
  await expect(telemetry).toHaveMetric('orders');
  await expect(telemetry).toHaveMetric('orders', 1);
  shop.order(2, 'pen');
  shop.order(3, 'pen');
  await expect(telemetry).not.toHaveMetric('orders', 1);
  await expect(telemetry).toHaveMetric('orders', { value: 2, attributes: { kind: 'pen' } });
  await expect(telemetry).not.toHaveMetric('orders', { value: 2, attributes: { kind: 'book' } });
  await expect(telemetry).toHaveMetric('orders', [
    { value: 2 },
    { value: 1, attributes: { kind: expect.any(String) } },
  ]);
  // The first fits both series, and the second only one: it has to give way.
  await expect(telemetry).toHaveMetric('orders', [{ value: expect.any(Number) }, { value: 1 }]);
  await expect(telemetry).not.toHaveMetric('orders', [{ value: 2 }]);
  await expect(telemetry).toHaveMetric('order.time', {
    count: 3,
    sum: expect.closeTo(0.018, 9),
    min: 0.006,
    max: 0.006,
    attributes: {},
  });
});

test('a log record by its text, a pattern, or more', () => {
  shop.order(1, 'book');
  log.error('failed', new TypeError('odd'));
  expect(telemetry).toHaveLog('reserved');
  expect(telemetry).toHaveLog(/^res/g);
  expect(telemetry).toHaveLog({
    body: 'reserved',
    severity: 'info',
    attributes: { id: 1 },
    spanId: telemetry.spans().find(({ name }) => name === 'reserve')?.spanId ?? 'none',
  });
  expect(telemetry).toHaveLog({ severity: 'ERROR', attributes: { 'exception.type': 'TypeError' } });
  expect(telemetry).not.toHaveLog('reserve');
  expect(telemetry).not.toHaveLog({ body: 'reserved', severity: 'warn' });
  expect(telemetry).not.toHaveLog({ body: 'reserved', attributes: { id: undefined } });
});

test('no faults', () => {
  shop.order(1, 'book');
  expect(telemetry).toHaveNoFaults();
  expect(() => expect(telemetry).not.toHaveNoFaults()).toThrow(
    'expected telemetry to report a fault, but there is none',
  );
});

test('what is misspelt fails in its own words, whichever way it was expected', async () => {
  const misspelt = { nam: 'order' } as never;
  expect(() => expect(telemetry).not.toHaveTrace(misspelt)).toThrow(
    'nothing of a span is called "nam"; there is name, ',
  );
  expect(() => expect(telemetry).not.toHaveSpan({ children: [misspelt] })).toThrow('nothing of a span is called "nam"');
  expect(() => expect(telemetry).not.toHaveLog(misspelt)).toThrow('nothing of a log record is called "nam"');
  await expect(expect(telemetry).not.toHaveMetric('orders', misspelt)).rejects.toThrow(
    'nothing of a series is called "nam"',
  );
  expect(() => expect({}).toHaveTrace({ name: 'order' })).toThrow('expected what startTestTelemetry() gave');
});
