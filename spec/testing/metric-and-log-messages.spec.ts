/**
 * What a failed expectation of metrics, log records and faults tells, to the letter.
 */
import { Traced } from 'spandrel';
import {
  assertLog,
  assertMetric,
  assertNoFaults,
  assertTrace,
  startTestTelemetry,
  type TestTelemetry,
} from 'spandrel/testing';
import { messageOf, messageOfPromise } from './message-of.js';
import { Shop } from './shop.js';

class Broken {
  @Traced({
    attributes: {
      odd: () => {
        throw new Error('no such thing');
      },
    },
  })
  run(): void {}
}

const shop = new Shop();
let telemetry: TestTelemetry;

beforeEach(() => {
  telemetry = startTestTelemetry({ ids: 'sequential', clock: 'ticking' });
});

afterEach(() => telemetry.stop());

test('nothing was recorded', async () => {
  expect(messageOf(() => assertTrace(telemetry, { name: 'order' }))).toBe(
    ['expected a trace like', '', '  order', '', 'but no span was recorded'].join('\n'),
  );
  expect(messageOf(() => assertLog(telemetry, 'reserved'))).toBe(
    ['expected a log record like', '', '  body=reserved', '', 'but no log record was written'].join('\n'),
  );
  expect(await messageOfPromise(assertMetric(telemetry, 'orders', 1))).toBe(
    [
      'expected metric orders with one series of the value 1',
      '',
      'but nothing was measured with that name; no metric was',
    ].join('\n'),
  );
});

test('a metric: the series as a table', async () => {
  shop.order(1, 'book');
  shop.order(2, 'pen');
  expect(await messageOfPromise(assertMetric(telemetry, 'orders', 1))).toBe(
    [
      'expected metric orders with one series of the value 1',
      '',
      'recorded:',
      '',
      '  value  attributes',
      '────────────────────────────────────────────────────────────────────────────────────────────────────',
      'orders  counter',
      '      1  kind=book',
      '      1  kind=pen',
    ].join('\n'),
  );
  expect(
    await messageOfPromise(
      assertMetric(telemetry, 'orders', [
        { value: 1, attributes: { kind: 'book' } },
        { value: 2, attributes: {} },
      ]),
    ),
  ).toBe(
    [
      'expected metric orders with exactly the series',
      '',
      '  value=1  kind=book',
      '  value=2',
      '',
      'recorded:',
      '',
      '  value  attributes',
      '────────────────────────────────────────────────────────────────────────────────────────────────────',
      'orders  counter',
      '      1  kind=book',
      '      1  kind=pen',
    ].join('\n'),
  );
  expect(await messageOfPromise(assertMetric(telemetry, 'order.time', { count: 3, sum: (sum) => sum > 1 }))).toBe(
    [
      'expected metric order.time with a series',
      '',
      '  count=3  sum=what satisfies (sum) => sum > 1',
      '',
      'recorded:',
      '',
      '  count  ≈ p50  ≈ p95   max  attributes',
      '────────────────────────────────────────────────────────────────────────────────────────────────────',
      'order.time  histogram, s',
      '      2   6 ms   6 ms  6 ms',
      '',
      'in full:',
      '',
      '  count=2  sum=0.012  min=0.006  max=0.006',
    ].join('\n'),
  );
  expect(await messageOfPromise(assertMetric(telemetry, 'order.times'))).toBe(
    [
      'expected metric order.times to be measured',
      '',
      'but nothing was measured with that name; recorded: orders, order.time',
    ].join('\n'),
  );
});

test('a log record: the lines', () => {
  shop.order(1, 'book');
  expect(
    messageOf(() => assertLog(telemetry, { body: /^paid/, severity: 'info', attributes: { id: 1 } })).replace(
      /\d\d:\d\d:\d\d\.\d{3}/,
      'hh:mm:ss.mmm',
    ),
  ).toBe(
    [
      'expected a log record like',
      '',
      '  body=/^paid/  severity=INFO  id=1',
      '',
      'recorded:',
      '',
      'hh:mm:ss.mmm INFO  reserved  id=1  00000000',
    ].join('\n'),
  );
});

test('log records: the last of many', () => {
  for (let id = 1; id <= 60; id += 1) shop.reserve(id);
  const lines = messageOf(() => assertLog(telemetry, 'paid')).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    'expected a log record like',
    '',
    '  body=paid',
    '',
    'recorded, after 10 others:',
    '',
  ]);
  expect(lines.slice(6).map((line) => /id=(\d+)/.exec(line)?.[1])).toEqual(
    Array.from({ length: 50 }, (_, at) => String(at + 11)),
  );
});

test('faults: their sentences', () => {
  new Broken().run();
  new Broken().run();
  expect(messageOf(() => assertNoFaults(telemetry))).toBe(
    [
      'expected telemetry to report no fault',
      '',
      'SPANDREL_SOURCE_FAILED: Broken.run: a function given for the attribute odd threw: no such thing. So that one value is left out; the call was not touched. Remedy: mend the function. See docs/reference/faults.md#spandrel_source_failed (2 times)',
    ].join('\n'),
  );
  expect(telemetry.warnings()).toHaveLength(1);
});
