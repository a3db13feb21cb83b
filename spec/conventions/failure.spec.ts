/**
 * `failureOf`: whatever was thrown becomes the words of the conventions, and nothing of it is thrown again.
 */
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { errorTypeOf, failureOf } from '../../lib/conventions/failure.js';

/** Objects that throw when they are looked at in one way or another. */
const hostile: readonly (() => object)[] = [
  () => new Proxy({}, { get: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse, has: refuse }),
  () => Object.defineProperty({}, 'message', { get: refuse }),
  () => Object.defineProperty(new Error('x'), 'name', { get: refuse }),
  () => Object.defineProperty(new Error('x'), 'stack', { get: refuse }),
  () => Object.defineProperty({}, 'constructor', { get: refuse }),
  () => Object.defineProperty({}, Symbol.toStringTag, { get: refuse }),
  () => Object.assign(Object.create(null) as object, { name: 'x', message: 'y' }),
  () => ({ name: 5, message: {}, stack: [], constructor: { name: Symbol('s') } }),
];

function refuse(): never {
  throw new Error('do not look');
}

function expectWords(thrown: unknown): void {
  const { type, message, stack } = failureOf(thrown);
  expect([typeof type, typeof message]).toEqual(['string', 'string']);
  expect(type).not.toBe('');
  expect(stack === undefined || typeof stack === 'string').toBe(true);
  expect(errorTypeOf(thrown)).toBe(type);
}

test('never throws, and gives texts, for anything', () => {
  const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true });
  fc.assert(fc.property(anything, expectWords), { numRuns: 500 });
  for (const make of hostile) expectWords(make());
});

class Coded extends Error {
  readonly code = 'E_CODED';
}
class Named extends Error {
  override readonly name = 'OtherName';
}

test.each<[what: string, thrown: unknown, type: string, message: string]>([
  ['an error', new TypeError('t'), 'TypeError', 't'],
  ['a plain error', new Error('e'), 'Error', 'e'],
  ['a system error', Object.assign(new Error('e'), { code: 'ENOENT' }), 'ENOENT', 'e'],
  ['a code that is no code', Object.assign(new Error('e'), { code: 'user 17' }), 'Error', 'e'],
  ['a subclass with a code: its class says more', new Coded('c'), 'Coded', 'c'],
  ['a subclass that names itself', new Named('n'), 'OtherName', 'n'],
  ['an error of another realm', runInNewContext('new RangeError("far")'), 'RangeError', 'far'],
  ['an aborted request', AbortSignal.abort().reason, 'AbortError', 'This operation was aborted'],
  ['an object of a class', new (class Problem {})(), 'Problem', ''],
  ['a plain object with a code', { code: 'E_PLAIN', message: 'm' }, 'E_PLAIN', 'm'],
  ['a plain object that has somebody’s name', { name: 'Alice' }, '_OTHER', ''],
  ['an object without a class', Object.create(null), '_OTHER', ''],
  ['a function', refuse, '_OTHER', ''],
  ['null', null, 'null', 'null'],
  ['nothing', undefined, 'undefined', 'undefined'],
  ['a symbol', Symbol('s'), 'symbol', 'Symbol(s)'],
  ['a big number', 3n, 'bigint', '3'],
])('%s', (_, thrown, type, message) => {
  expect(failureOf(thrown)).toMatchObject({ type, message });
});

test('an error that refuses one thing still tells the others', () => {
  const error = Object.defineProperty(new RangeError('far'), 'stack', { get: refuse });
  expect(failureOf(error)).toEqual({ type: 'RangeError', message: 'far', stack: undefined });
});

test('data that has a constructor of its own is no class', () => {
  expect(errorTypeOf(JSON.parse('{"constructor": {"name": "card 4242"}}'))).toBe('_OTHER');
});
