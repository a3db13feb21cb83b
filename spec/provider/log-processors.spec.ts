/**
 * Log record processors of the user's own: told of every record before it is sent, and unable to do harm.
 */
import { SpanStatusCode } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, type LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { bootstrap, log, type Telemetry, Traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';

class Shop {
  @Traced()
  sell(): string {
    log.info('sold', { item: 'tea' });
    return 'tea';
  }
}

const spans = new KeepingExporter();
let records: InMemoryLogRecordExporter;
let telemetry: Telemetry;

const processor = (given: Partial<LogRecordProcessor>): LogRecordProcessor => ({
  onEmit: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
  ...given,
});

function start(...logProcessors: LogRecordProcessor[]): void {
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  records = new InMemoryLogRecordExporter();
  telemetry = bootstrap({
    logProcessors,
    export: { protocol: 'none', spanExporters: [spans], logExporters: [records] },
  });
}

/** What was sent, by body, with the attributes. */
async function sent(): Promise<[unknown, unknown][]> {
  await telemetry.flush();
  return records.getFinishedLogRecords().map(({ body, attributes }) => [body, { ...attributes }]);
}

afterEach(async () => {
  await telemetry.shutdown();
  spans.reset();
  jest.restoreAllMocks();
});

test('what they change is on the record that is sent, in their order', async () => {
  start(
    processor({ onEmit: (record) => void record.setAttribute('order', 'first') }),
    processor({ onEmit: (record) => void record.setAttribute('order', `${record.attributes['order']}, second`) }),
  );
  new Shop().sell();
  logs.getLogger('hand').emit({ body: 'by hand' });
  expect(await sent()).toEqual([
    ['sold', { item: 'tea', order: 'first, second' }],
    ['by hand', { order: 'first, second' }],
  ]);
});

test('one that throws touches neither the call nor the others', async () => {
  class Broken implements LogRecordProcessor {
    onEmit(): void {
      throw new Error('no room');
    }
    enabled(): boolean {
      throw new Error('no answer');
    }
    forceFlush(): Promise<void> {
      return Promise.reject(new Error('no flush'));
    }
    shutdown(): Promise<void> {
      throw new Error('no end');
    }
  }
  start(new Broken(), processor({ onEmit: (record) => void record.setAttribute('seen', true) }));
  expect(new Shop().sell()).toBe('tea');
  expect(await sent()).toEqual([['sold', { item: 'tea', seen: true }]]);
  expect(spans.getFinishedSpans().map(({ name, status }) => [name, status.code])).toEqual([
    ['Shop.sell', SpanStatusCode.UNSET],
  ]);
  await telemetry.shutdown();
  expect(telemetry.health().faults.map(({ code, where }) => [code, where])).toEqual([
    ['SPANDREL_PROCESSOR_FAILED', 'Broken'],
    ['SPANDREL_EXPORT_FAILED', 'Broken'],
  ]);
});

test('one that fails later, as an async function, is told of and does no harm', async () => {
  class Slow implements LogRecordProcessor {
    onEmit = (): Promise<void> => Promise.reject(new Error('no room later'));
    forceFlush = (): Promise<void> => Promise.resolve();
    shutdown = (): Promise<void> => Promise.resolve();
  }
  start(new Slow());
  new Shop().sell();
  expect(await sent()).toEqual([['sold', { item: 'tea' }]]);
  await telemetry.shutdown();
  expect(telemetry.health().faults).toMatchObject([
    { code: 'SPANDREL_PROCESSOR_FAILED', where: 'Slow', count: 1, first: expect.stringContaining('no room later') },
  ]);
});

test('what they write and trace themselves is let go', async () => {
  const shop = new Shop();
  start(
    processor({
      onEmit: () => {
        log.warn('written by a processor');
        shop.sell();
      },
    }),
  );
  shop.sell();
  expect(await sent()).toEqual([['sold', { item: 'tea' }]]);
  expect(spans.getFinishedSpans()).toHaveLength(1);
});

test('a record is let go where nobody wants it', async () => {
  start(processor({ enabled: () => false }));
  new Shop().sell();
  // The exporter's own queue wants all.
  expect(await sent()).toHaveLength(1);
});
