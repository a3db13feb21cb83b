/**
 * Whatever value is captured, telling it is bounded work that ends in a bounded text: for generated values, cycles and proxies that
 * do all they can against it. Work is counted in what the value is asked, and not in time.
 */
import * as fc from 'fast-check';
import { attributeWithin } from '../../lib/advice/attribute-value.js';
import { structuredValue } from '../../lib/advice/structured-value.js';

const seed = 20_261_125;

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
} as fc.ObjectConstraints);

/** Objects and lists that hold each other in all ways: each entry is one of the values, or leads to one of the objects. */
const graph = fc
  .array(fc.dictionary(fc.string({ maxLength: 3 }), fc.oneof(fc.nat(7), anything), { maxKeys: 5 }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((nodes) => {
    const linked: Record<string, unknown>[] = nodes.map(() => ({}));
    for (const [at, node] of nodes.entries()) {
      for (const [key, value] of Object.entries(node)) {
        const to = typeof value === 'number' ? (linked[value] ?? value) : value;
        Object.defineProperty(linked[at] as object, key, { value: to, enumerable: true });
      }
    }
    return linked[0];
  });

/** What a proxy does when it is asked: by turns, and for ever. */
const answers = fc.array(
  fc.constantFrom('throws', 'another', 'many names', 'itself', 'a function', 'a list', 'a long text', 'nothing'),
  { minLength: 1, maxLength: 6 },
);

const longText = 'x'.repeat(5_000);
const manyNames = Array.from({ length: 300 }, (_, at) => `name${at}`);

/** A proxy that answers so whatever it is asked, and counts how often that is. */
function hostile(ways: readonly string[], asked: { times: number }): object {
  let turn = 0;
  const made = (target: object): object => {
    const answer = (): unknown => {
      asked.times += 1;
      turn += 1;
      switch (ways[turn % ways.length]) {
        case 'throws':
          throw new Error('do not look');
        case 'another':
          return made({});
        case 'itself':
          return proxy;
        case 'a function':
          return () => made({});
        case 'a list':
          return made([]);
        case 'a long text':
          return longText;
        case 'many names':
          return 1e9;
        default:
          return undefined;
      }
    };
    const count = (): void => void (asked.times += 1);
    const proxy: object = new Proxy(target, {
      get: answer,
      has: () => true,
      getPrototypeOf: () => {
        count();
        return ways.includes('another') ? made({}) : null;
      },
      ownKeys: () => {
        count();
        return Array.isArray(target) ? ['length', ...manyNames] : manyNames;
      },
      getOwnPropertyDescriptor: (_, name) => {
        count();
        return name === 'length' && Array.isArray(target)
          ? { value: 0, writable: true, configurable: false, enumerable: false }
          : { value: 1, writable: true, configurable: true, enumerable: true };
      },
    });
    return proxy;
  };
  return made({});
}

/** Half of one that is written as two: only under `u` a pair counts as one. */
const halfCharacter = /\p{Surrogate}/u;

const lengths = fc.oneof(fc.integer({ min: 40, max: 500 }), fc.constant(65_536));

/** The text is bounded, and where it is one of an object, it is JSON. */
function expectBounded(told: unknown, length: number): void {
  const texts = [told].flat().filter((one): one is string => typeof one === 'string');
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(length);
  expect([told].flat().length).toBeLessThanOrEqual(8192);
}

const charactersOf = (value: unknown): number => JSON.stringify(value ?? null).length;

test('anything at all, within any length', () => {
  fc.assert(
    fc.property(anything, lengths, (value, length) => {
      expectBounded(attributeWithin(value, length), length);
      expect(charactersOf(structuredValue(value, length))).toBeLessThan(500_000);
    }),
    { numRuns: 300, seed },
  );
});

test('a graph of objects, cycles and all, is told as JSON, within any length', () => {
  fc.assert(
    fc.property(graph, lengths, (value, length) => {
      const told = attributeWithin(value, length);
      expectBounded(told, length);
      expect(() => JSON.parse(told as string) as unknown).not.toThrow();
      structuredValue(value, length);
    }),
    { numRuns: 300, seed },
  );
});

test('a proxy is asked a bounded number of times, whatever it answers', () => {
  let most = 0;
  fc.assert(
    fc.property(answers, lengths, (ways, length) => {
      const asked = { times: 0 };
      const told = attributeWithin({ before: 1, proxy: hostile(ways, asked), after: 2 }, length) as string;
      expectBounded(told, length);
      expect(() => JSON.parse(told) as unknown).not.toThrow();
      structuredValue([hostile(ways, asked)], length);
      most = Math.max(most, asked.times);
    }),
    { numRuns: 100, seed },
  );
  // Two walks of a thousand values; each is asked for its prototypes, its kind, its method, its names, and what it has there.
  expect(most).toBeLessThan(2 * 1000 * 40);
  expect(most).toBeGreaterThan(100);
});

test('what is cut to any length is JSON still, and what fits is whole', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 3, max: 200 }), (json, length) => {
      const value = { json };
      const whole = JSON.stringify(value);
      const told = attributeWithin(value, length) as string;
      expect(told.length).toBeLessThanOrEqual(length);
      expect(() => JSON.parse(told) as unknown).not.toThrow();
      const isShort = JSON.stringify(value).length <= length;
      if (isShort) expect(told).toBe(whole);
      else expect(told).toContain('…');
    }),
    { numRuns: 300, seed },
  );
});

test('a text is cut to its length with a mark, and never within a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (text, length) => {
      const told = attributeWithin(text, length) as string;
      if (text.length <= length) return expect(told).toBe(text);
      expect(told.length).toBeLessThanOrEqual(length);
      expect(told.length).toBeGreaterThanOrEqual(length - 1);
      expect(told.endsWith('…')).toBe(true);
      expect(text.startsWith(told.slice(0, -1))).toBe(true);
      expect(halfCharacter.test(told)).toBe(false);
    }),
    { numRuns: 300, seed },
  );
});
