/**
 * Paths of a source: what can be written is read as written, the rest is refused.
 */
import * as fc from 'fast-check';
import { readerOf } from '../../lib/metadata/read-source.js';
import { call, isSource, Source } from '../../lib/metadata/source.js';

const facts = (first: unknown): Parameters<ReturnType<typeof readerOf>>[0] => ({
  args: [first],
  self: undefined,
  result: undefined,
  error: undefined,
  durationMs: undefined,
  outcome: 'success',
});

/** A part of a path, and how it is written first, and later. */
const part = fc.oneof(
  fc.stringMatching(/^[^.[\]]+$/).map((name) => ({ key: name, first: name, later: `.${name}` })),
  fc.nat({ max: 20 }).map((index) => ({ key: String(index), first: `[${index}]`, later: `[${index}]` })),
);
const parts = fc.array(part, { minLength: 1, maxLength: 5 });
const written = (path: { first: string; later: string }[]): string =>
  path.map(({ first, later }, n) => (n === 0 ? first : later)).join('');

test('a path leads to what is there', () => {
  fc.assert(
    fc.property(parts, fc.anything(), (path, value) => {
      const root = path.reduceRight<unknown>(
        (inner, { key }) => Object.defineProperty(Object.create(null), key, { value: inner }),
        value,
      );
      expect(readerOf(call.arg(0, written(path)))(facts(root))).toBe(value);
      expect(call.arg(0, written(path)).path).toEqual(path.map(({ key }) => key));
    }),
  );
});

test('a path that leads nowhere finds nothing, and never throws', () => {
  fc.assert(
    fc.property(parts, fc.constantFrom(undefined, null, 0, '', true, {}, []), (path, root) => {
      const deeper = `${written(path)}.there[0].is.nothing`;
      expect(readerOf(call.arg(0, deeper))(facts(root))).toBeUndefined();
    }),
  );
});

test('any text is a path, or refused with a fault', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a.[\]0]{0,8}$/)), (text) => {
      const allowed = /^([^.[\]]+|\[\d+\])(\.[^.[\]]+|\[\d+\])*$/.test(text);
      if (allowed) expect(call.result(text).path.join('.')).not.toBe('');
      else expect(() => call.result(text)).toThrow('SPANDREL_BAD_OPTION');
    }),
    { numRuns: 500 },
  );
});

test('map applies in order, and not to what was not found', () => {
  const source = call
    .arg(0, 'n')
    .map((n: number) => n + 1)
    .map((n) => `${n}!`);
  expect(readerOf(source)(facts({ n: 1 }))).toBe('2!');
  expect(readerOf(source)(facts({}))).toBeUndefined();
  expect(readerOf(call.arg(0).map((value) => [value]))(facts(null))).toEqual([null]);
});

test('a source is frozen and told by its brand, from any copy of the package', () => {
  const source = call.self('a.b');
  expect([Object.isFrozen(source), Object.isFrozen(source.path), source instanceof Source]).toEqual([true, true, true]);
  expect(isSource({ [Symbol.for('spandrel.source')]: true })).toBe(true);
  expect([isSource({ from: 'arg' }), isSource(null), isSource('arg')]).toEqual([false, false, false]);
});
