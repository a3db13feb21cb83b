/**
 * A method that is called with values that are too much, or do harm when they are looked at: it gives what it gives, and its span
 * tells what can be told, with a mark for the rest.
 */
import { trace } from '@opentelemetry/api';
import { annotate, bootstrap, call, log, type Settings, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

const startWith = (limits: Settings['limits'] = {}): void =>
  void recorded.start((given) => bootstrap({ ...given, limits }));

afterEach(() => recorded.stop());

const refuse = (): never => {
  throw new Error('do not look');
};

const deep = Array.from({ length: 100_000 }).reduce<object>((inner) => ({ inner }), {});
const endless = (): object => new Proxy({ deeper: 1 }, { get: (_, key) => (key === 'deeper' ? endless() : undefined) });
const ring: Record<string, unknown> = { name: 'ring' };
ring['ring'] = ring;
let rope = 'x'.repeat(1_000_000);
while (rope.length < 100_000_000) rope += rope;

const levels = (text: string): RegExp => new RegExp(`^(\\{"${text}":){20}"\\[deeper\\]"\\}{20}$`);

const hostile: readonly (readonly [string, unknown, unknown])[] = [
  ['a text of a hundred million characters', rope, '[128000000 characters]'],
  ['a text of a million', 'y'.repeat(1_000_000), `${'y'.repeat(65_535)}…`],
  ['bytes', Buffer.alloc(100_000_000), '[100000000 bytes]'],
  ['a list as long as there can be one', { list: new Array(2 ** 32 - 1) }, /\[null,.*,"\[… 4294966298 more\]"\]\}$/],
  ['a number of a million digits', 10n ** 1_000_000n, '[a whole number of more than 308 digits]'],
  ['levels without end', deep, levels('inner')],
  ['proxies without end', endless(), levels('deeper')],
  ['prototypes without end', new Proxy({}, { getPrototypeOf: () => new Proxy({}, {}) }), '{}'],
  ['a circle', ring, '{"name":"ring","ring":"[circular]"}'],
  [
    'getters that throw',
    Object.defineProperty({ a: 1 }, 'b', { get: refuse, enumerable: true }),
    '{"a":1,"b":"[threw]"}',
  ],
  ['a proxy that throws', { proxy: new Proxy({}, { get: refuse, ownKeys: refuse }) }, '{"proxy":"[threw]"}'],
  ['a key that would be the prototype', JSON.parse('{"__proto__": 1}'), '{"__proto__":1}'],
];

test.each(hostile)('%s', async (_, value, told) => {
  startWith();
  class Victim {
    @Traced({ attributes: { value: call.arg(0), result: call.result(), after: 1 } })
    take(given: unknown): unknown {
      annotate({ inside: given });
      return given;
    }
  }
  expect(new Victim().take(value)).toBe(value);
  const [tree] = await recorded.trees();
  const { value: before, result, inside, after } = tree?.attributes ?? {};
  const expected: unknown = told instanceof RegExp ? expect.stringMatching(told) : told;
  expect([before, result, inside, after]).toEqual([expected, expected, expected, 1]);
  expect(recorded.faults()).toEqual([]);
});

test('a value that can’t be looked at at all costs itself, and is told', async () => {
  startWith();
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  class Victim {
    @Traced({ attributes: { value: call.arg(0), after: 1 } })
    take(given: unknown): unknown {
      return given;
    }
  }
  expect(new Victim().take(proxy)).toBe(proxy);
  expect(await recorded.trees()).toEqual([span('Victim.take', { attributes: { after: 1 } })]);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_SOURCE_FAILED', where: 'Victim.take', count: 1 }]);
});

test('errors with huge words, words that throw, and no words: thrown as they are, told as far as they go', async () => {
  startWith();
  const huge = Object.assign(new Error('m'.repeat(1_000_000)), { stack: 's'.repeat(1_000_000) });
  const refusing = Object.defineProperties(new Error(), { stack: { get: refuse }, message: { get: refuse } });
  const wordless = new Proxy(new Error('no'), { get: refuse, getPrototypeOf: refuse });
  const named = Object.assign(new Error('n'), { name: 'N'.repeat(1_000_000) });
  let cause: unknown = new Error('the bottom');
  for (let level = 0; level < 100_000; level += 1) cause = Object.assign(new Error('caused'), { cause });
  const thrown = [huge, refusing, wordless, named, cause, 10n ** 1_000_000n, rope];
  class Failing {
    @Traced()
    fail(given: unknown): never {
      throw given;
    }
  }
  for (const one of thrown) {
    let caught: unknown;
    try {
      new Failing().fail(one);
    } catch (error) {
      caught = error;
    }
    expect(Object.is(caught, one)).toBe(true);
  }
  const cut = (text: string, length: number): string => `${text.repeat(length - 1)}…`;
  const spans = await recorded.spans();
  expect(spans.map(({ status }) => status.message)).toEqual([
    cut('m', 65_536),
    '',
    '',
    'n',
    'caused',
    '[a whole number of more than 308 digits]',
    '[128000000 characters]',
  ]);
  expect(spans[0]?.events[0]?.attributes).toMatchObject({
    'exception.message': cut('m', 65_536),
    'exception.stacktrace': cut('s', 65_536),
  });
  expect(spans.map(({ attributes }) => attributes['error.type'])).toEqual([
    ...['Error', 'Error', '_OTHER', cut('N', 1024), 'Error', 'bigint', 'string'],
  ]);
});

test('names of any length are cut, whoever gives them', async () => {
  startWith();
  class Named {
    @Traced({ name: () => 'n'.repeat(100_000) })
    run(): void {
      trace.getActiveSpan()?.addEvent('e'.repeat(100_000));
      annotate({ ['a'.repeat(100_000)]: 1 });
    }
  }
  new Named().run();
  const [only] = await recorded.spans();
  expect([only?.name, only?.events[0]?.name]).toEqual([`${'n'.repeat(1023)}…`, `${'e'.repeat(1023)}…`]);
  expect(only?.attributes[`${'a'.repeat(1023)}…`]).toBe(1);
});

test('very many attributes, events and links: as many as there may be, and how many were not', async () => {
  startWith({ attributes: 10, events: 3, links: 2 });
  const link = { context: { traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 } };
  class Busy {
    @Traced({ links: () => Array.from({ length: 5 }, () => link) })
    run(): void {
      annotate(Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`a${at}`, at])));
      for (let at = 0; at < 5; at += 1) trace.getActiveSpan()?.addEvent(`e${at}`);
    }
  }
  new Busy().run();
  const [only] = await recorded.spans();
  expect(Object.keys(only?.attributes ?? {})).toHaveLength(10);
  expect(only?.events.map(({ name }) => name)).toEqual(['e2', 'e3', 'e4']);
  expect(only?.links).toHaveLength(2);
  expect([only?.droppedAttributesCount, only?.droppedEventsCount, only?.droppedLinksCount]).toEqual([91, 2, 3]);
});

test('of a hundred thousand at once a thousand are looked at, and that is told', async () => {
  startWith();
  let reads = 0;
  const many = Object.defineProperties(
    {},
    Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [`a${at}`, { enumerable: true, get: (): number => (reads += 1) }]),
    ),
  );
  class Busy {
    @Traced({ links: () => Array.from({ length: 20_000 }, () => ({})) })
    run(): void {
      annotate(many);
      log.info('many', many);
    }
  }
  new Busy().run();
  expect(reads).toBe(2000);
  const [only] = await recorded.spans();
  expect([Object.keys(only?.attributes ?? {}).length, only?.droppedAttributesCount]).toEqual([128, 873]);
  expect(recorded.warnings()).toEqual([
    expect.stringContaining('20000 links: all after the first 1000 are left out'),
    expect.stringContaining('annotate() threw: 20000 attributes at once: all after the first 1000 are left out'),
    expect.stringContaining('log threw: 20000 attributes at once: all after the first 1000 are left out'),
  ]);
});

test('the length is a setting: for every text of a span and of a log record, JSON still being JSON', async () => {
  startWith({ attributeLength: 60 });
  const order = { id: 'o'.repeat(30), lines: Array.from({ length: 50 }, (_, n) => ({ n })) };
  class Brief {
    @Traced({ attributes: { fixed: 'f'.repeat(100), order: call.arg(0), texts: call.arg(1) } })
    run(_order: object, _texts: readonly string[]): void {
      annotate({ inside: 'i'.repeat(100), 'order.inside': order });
      trace.getActiveSpan()?.setAttribute('by hand', 'h'.repeat(100));
      log.info('b'.repeat(100), { text: 't'.repeat(100), order });
    }
  }
  new Brief().run(order, ['x'.repeat(100), 'short']);
  const { attributes } = (await recorded.spans())[0] ?? { attributes: {} };
  const told = `{"id":"${'o'.repeat(30)}","lines":"…"}`;
  expect(attributes).toEqual({
    'code.function.name': 'Brief.run',
    fixed: `${'f'.repeat(59)}…`,
    order: told,
    texts: [`${'x'.repeat(59)}…`, 'short'],
    inside: `${'i'.repeat(59)}…`,
    'order.inside': told,
    'by hand': `${'h'.repeat(59)}…`,
  });
  const [record] = await recorded.logs();
  expect([record?.body, record?.attributes?.['text']]).toEqual(['b'.repeat(100), `${'t'.repeat(59)}…`]);
});
