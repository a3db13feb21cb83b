/**
 * Expectations that would not be compared are refused, whichever way they were expected; those that read oddly but are meant are
 * taken.
 */
import { trace } from '@opentelemetry/api';
import { log } from 'spandrel';
import { spandrelMatchers, startTestTelemetry } from 'spandrel/testing';
import { Shop } from './shop.js';

expect.extend(spandrelMatchers);

const telemetry = startTestTelemetry();
afterAll(() => telemetry.stop());

beforeAll(() => {
  new Shop().order(1, 'book');
  trace.getTracer('by hand').startActiveSpan('by hand', (span) => {
    span.addEvent('seen', { by: 'no one' });
    span.addLink({ context: span.spanContext() });
    span.end();
  });
  log.info('in an object', { id: 2 });
});

test('a matcher in the place of attributes or of a list', () => {
  for (const attributes of [expect.objectContaining({ kind: 'pen' }), /pen/, () => false, ['pen'], null]) {
    expect(() => expect(telemetry).not.toHaveSpan({ name: 'order', attributes })).toThrow(
      'attributes of a span are expected by name',
    );
    expect(() => expect(telemetry).not.toHaveLog({ body: 'reserved', attributes })).toThrow(
      'attributes of a log record are expected by name',
    );
  }
  for (const word of ['children', 'events', 'links']) {
    for (const list of [expect.arrayContaining([]), { name: 'pay' }, 'pay']) {
      expect(() => expect(telemetry).not.toHaveSpan({ name: 'order', [word]: list })).toThrow(
        `${word} of a span are expected as a list`,
      );
    }
  }
});

test('words of events and links that do not exist', () => {
  const misspelt = { nam: 'seen' } as never;
  expect(() => expect(telemetry).toHaveSpan({ name: 'by hand', events: [misspelt] })).toThrow(
    'nothing of an event is called "nam"; there is name, attributes',
  );
  expect(() => expect(telemetry).toHaveSpan({ name: 'by hand', links: [misspelt] })).toThrow(
    'nothing of a link is called "nam"; there is traceId, spanId, attributes',
  );
});

test('what is no series', async () => {
  for (const wrong of ['7', 7n, () => false, /7/, null, [3], expect.any(String)] as never[]) {
    await expect(expect(telemetry).toHaveMetric('orders', wrong)).rejects.toThrow('a series is expected as an object');
  }
});

test('what is no log record', () => {
  expect(() => expect(telemetry).toHaveLog(undefined as never)).toThrow('a log record is expected by its body');
});

test('a body by a matcher or a function', () => {
  expect(telemetry).toHaveLog(expect.stringContaining('reser'));
  expect(telemetry).toHaveLog((body) => body.startsWith('reser'));
  expect(telemetry).not.toHaveLog(expect.stringContaining('paid'));
  expect(telemetry).not.toHaveLog((body) => body.startsWith('paid'));
});

test('a function that is asked of a value that is not there says no; of one that is there, it is heard', () => {
  const startsWith = (start: string) => (text: string) => text.startsWith(start);
  expect(telemetry).toHaveSpan({ name: 'order', attributes: { 'code.function.name': startsWith('Shop') } });
  expect(telemetry).toHaveSpan({ name: 'by hand', attributes: { absent: undefined } });
  expect(telemetry).not.toHaveSpan({ name: 'by hand', attributes: { absent: startsWith('Shop') } });
  expect(() => expect(telemetry).not.toHaveSpan({ attributes: { 'order.id': startsWith('1') } })).toThrow(
    'startsWith is not a function',
  );
});
