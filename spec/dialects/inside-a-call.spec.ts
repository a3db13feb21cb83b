/**
 * The words used inside a call: `annotate()` and `log`.
 */
import { runInNewContext } from 'node:vm';
import { trace } from '@opentelemetry/api';
import { annotate, log, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('annotate puts attributes on the active span, in the form OpenTelemetry has for them', async () => {
  class Annotating {
    @Traced({ attributes: { given: 'by the decorator' } })
    async outer(): Promise<void> {
      annotate({ text: 'a', number: 1, flag: true, list: ['a'], date: new Date(0), object: { a: 1 } });
      annotate({ nothing: undefined, none: null, function: () => 1, given: 'inside' });
      this.inner();
      await Promise.resolve();
      annotate({ later: 2, text: 'b' });
    }
    @Traced()
    inner(): void {
      annotate({ where: 'inner' });
    }
  }
  await new Annotating().outer();
  const attributes = {
    given: 'inside',
    text: 'b',
    number: 1,
    flag: true,
    list: ['a'],
    date: '1970-01-01T00:00:00.000Z',
    object: '{"a":1}',
    later: 2,
  };
  expect(await recorded.trees()).toEqual([
    span('Annotating.outer', { attributes }, span('Annotating.inner', { attributes: { where: 'inner' } })),
  ]);
});

test('annotate takes the rest where one value throws, and never throws', async () => {
  class Throwing {
    @Traced()
    run(): void {
      annotate({ before: 1, bad: { toJSON: () => missing() }, after: 2 });
      annotate(undefined as never);
      annotate(null as never);
      annotate(
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('do not look');
            },
          },
        ),
      );
    }
  }
  const missing = (): never => {
    throw new Error('no text');
  };
  new Throwing().run();
  expect(await recorded.trees()).toEqual([span('Throwing.run', { attributes: { before: 1, after: 2 } })]);
  expect(recorded.faults().map(({ code }) => code)).toEqual(['SPANDREL_SOURCE_FAILED']);
});

test('annotate without an active span, and after shutdown, does nothing', async () => {
  annotate({ nobody: 'sees it' });
  expect(await recorded.trees()).toEqual([]);
  await recorded.stop();
  annotate({ nobody: 'sees it' });
  expect(recorded.faults()).toEqual([]);
});

test('log makes records with the ids of the active span, each severity its own', async () => {
  let ids: (string | undefined)[] = [];
  class Logging {
    @Traced()
    async run(): Promise<void> {
      log.debug('a');
      await Promise.resolve();
      log.info('b', { path: '/x', nested: { deep: [1, 'two'] }, nothing: undefined });
      log.warn('c', { count: 3 });
      log.error('d');
      const active = trace.getActiveSpan()?.spanContext();
      ids = [active?.traceId, active?.spanId];
    }
  }
  await new Logging().run();
  const records = await recorded.logs();
  expect(
    records.map(({ severityText, severityNumber, body, attributes }) => [
      severityText,
      severityNumber,
      body,
      attributes,
    ]),
  ).toEqual([
    ['DEBUG', 5, 'a', {}],
    ['INFO', 9, 'b', { path: '/x', nested: { deep: [1, 'two'] } }],
    ['WARN', 13, 'c', { count: 3 }],
    ['ERROR', 17, 'd', {}],
  ]);
  expect(ids[1]).toMatch(/^[0-9a-f]{16}$/);
  expect(records.map(({ spanContext }) => [spanContext?.traceId, spanContext?.spanId])).toEqual(new Array(4).fill(ids));
});

test('an error, alone or among the attributes, is told as an exception', async () => {
  const error = new RangeError('too far');
  const exception = {
    'exception.type': 'RangeError',
    'exception.message': 'too far',
    'exception.stacktrace': error.stack,
  };
  log.error('alone', error);
  log.error('among others', { path: '/x', error });
  expect((await recorded.logs()).map(({ attributes }) => attributes)).toEqual([
    exception,
    { path: '/x', ...exception },
  ]);
});

test('errors of another realm are errors; of several, the first is the exception', async () => {
  log.error('foreign', runInNewContext('new TypeError("over there")') as Error);
  log.error('two', { first: new RangeError('one'), second: new SyntaxError('two') });
  const [foreign, two] = (await recorded.logs()).map(({ attributes }) => attributes);
  expect(foreign).toMatchObject({ 'exception.type': 'TypeError', 'exception.message': 'over there' });
  expect(two).toMatchObject({ 'exception.type': 'RangeError', second: 'SyntaxError: two' });
});

test('values take a form a record can have; one that throws costs itself, and the record stays', async () => {
  log.info('values', {
    at: new Date(0),
    big: 2n,
    ids: new Set(['a']),
    nested: { when: new Date(0), not: Number.NaN },
    get bad(): never {
      throw new Error('do not look');
    },
    last: 1,
  });
  log.info('not attributes', 'oops' as never);
  const [values, not] = (await recorded.logs()).map(({ attributes }) => attributes);
  expect(values).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    big: 2,
    ids: ['a'],
    nested: { when: '1970-01-01T00:00:00.000Z', not: 'NaN' },
    last: 1,
  });
  expect(not).toEqual({});
  expect(recorded.faults()).toMatchObject([{ code: 'SPANDREL_SOURCE_FAILED', count: 1 }]);
});

test('outside any span a record has no ids', async () => {
  log.info('outside');
  const [record] = await recorded.logs();
  expect(record?.body).toBe('outside');
  expect(record?.spanContext?.spanId).toBeUndefined();
});

test('log never throws, and does nothing while telemetry is off', async () => {
  log.info('hostile', {
    get value(): never {
      throw new Error('do not look');
    },
  });
  log.info(undefined as never, null as never);
  expect((await recorded.logs()).map(({ body }) => body)).toContain('undefined');
  await recorded.stop();
  log.info('after shutdown');
  recorded.start();
  expect(await recorded.logs()).toEqual([]);
});
