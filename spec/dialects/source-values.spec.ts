/**
 * What becomes of values that are no attribute, of sources that throw, and of reading itself.
 */
import { Counted, call, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('what is no attribute value becomes one, or is left out', async () => {
  const circular: { name: string; self?: unknown } = { name: 'c' };
  circular.self = circular;
  const shared = { x: 1 };
  const values: Record<string, [given: unknown, attribute?: unknown]> = {
    date: [new Date(0), '1970-01-01T00:00:00.000Z'],
    'date.invalid': [new Date(Number.NaN)],
    bigint: [12n, 12],
    'bigint.big': [2n ** 64n, '18446744073709551616'],
    url: [new URL('http://x.test/a'), 'http://x.test/a'],
    error: [new RangeError('far'), 'RangeError: far'],
    nothing: [null],
    symbol: [Symbol('s')],
    function: [() => 1],
    boxed: [Object(5), 5],
    object: [{ a: 1, b: [true, null], d: new Date(0) }, '{"a":1,"b":[true,null],"d":"1970-01-01T00:00:00.000Z"}'],
    circular: [circular, '{"name":"c","self":"[circular]"}'],
    shared: [[shared, shared], '[{"x":1},{"x":1}]'],
    'list.same': [
      ['a', 'b'],
      ['a', 'b'],
    ],
    'list.mixed': [['a', 1], '["a",1]'],
    'list.empty': [[], []],
    'list.bigint': [[1n], '["1"]'],
    map: [new Map([['k', 1]]), '{"k":1}'],
    set: [new Set([1, 2]), '[1,2]'],
    nested: [{ e: new Error('in'), m: new Map([['k', new Set([1])]]) }, '{"e":"Error: in","m":{"k":[1]}}'],
    bytes: [{ body: new Uint8Array(5000) }, '{"body":"[5000 bytes]"}'],
    'no.prototype': [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    'no.json': [{ toJSON: () => undefined }],
  };
  class Values {
    @Traced({
      attributes: Object.fromEntries(
        Object.keys(values).map((name) => [name, call.arg(0).map((all: typeof values) => all[name]?.[0])]),
      ),
    })
    take(_values: typeof values): void {}
  }
  new Values().take(values);
  const expected = Object.entries(values)
    .filter(([, pair]) => pair.length === 2)
    .map(([name, [, attribute]]) => [name, attribute]);
  expect(await recorded.trees()).toEqual([span('Values.take', { attributes: Object.fromEntries(expected) })]);
  expect(recorded.faults()).toEqual([]);
});

test('an endless or huge object costs a bounded text', async () => {
  class Huge {
    @Traced({ attributes: { list: call.arg(0), endless: call.arg(1) } })
    take(_list: unknown, _endless: unknown): void {}
  }
  const endless = { toJSON: () => ({ again: endless }) };
  new Huge().take(
    Array.from({ length: 100_000 }, (_, n) => ({ n })),
    endless,
  );
  const [tree] = await recorded.trees();
  expect(String(tree?.attributes.list).length).toBeLessThan(20_000);
  expect(String(tree?.attributes.list)).toMatch(/^\[\{"n":0\},\{"n":1\},/);
  expect(String(tree?.attributes.endless ?? '').length).toBeLessThan(20_000);
});

test('a source that throws costs its own attribute, and is told once with its class and method', async () => {
  const bad = {
    get boom(): never {
      throw new Error('getter');
    },
  };
  class Throwing {
    @Traced({
      attributes: {
        before: 'kept',
        getter: call.arg(0, 'boom.further'),
        map: call.arg(0).map(() => {
          throw new Error('map');
        }),
        function: () => {
          throw new Error('function');
        },
        json: call.arg(0),
        after: 'kept too',
      },
    })
    @Counted('sources.throwing', {
      attributes: { getter: call.arg(0, 'boom'), kept: 1 },
    })
    @Counted('sources.throwing.amount', {
      amount: () => {
        throw new Error('amount');
      },
    })
    run(_given: unknown): string {
      return 'untouched';
    }
  }
  const throwing = new Throwing();
  expect([throwing.run(bad), throwing.run(bad)]).toEqual(['untouched', 'untouched']);
  const kept = { before: 'kept', json: '{"boom":"[threw]"}', after: 'kept too' };
  const expected = span('Throwing.run', { attributes: kept });
  expect(await recorded.trees()).toEqual([expected, expected]);
  expect(await recorded.points('sources.throwing')).toEqual([[{ kept: 1 }, 2]]);
  expect(await recorded.points('sources.throwing.amount')).toEqual([]);
  // Five sources, two calls: of an object that is told as JSON, a getter that throws costs itself.
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_SOURCE_FAILED', where: 'Throwing.run', count: 10 }]);
  expect(
    recorded.warnings().map((sentence) => /Throwing.run: a function given for (.*) threw/.exec(sentence)?.[1]),
  ).toEqual([
    ...['the attribute getter', 'the attribute map', 'the attribute function'],
    'the amount of sources.throwing.amount',
  ]);
});

test('reading is no call: a woven getter that is its own attribute’s source is not traced for it', async () => {
  class Circle {
    reads = 0;
    @Traced({ attributes: { size: call.self('size') } })
    @Counted('sources.circle')
    get size(): number {
      this.reads += 1;
      return this.reads;
    }
    @Traced({ name: () => new Circle().named(), attributes: { size: call.self('size') } })
    named(): string {
      return 'named by itself';
    }
  }
  const circle = new Circle();
  expect(circle.size).toBe(2);
  circle.named();
  expect(await recorded.trees()).toEqual([
    span('Circle.size', { attributes: { size: 1 } }),
    span('named by itself', { at: 'Circle.named', attributes: { size: 3 } }),
  ]);
  expect(await recorded.points('sources.circle')).toEqual([[{}, 1]]);
});
