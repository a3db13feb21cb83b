/**
 * Ids are made of a count and a seed: as the specification has them in form, never twice the same, and with every bit as
 * good as another, since samplers look at some of them alone.
 */
import * as fc from 'fast-check';
import { randomIdSeed, SpanIds } from '../../lib/recorder/span-ids.js';

const word = 2n ** 32n;
const mask = 2n ** 64n - 1n;

/** splitmix64 as it is published. */
function splitmix64(state: bigint): bigint {
  let z = state & mask;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
  return z ^ (z >> 31n);
}

const seeds = fc
  .array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 6, maxLength: 6 })
  .map((words) => Uint32Array.from(words));

test('each is splitmix64 of seed and ordinal, the trace’s of two seeds', () => {
  const ordinals = fc.oneof(
    fc.integer({ min: 1, max: 1000 }),
    fc.maxSafeNat().map((n) => n + 1),
  );
  fc.assert(
    fc.property(seeds, ordinals, (seed, ordinal) => {
      const of = (at: number): string => {
        const state = BigInt(seed[at] as number) * word + BigInt(seed[at + 1] as number);
        const id = splitmix64(state + BigInt(ordinal) * 0x9e3779b97f4a7c15n);
        return (id === 0n ? 1n : id).toString(16).padStart(16, '0');
      };
      const ids = new SpanIds(seed);
      expect(ids.spanId(ordinal)).toBe(of(0));
      expect(ids.traceId(ordinal)).toBe(of(2) + of(4));
    }),
    { numRuns: 2000 },
  );
});

test('no id is zero', () => {
  // The ordinal at which seed + ordinal · γ is zero.
  const seed = -0x9e3779b97f4a7c15n & mask;
  const words = [Number(seed / word), Number(seed % word)];
  const ids = new SpanIds(Uint32Array.from([...words, ...words, ...words]));
  expect(ids.spanId(1)).toBe('0000000000000001');
  expect(ids.traceId(1)).toBe('00000000000000010000000000000001');
});

test('ordinals are given once, ids are different, and each bit is set in half of them', () => {
  const ids = new SpanIds(randomIdSeed());
  const count = 20_000;
  const ordinals = Array.from({ length: count }, () => ids.take());
  expect(new Set(ordinals).size).toBe(count);
  const traces = ordinals.map((ordinal) => ids.traceId(ordinal));
  expect(new Set(ordinals.map((ordinal) => ids.spanId(ordinal))).size).toBe(count);
  expect(new Set(traces).size).toBe(count);
  for (const id of traces) expect(id).toMatch(/^[0-9a-f]{32}$/);
  const set = new Array<number>(128).fill(0);
  for (const id of traces) {
    const bits = BigInt(`0x${id}`);
    for (let bit = 0; bit < 128; bit += 1) set[bit] = (set[bit] as number) + Number((bits >> BigInt(bit)) & 1n);
  }
  // Eight standard deviations of a fair coin: no run of this test will see them.
  for (const times of set) expect(Math.abs(times - count / 2)).toBeLessThan(4 * Math.sqrt(count));
});

test('one seed gives the same ids again, another gives others', () => {
  const [seed, other] = [randomIdSeed(), randomIdSeed()];
  expect(new SpanIds(seed).spanId(7)).toBe(new SpanIds(seed).spanId(7));
  expect(new SpanIds(seed).spanId(7)).not.toBe(new SpanIds(other).spanId(7));
});
