/**
 * Which of several receivers a trace goes to: the same from every process, in equal parts, and with one receiver more or less
 * for no more traces another than have to.
 */
import fc from 'fast-check';
import { Shards } from '../../lib/provider/delivery/shards.js';
import { foldedId } from '../../lib/recorder/folded-id.js';
import { SpanIds } from '../../lib/recorder/span-ids.js';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const address = fc.integer({ min: 0, max: 999 }).map((n) => `http://collector-${n}:4318`);
const lists = fc.uniqueArray(address, { minLength: 1, maxLength: 12 });
const runs = { numRuns: 200, seed: 7006 };

/** The address that has a trace. */
const placeIn = (addresses: readonly string[], folded: number): string | undefined => {
  const shards = new Shards(addresses);
  return shards.addresses[shards.of(folded)];
};

test('whatever the order of the list', () => {
  fc.assert(
    fc.property(
      lists.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      word,
      ([list, shuffled], folded) => {
        expect(list).toContain(placeIn(list, folded));
        expect(placeIn(shuffled, folded)).toBe(placeIn(list, folded));
      },
    ),
    runs,
  );
});

test('one more takes its own and moves no other', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(address, { minLength: 2, maxLength: 12 }),
      fc.array(word, { minLength: 8, maxLength: 8 }),
      ([added, ...list], ids) => {
        const after = ids.map((folded) => placeIn([added as string, ...list], folded));
        expect(after).toEqual(ids.map((folded, at) => (after[at] === added ? added : placeIn(list, folded))));
      },
    ),
    runs,
  );
});

test.each([2, 3, 5, 8])('%i have equal shares, also of ids that differ in few bits', (count) => {
  const addresses = Array.from({ length: count }, (_, at) => `http://collector-${at}:4318`);
  const shards = new Shards(addresses);
  const total = 10_000;
  const ids = new SpanIds(Uint32Array.from([1, 2, 3, 4, 5, 6]));
  const kinds: readonly ((n: number) => number)[] = [(n) => ids.folded(n), (n) => n, (n) => (n << 12) >>> 0];
  for (const idOf of kinds) {
    const counts = new Uint32Array(count);
    const places = Array.from({ length: total }, (_, n) => shards.of(idOf(n + 1)));
    for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
    const sigma = Math.sqrt(total * (1 / count) * (1 - 1 / count));
    for (const each of counts) expect(Math.abs(each - total / count)).toBeLessThan(5 * sigma);
  }
});

test('a share of the traces that sampling has kept is shared out as evenly as all of them', () => {
  const shards = new Shards(['http://a:4318', 'http://b:4318']);
  const ids = new SpanIds(Uint32Array.from([6, 5, 4, 3, 2, 1]));
  const kept = Array.from({ length: 40_000 }, (_, n) => n + 1).filter((n) => ids.randomPart(n) >= 0.9 * 2 ** 24);
  const inFirst = kept.filter((n) => shards.of(ids.folded(n)) === 0).length;
  expect(Math.abs(inFirst - kept.length / 2)).toBeLessThan(5 * Math.sqrt(kept.length / 4));
});

test('an id in hex is folded as its ordinal is', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 6, maxLength: 6 }), fc.maxSafeNat(), (seed, n) => {
      const ids = new SpanIds(Uint32Array.from(seed));
      expect(foldedId(ids.traceId(n + 1))).toBe(ids.folded(n + 1));
    }),
    runs,
  );
});

test('the place of a trace is the same in every version: processes of two versions send one trace to one place', () => {
  const shards = new Shards(['http://collector-0:4318', 'http://collector-1:4318', 'http://collector-2:4318']);
  const traces = [
    '4bf92f3577b34da6a3ce929d0e0e4736',
    '0af7651916cd43dd8448eb211c80319c',
    '00000000000000000000000000000001',
  ];
  expect(traces.map((id) => shards.of(foldedId(id)))).toEqual([0, 1, 0]);
  expect(['i-1', 'i-2', 'i-3'].map((text) => shards.ofText(text))).toEqual([2, 0, 1]);
});
