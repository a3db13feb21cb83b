/**
 * An OpenTelemetry SDK that the program has set up by itself, and `bootstrap({ provider: 'existing' })` beside it: its spans,
 * its views, its exporters.
 */
import { context, metrics, propagation, type Span, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  AggregationType,
  type DataPoint,
  type Histogram,
  MeterProvider,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import { from, lastValueFrom } from 'rxjs';
import { annotate, bootstrap, Counted, call, Gauged, InFlight, log, type Telemetry, Timed, Traced } from 'spandrel';
import { ReaderOnDemand } from '../support/recorded-telemetry.js';

class Kitchen {
  held = 7;

  @Gauged('kitchen.stock') get stock(): number {
    return this.held;
  }

  @InFlight('kitchen.open')
  @Counted('kitchen.dishes', { attributes: { dish: call.arg(0), cook: call.arg(1) } })
  @Timed('kitchen.time', { unit: 's', attributes: { dish: call.arg(0) } })
  @Traced({ attributes: { dish: call.arg(0) } })
  async cook(dish: string, _cook: string): Promise<string> {
    await null;
    annotate({ done: true });
    log.info('cooked', { dish });
    if (dish === 'ash') throw new TypeError('burnt');
    return trace.getTracer('by hand').startActiveSpan('garnish', (span) => {
      span.end();
      return `a plate of ${dish}`;
    });
  }

  @Traced()
  *courses(): Generator<string> {
    yield 'soup';
    yield 'fish';
  }

  @Traced()
  served(): ReturnType<typeof from<string[]>> {
    return from(['soup', 'fish']);
  }
}

const original = Object.getOwnPropertyDescriptor(Kitchen.prototype, 'cook');

const views: ViewOptions[] = [
  { instrumentName: 'kitchen.dishes', name: 'dishes', attributesProcessors: [{ process: ({ dish }) => ({ dish }) }] },
  {
    instrumentName: 'kitchen.time',
    aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [60] } },
  },
];

/** One for each test, registered as a program does it. */
function registered() {
  const spans = new InMemorySpanExporter();
  const records = new InMemoryLogRecordExporter();
  const reader = new ReaderOnDemand();
  const tracing = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(spans)] });
  const metering = new MeterProvider({ readers: [reader], views });
  const logging = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] });
  tracing.register();
  metrics.setGlobalMeterProvider(metering);
  logs.setGlobalLoggerProvider(logging);
  return { spans, records, reader, tracing, metering, logging };
}

let sdk: ReturnType<typeof registered>;
let telemetry: Telemetry;

beforeEach(() => {
  sdk = registered();
  telemetry = bootstrap({ provider: 'existing' });
});
afterEach(async () => {
  await telemetry.shutdown();
  await Promise.all([sdk.tracing.shutdown(), sdk.metering.shutdown(), sdk.logging.shutdown()]);
  for (const api of [trace, context, propagation, metrics, logs]) api.disable();
});

/** Finished spans as `name < parent`, as they ended. */
const told = (): string[] => {
  const finished = sdk.spans.getFinishedSpans();
  const nameOf = (id: string | undefined) => finished.find((span) => span.spanContext().spanId === id)?.name ?? '-';
  return finished.map((span) => `${span.name} < ${nameOf(span.parentSpanContext?.spanId)}`);
};

const named = (name: string): ReadableSpan =>
  sdk.spans.getFinishedSpans().find((span) => span.name === name) as ReadableSpan;

/** What the reader is told, by metric: each point's attributes and value. */
async function points(): Promise<Record<string, unknown[]>> {
  const { resourceMetrics } = await sdk.reader.collect();
  const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  return Object.fromEntries(
    all.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      (dataPoints as DataPoint<number | Histogram>[]).map(({ attributes, value }) => [
        attributes,
        typeof value === 'number' ? value : { count: value.count, buckets: value.buckets },
      ]),
    ]),
  );
}

const byHand = <T>(name: string, work: (span: Span) => T): T =>
  trace.getTracer('by hand').startActiveSpan(name, (span) => {
    const given = work(span);
    span.end();
    return given;
  });

const kitchen = new Kitchen();
beforeEach(() => {
  kitchen.held = 7;
});

test('spans nest with those by hand, both ways, and carry what annotations say', async () => {
  const cooked = byHand('order', () => kitchen.cook('fish', 'ann'));
  expect(await cooked).toBe('a plate of fish');
  await expect(kitchen.cook('ash', 'bob')).rejects.toThrow('burnt');
  await telemetry.flush();
  expect(told().sort()).toEqual(['Kitchen.cook < -', 'Kitchen.cook < order', 'garnish < Kitchen.cook', 'order < -']);
  const [fish, ash] = sdk.spans.getFinishedSpans().filter(({ name }) => name === 'Kitchen.cook');
  expect(fish?.attributes).toEqual({ 'code.function.name': 'Kitchen.cook', dish: 'fish', done: true });
  expect(ash?.attributes).toMatchObject({ 'error.type': 'TypeError', dish: 'ash' });
  expect(ash?.status).toEqual({ code: 2, message: 'burnt' });
  expect(ash?.events.map(({ name }) => name)).toEqual(['exception']);
  expect(fish?.instrumentationScope.name).toBe('spandrel');
  const record = sdk.records.getFinishedLogRecords()[0];
  expect([record?.body, record?.attributes, record?.spanContext?.spanId]).toEqual([
    'cooked',
    { dish: 'fish' },
    fish?.spanContext().spanId,
  ]);
});

test('views of its meter provider hold', async () => {
  for (const cook of ['ann', 'bob', 'ann']) await kitchen.cook('fish', cook);
  await kitchen.cook('ash', 'bob').catch(() => undefined);
  expect(await points()).toEqual({
    'kitchen.stock': [[{}, 7]],
    'kitchen.open': [[{}, 0]],
    dishes: [
      [{ dish: 'fish' }, 3],
      [{ dish: 'ash' }, 1],
    ],
    'kitchen.time': [
      [{ dish: 'fish' }, { count: 3, buckets: { boundaries: [60], counts: [3, 0] } }],
      [
        { dish: 'ash', 'error.type': 'TypeError' },
        { count: 1, buckets: { boundaries: [60], counts: [1, 0] } },
      ],
    ],
  });
});

test('what lasts longer than its call', async () => {
  expect([...kitchen.courses()]).toEqual(['soup', 'fish']);
  expect(await lastValueFrom(kitchen.served())).toBe('fish');
  await telemetry.flush();
  // The call that made the observable is none, and is not sent.
  expect(told()).toEqual(['Kitchen.courses < -', 'Kitchen.served < -']);
  expect(named('Kitchen.served').status.code).toBe(0);
});

test('shutdown leaves the SDK running, and gives the classes back', async () => {
  await kitchen.cook('fish', 'ann');
  await points();
  await telemetry.shutdown();
  expect(telemetry.health()).toMatchObject({ state: 'stopped', spans: [], faults: [] });
  expect(told()).toEqual(['garnish < Kitchen.cook', 'Kitchen.cook < -']);
  sdk.spans.reset();
  byHand('later', () => void kitchen.courses());
  await sdk.tracing.forceFlush();
  expect(told()).toEqual(['later < -']);
  kitchen.held = 9;
  // The SDK tells the last value it knows, and asks no more.
  expect((await points())['kitchen.stock']).toEqual([[{}, 7]]);
});

test('a second telemetry of the same SDK', async () => {
  await telemetry.shutdown();
  telemetry = bootstrap({ provider: 'existing' });
  expect(bootstrap()).toBe(telemetry);
  [...kitchen.courses()];
  await telemetry.flush();
  expect(told()).toEqual(['Kitchen.courses < -']);
  expect((await points())['kitchen.stock']).toEqual([[{}, 7]]);
});

test('the method is the original again', async () => {
  await telemetry.shutdown();
  expect(Object.getOwnPropertyDescriptor(Kitchen.prototype, 'cook')?.value).toBe(original?.value);
});
