/**
 * Values that are too much, one by one: what is told of each, and that it was not read to its end.
 */
import { attributeValue, attributeWithin } from '../../lib/advice/attribute-value.js';
import { structuredValue } from '../../lib/advice/structured-value.js';

const json = (value: unknown): unknown => JSON.parse(attributeValue(value) as string);

// How far a walk comes must not depend on how busy the machine is.
beforeEach(() => void jest.spyOn(performance, 'now').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

/** Counts how often it is read, at whatever position. */
function countedList(length: number): { list: unknown[]; reads: () => number } {
  let reads = 0;
  const list = new Proxy(new Array(length), {
    get: (target, key, receiver): unknown => {
      reads += 1;
      return typeof key === 'string' && /^\d+$/.test(key) ? { at: key } : Reflect.get(target, key, receiver);
    },
  });
  return { list, reads: () => reads };
}

test('a list of ten million: its beginning, and how many there are more', () => {
  const { list, reads } = countedList(10_000_000);
  const told = json(list) as unknown[];
  expect(told.slice(0, 2)).toEqual([{ at: '0' }, { at: '1' }]);
  expect(told.at(-1)).toBe(`[… ${10_000_000 - told.length + 1} more]`);
  expect(told.length).toBeLessThan(1000);
  expect(reads()).toBeLessThan(2000);
});

test('a list with nothing in it as long as there can be one', () => {
  const told = attributeValue(new Array(2 ** 32 - 1)) as unknown[];
  expect([told.length, told[0], told.at(-1)]).toEqual([8192, undefined, '[… 4294959104 more]']);
  const inside = json({ list: new Array(2 ** 32 - 1) }) as { list: unknown[] };
  expect([inside.list.length, inside.list[0]]).toEqual([998, null]);
  expect(inside.list.at(-1)).toBe('[… 4294966298 more]');
});

test('a list of numbers stays one up to 8,192; a longer one is told as texts, so that its last can say so', () => {
  const numbers = Array.from({ length: 8192 }, (_, at) => at);
  expect(attributeValue(numbers)).toEqual(numbers);
  const told = attributeValue([...numbers, 1, 2]) as unknown[];
  expect([told.length, told[0], told[8190], told[8191]]).toEqual([8192, '0', '8190', '[… 3 more]']);
});

test('of texts in a list as many as have the room of one', () => {
  const told = attributeValue(Array.from({ length: 100 }, () => 'x'.repeat(10_000))) as string[];
  expect(told).toHaveLength(8);
  expect(told.slice(5).map((text) => [text.length, text.slice(-3)])).toEqual([
    [10_000, 'xxx'],
    [5_536, 'xx…'],
    [11, 're]'],
  ]);
  expect(told.at(-1)).toBe('[… 93 more]');
});

test('a text of a hundred million characters is not copied into one', () => {
  let rope = 'x'.repeat(1_000_000);
  while (rope.length < 100_000_000) rope += rope;
  expect(attributeValue(rope)).toBe('[128000000 characters]');
  expect(json({ rope })).toEqual({ rope: '[128000000 characters]' });
  expect(attributeValue('y'.repeat(4_000_000))).toBe(`${'y'.repeat(65_535)}…`);
});

test('a number of a million digits is not written', () => {
  const huge = 10n ** 1_000_000n;
  const mark = '[a whole number of more than 308 digits]';
  expect([attributeValue(huge), json({ huge }), structuredValue([huge])]).toEqual([mark, { huge: mark }, [mark]]);
  expect(attributeValue(10n ** 300n)).toBe(`1${'0'.repeat(300)}`);
});

test('levels: twenty, of however many', () => {
  let deep: unknown = 'the bottom';
  for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? { deep } : [deep];
  const text = attributeValue(deep) as string;
  expect(text).toContain('"[deeper]"');
  expect(text.match(/[[{](?!deeper)/g)).toHaveLength(20);
});

test('sets and maps of a hundred thousand: their beginnings', () => {
  const numbers = Array.from({ length: 100_000 }, (_, at) => at);
  const set = json(new Set(numbers)) as unknown[];
  expect([set.length, set[0], set.at(-1)]).toEqual([999, 0, '[… 99002 more]']);
  const map = json(new Map(numbers.map((at) => [at, at]))) as Record<string, unknown>;
  expect([Object.keys(map).length, map[0], map['…']]).toEqual([999, 0, '[… 99002 more]']);
});

test('a map or set of a class that goes on for ever is told by what is in it', () => {
  class Endless extends Set<number> {
    override *[Symbol.iterator](): SetIterator<number> {
      for (;;) yield 1;
    }
    override values(): SetIterator<number> {
      return this[Symbol.iterator]();
    }
  }
  class EndlessMap extends Map<string, number> {
    override *[Symbol.iterator](): MapIterator<[string, number]> {
      for (;;) yield ['again', 1];
    }
    override get size(): number {
      return Infinity;
    }
  }
  expect(json({ set: new Endless([7]), map: new EndlessMap([['key', 8]]) })).toEqual({ set: [7], map: { key: 8 } });
});

test('bytes, however many, inside and out, by their number', () => {
  const bytes = Buffer.alloc(200_000_000);
  const { buffer } = bytes;
  expect(attributeValue(bytes)).toBe('[200000000 bytes]');
  expect(json([{ bytes }, new Float64Array(buffer), new DataView(buffer), buffer])).toEqual([
    { bytes: '[200000000 bytes]' },
    '[200000000 bytes]',
    '[200000000 bytes]',
    '[200000000 bytes]',
  ]);
  expect(json({ parsed: Buffer.from('abc').toJSON() })).toEqual({ parsed: '[3 bytes]' });
});

test('an object of many properties: the first of them', () => {
  class Row {
    [key: string]: number;
  }
  const row = new Row();
  for (let at = 0; at < 20_000; at += 1) row[`column${at}`] = at;
  const told = json(row) as Record<string, unknown>;
  expect([told['column0'], told['column997'], told['column998'], told['…']]).toEqual([
    0,
    997,
    undefined,
    '[… 19002 more]',
  ]);
});

test('getters that throw cost themselves, at every level', () => {
  const bad = {
    before: 1,
    get boom(): never {
      throw new Error('secret');
    },
    list: [
      {
        get boom(): never {
          throw null;
        },
      },
      { toJSON: () => missing() },
      2,
    ],
    after: 3,
  };
  const told = { before: 1, boom: '[threw]', list: [{ boom: '[threw]' }, '[threw]', 2], after: 3 };
  expect(json(bad)).toEqual(told);
  expect(structuredValue(bad)).toEqual(told);
});

test('a proxy that was revoked, whose traps throw, or that is another one below each', () => {
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  const { proxy: revokedList, revoke: revokeList } = Proxy.revocable([], {});
  revoke();
  revokeList();
  const throwing = new Proxy({ a: 1 }, { get: missing });
  const listing = new Proxy({ a: 1 }, { ownKeys: missing });
  expect(json({ revoked, revokedList, throwing, listing, kept: 1 })).toEqual({
    revoked: '[threw]',
    revokedList: '[threw]',
    throwing: '[threw]',
    listing: '[threw]',
    kept: 1,
  });
  // By itself, it can't be told at all: whoever asked for it is told.
  for (const one of [revoked, revokedList, throwing]) expect(() => attributeValue(one)).toThrow();
  const endless = (): object =>
    new Proxy({ deeper: 1 }, { get: (_, key) => (key === 'deeper' ? endless() : undefined) });
  expect(attributeValue(endless())).toMatch(/^(\{"deeper":){20}"\[deeper\]"\}{20}$/);
});

test('prototypes that go on for ever', () => {
  const endless = (): object => new Proxy({}, { getPrototypeOf: endless });
  expect(json({ endless: endless(), below: Object.create(endless()) as object, kept: 1 })).toEqual({
    endless: {},
    below: {},
    kept: 1,
  });
});

test('what tells itself: itself, something that tells itself, nothing, or not at all', () => {
  const self = { a: 1, toJSON: (): unknown => self };
  const again = { toJSON: (): unknown => ({ again: { toJSON: again.toJSON } }) };
  expect(json({ self, nothing: { toJSON: () => undefined } })).toEqual({ self: { a: 1 } });
  expect(attributeValue(again)).toMatch(/^(\{"again":){20}"\[deeper\]"\}{20}$/);
});

test('an error whose words are huge, or no words', () => {
  const error = Object.assign(new Error('x'.repeat(1_000_000)), { cause: undefined });
  const odd = Object.assign(new Error(), { name: new Array(1_000_000).fill('n'), message: { toString: missing } });
  expect((attributeValue(error) as string).length).toBe(65_536);
  expect(attributeValue(odd)).toBe('Error: ');
});

test('a date, a boxed text and an address are told by what they are, not by what they say', () => {
  class OddDate extends Date {
    override getTime(): number {
      throw new Error('not now');
    }
  }
  const boxed = Object.assign(Object('text') as object, { valueOf: missing, toString: missing });
  expect(
    [new OddDate(0), boxed, new URL(`http://x.test/${'a'.repeat(100)}`)].map((one) => attributeWithin(one, 40)),
  ).toEqual(['1970-01-01T00:00:00.000Z', 'text', `http://x.test/${'a'.repeat(25)}…`]);
});

test('what takes too long to be read is told as far as it was', () => {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const slow = Array.from({ length: 500 }, (_, at) => ({
    get value(): number {
      now += 75;
      return at;
    },
  }));
  const told = json(slow) as unknown[];
  expect(told).toEqual([{ value: 0 }, { value: 1 }, { value: 2 }, { value: 3 }, '[… 496 more]']);
});

test('a key that is huge is cut, and one that would be the prototype is a key', () => {
  const told = json(JSON.parse(`{"__proto__": {"a": 1}, "${'k'.repeat(5000)}": 2}`)) as object;
  expect(Object.keys(told).map((key) => key.length)).toEqual([9, 1024]);
  expect(Object.getPrototypeOf(told)).toBe(Object.prototype);
});

function missing(): never {
  throw new Error('do not look');
}
