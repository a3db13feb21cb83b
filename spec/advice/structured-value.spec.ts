/**
 * `structuredValue`: what `log` makes of anything: structured where it can be, bounded, and nothing an exporter refuses.
 */
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { structuredValue } from '../../lib/advice/structured-value.js';

/** What the logs data model takes (`any`). */
function isAny(value: unknown): boolean {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isAny);
  return typeof value === 'object' && Object.values(value as object).every(isAny);
}

test.each<[string, unknown, unknown]>([
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['an impossible date', new Date(Number.NaN), undefined],
  ['a URL', new URL('http://localhost/x'), 'http://localhost/x'],
  ['a big number', 10n ** 20n, '100000000000000000000'],
  ['a small big number', 7n, 7],
  ['not a number', Number.NaN, 'NaN'],
  ['no end', -Infinity, '-Infinity'],
  ['a huge whole number', 1e21, '1e+21'],
  ['a set', new Set([1, 'two']), [1, 'two']],
  [
    'a map',
    new Map<unknown, unknown>([
      ['a', 1],
      [2, { b: true }],
    ]),
    { a: 1, 2: { b: true } },
  ],
  ['a map with keys of any kind', new Map([[{ a: 1 }, 2]]), [[{ a: 1 }, 2]]],
  ['a list with gaps', [1, undefined, () => 1, null], [1, null, null, null]],
  ['a nested date', { at: new Date(0), no: undefined, f: () => 1, s: Symbol('s') }, { at: '1970-01-01T00:00:00.000Z' }],
  ['a symbol', Symbol('s'), undefined],
  ['a function', () => 1, undefined],
  ['a promise', Promise.resolve(1), undefined],
  ['bytes', new Uint8Array([1, 2]), '[2 bytes]'],
  ['a buffer', { token: Buffer.from('abc') }, { token: '[3 bytes]' }],
  ['what says how it is told', { secret: { raw: 'x', toJSON: () => '[hidden]' } }, { secret: '[hidden]' }],
  ['a nested error', { cause: new TypeError('no') }, { cause: 'TypeError: no' }],
  ['another realm’s list', runInNewContext('[1, { a: 2 }]'), [1, { a: 2 }]],
])('%s', (_what, given, told) => {
  expect(structuredValue(given)).toEqual(told);
});

test('a key that would be the prototype is a key', () => {
  const told = structuredValue(JSON.parse('{"__proto__": {"a": 1}}')) as object;
  expect(Object.keys(told)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(told)).toBe(Object.prototype);
});

test('cycles, depth and size are bounded', () => {
  const ring: Record<string, unknown> = { name: 'ring' };
  ring.again = [ring];
  expect(structuredValue(ring)).toEqual({ name: 'ring', again: ['[circular]'] });
  let deep: unknown = 1;
  for (let level = 0; level < 20_000; level += 1) deep = { deep };
  expect(JSON.stringify(structuredValue(deep))).toContain('[deeper]');
  const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`key${n}`, n]));
  expect(Object.keys(structuredValue(wide) as object).length).toBeLessThan(1000);
});

test('whatever it is given, an exporter can send it', () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      const told = structuredValue(value);
      expect(told === undefined || isAny(told)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
