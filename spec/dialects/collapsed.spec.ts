/**
 * `sampling.collapse`: of like spans in a row with none below them, one stands for all, with their count and the sum of their
 * durations. What is not like, or leads anywhere, stays as it was.
 */
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { bootstrap, Counted, call, type Telemetry, Traced } from 'spandrel';
import { startTestTelemetry } from 'spandrel/testing';
import { recorded, type SpanTree, span } from '../support/recorded-telemetry.js';

class Store {
  @Traced({ name: 'all' })
  async all(work: () => unknown): Promise<unknown> {
    return await work();
  }

  @Traced({ name: 'get', attributes: { 'store.table': call.arg(0) } })
  @Counted('store.reads')
  get(_table: string, work?: () => unknown): unknown {
    return work?.();
  }

  @Traced({ name: 'load' })
  async load(): Promise<void> {
    await Promise.resolve();
  }

  @Traced({ name: 'lose' })
  lose(): never {
    throw new RangeError('lost');
  }
}

const store = new Store();
let telemetry: Telemetry;

beforeEach(() => {
  telemetry = recorded.start((given) => bootstrap({ ...given, sampling: { collapse: true } }));
});
afterEach(() => recorded.stop());

const count = 'spandrel.collapsed.count';
const sum = 'spandrel.collapsed.duration';

const get = (table: string, ...children: SpanTree[]): SpanTree =>
  span('get', { at: 'Store.get', attributes: { 'store.table': table } }, ...children);

/** The trees without sums of durations, which no two runs have alike. */
async function trees(): Promise<SpanTree[]> {
  const without = (tree: SpanTree): SpanTree => {
    const { [sum]: _, ...attributes } = tree.attributes;
    return { ...tree, attributes, children: tree.children.map(without) };
  };
  return (await recorded.trees()).map(without);
}

const times = (like: SpanTree, calls: number): SpanTree => ({
  ...like,
  attributes: { ...like.attributes, [count]: calls },
});

test('a thousand calls in a loop are one span, and each is counted', async () => {
  await store.all(() => {
    for (let time = 0; time < 1000; time += 1) store.get('users');
  });
  expect(await trees()).toEqual([span('all', { at: 'Store.all' }, times(get('users'), 1000))]);
  expect(await recorded.points('store.reads')).toEqual([[{}, 1000]]);
});

test('it lasts from the first start to the last end, and says how long they took together', async () => {
  await store.all(async () => {
    for (let time = 0; time < 3; time += 1) {
      await store.load();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });
  const [load, all] = await recorded.spans();
  expect(load?.name).toBe('load');
  const [seconds = 0, nanoseconds = 0] = load?.duration ?? [];
  const together = load?.attributes[sum] as number;
  expect(load?.attributes[count]).toBe(3);
  expect(together).toBeGreaterThan(0);
  expect(seconds + nanoseconds / 1e9).toBeGreaterThanOrEqual(together);
  expect(all?.parentSpanContext).toBeUndefined();
});

test('those with other attributes, those that fail, and those with something below them are told by themselves', async () => {
  await store.all(() => {
    store.get('users');
    store.get('users');
    store.get('orders');
    store.get('users', () => store.get('orders'));
    store.get('users');
    expect(() => store.lose()).toThrow('lost');
    expect(() => store.lose()).toThrow('lost');
  });
  const [all] = await trees();
  const plain = ({ name, attributes, children }: SpanTree): unknown => [
    name,
    attributes['store.table'],
    attributes[count],
    children.map(plain),
  ];
  expect(all?.children.map(plain)).toEqual([
    ['get', 'users', 2, []],
    ['get', 'orders', undefined, []],
    ['get', 'users', undefined, [['get', 'orders', undefined, []]]],
    ['get', 'users', undefined, []],
    ['lose', undefined, undefined, []],
    ['lose', undefined, undefined, []],
  ]);
});

test('one with a span of the SDK below it, or whose id was sent on, is told by itself', async () => {
  const tracer = trace.getTracer('hand');
  const sent: Record<string, string>[] = [];
  await store.all(() => {
    store.get('users', () => tracer.startSpan('by hand').end());
    store.get('users', () => tracer.startSpan('by hand').end());
    for (let time = 0; time < 2; time += 1) {
      store.get('users', () => {
        const headers = {};
        propagation.inject(context.active(), headers);
        sent.push(headers);
      });
    }
  });
  const spans = await recorded.spans();
  expect(spans.filter(({ attributes }) => count in attributes)).toEqual([]);
  expect(spans.map(({ name }) => name)).toEqual(['by hand', 'get', 'by hand', 'get', 'get', 'get', 'all']);
  const ids = new Set(spans.map((one) => one.spanContext().spanId));
  expect(sent.map(({ traceparent }) => ids.has(traceparent?.split('-')[2] ?? ''))).toEqual([true, true]);
});

test('what starts below one that another stands for is below that one', async () => {
  await store.all(() => {
    let within = ROOT_CONTEXT;
    for (let time = 0; time < 3; time += 1) store.get('users', () => (within = context.active()));
    context.with(within, () => store.get('orders'));
  });
  expect(await trees()).toEqual([span('all', { at: 'Store.all' }, times(get('users', get('orders')), 3))]);
});

test('those of calls at once are taken together too', async () => {
  await store.all(() => Promise.all([store.load(), store.load(), store.load()]));
  expect(await trees()).toEqual([span('all', { at: 'Store.all' }, times(span('load', { at: 'Store.load' }), 3))]);
});

test('who hears of spans hears the end of each', async () => {
  await recorded.stop();
  const running = new Set<unknown>();
  let ended = 0;
  const processor = {
    onStart: (one: object) => void running.add(one),
    onEnd: (one: object) => {
      running.delete(one);
      ended += 1;
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  telemetry = recorded.start((given) =>
    bootstrap({ ...given, processors: [processor], sampling: { collapse: true, success: 0.5 } }),
  );
  await store.all(() => {
    for (let time = 0; time < 10; time += 1) store.get('users');
  });
  await telemetry.flush();
  expect([running.size, ended]).toEqual([0, 11]);
});

test('also where spans are drawn, and in a test', async () => {
  await recorded.stop();
  const read = (): unknown => store.all(() => [store.get('mills'), store.get('mills'), store.get('mills')]);
  const drawn: string[] = [];
  const stream = { write: (text: string) => drawn.push(text) > 0 };
  const drawing = bootstrap({
    export: { protocol: 'console', console: { stream } },
    metrics: { own: false },
    sampling: { collapse: true },
  });
  await read();
  expect(drawing.health().sampling?.dropped.collapsed).toBe(2);
  await drawing.shutdown();
  expect(drawn.join('').match(/get/g)).toHaveLength(1);
  const testing = startTestTelemetry({ settings: { sampling: { collapse: true } } });
  await read();
  expect(testing.spans().map(({ name, attributes }) => [name, attributes[count]])).toEqual([
    ['all', undefined],
    ['get', 3],
  ]);
  await testing.stop();
});

test('what one stands for goes to nobody, also where processors hear of it', async () => {
  await recorded.stop();
  const flags: number[] = [];
  const listening: SpanProcessor = {
    onStart() {},
    onEnd: (ended) => void flags.push(ended.spanContext().traceFlags),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const sampling = { collapse: true };
  telemetry = recorded.start((given) => bootstrap({ ...given, sampling, processors: [listening] }));
  await store.all(() => [store.get('mills'), store.get('mills'), store.get('mills')]);
  expect((await recorded.spans()).map(({ name, attributes }) => [name, attributes[count]])).toEqual([
    ['get', 3],
    ['all', undefined],
  ]);
  expect(flags).toEqual([0, 0, 1, 1]);
  expect(telemetry.health().spans).toMatchObject([{ received: 2 }]);
});
