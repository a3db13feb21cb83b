/**
 * `attributeValue`: anything becomes a value OpenTelemetry takes, or nothing; never an object.
 */
import * as fc from 'fast-check';
import { attributeValue } from '../../lib/advice/attribute-value.js';

const primitive = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

function isAttribute(value: unknown): boolean {
  if (value === undefined || primitive(value)) return true;
  if (!Array.isArray(value)) return false;
  const kinds = new Set(
    (value as unknown[]).filter((item) => item !== null && item !== undefined).map((item) => typeof item),
  );
  return kinds.size <= 1 && [...kinds].every((kind) => ['string', 'number', 'boolean'].includes(kind));
}

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  withObjectString: true,
});

test('never an object, whatever it is given', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(isAttribute(attributeValue(value))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('texts, numbers, flags and lists of one of them stay what they are, and a list is a copy', () => {
  // What OTLP has no form for (infinities, numbers beyond 64 bits) is another matter.
  const number = fc.double({ min: -1e15, max: 1e15, noNaN: true });
  const items = fc.oneof(fc.string(), number, fc.boolean());
  const list = fc.oneof(fc.array(fc.string()), fc.array(number), fc.array(fc.boolean()));
  fc.assert(fc.property(items, (value) => expect(attributeValue(value)).toBe(value)));
  fc.assert(
    fc.property(list, (value) => {
      const given = attributeValue(value);
      expect(given).toEqual(value);
      expect(given).not.toBe(value);
    }),
  );
});

test('objects that JSON can tell are told as JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      expect(attributeValue(value)).toBe(JSON.stringify(value));
    }),
  );
});

test('a cycle anywhere ends', () => {
  const ring: Record<string, unknown> = { name: 'ring' };
  ring.list = [ring, new Map([['again', ring]]), { inside: new Set([ring]) }];
  expect(attributeValue(ring)).toBe(
    '{"name":"ring","list":["[circular]",{"again":"[circular]"},{"inside":["[circular]"]}]}',
  );
});

test('an object’s text is bounded, wide or deep', () => {
  const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`key${n}`, n]));
  const lists = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => ({})));
  for (const value of [wide, lists, { bytes: new Uint8Array(1e6) }]) {
    expect((attributeValue(value) as string).length).toBeLessThan(30_000);
  }
});

test('a number a Collector would refuse in OTLP’s JSON goes as text', () => {
  expect([Number.NaN, Infinity, -Infinity, 1e21, -(2 ** 63)].map(attributeValue)).toEqual([
    'NaN',
    'Infinity',
    '-Infinity',
    '1e+21',
    '-9223372036854776000',
  ]);
  expect([2 ** 53, 1.5e300 / 1e290, -0.5].map(attributeValue)).toEqual([2 ** 53, 1.5e300 / 1e290, -0.5]);
  expect(attributeValue([1, Number.NaN, null, 2])).toEqual(['1', 'NaN', null, '2']);
  expect(attributeValue(new Number(Infinity))).toBe('Infinity');
});

test('of bytes the number is told, not what is in them', () => {
  const key = Buffer.from('not for everybody');
  expect([key, new Uint8Array(3), new ArrayBuffer(4), { key }, [key, 1]].map(attributeValue)).toEqual([
    '[17 bytes]',
    '[3 bytes]',
    '[4 bytes]',
    '{"key":"[17 bytes]"}',
    '["[17 bytes]",1]',
  ]);
});

test('a promise is no value', () => {
  expect(attributeValue(Promise.resolve(1))).toBeUndefined();
});
