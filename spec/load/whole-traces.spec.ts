/**
 * Thousands of traces of random shape at once, decided about as they end: those in which anything failed arrive, and a share
 * of the others that is told by their ids, each of them whole; and what is counted does not know of it.
 */
import fc from 'fast-check';
import { hasFailed, randomFrom, sizeOf, type Tree, toldOf, treesOf } from '../faithful/kept-traces/random-trees.js';
import { exportedTrees, type Seen, TreePlayer } from '../faithful/kept-traces/tree-player.js';
import { startKeeping } from '../support/keeping-telemetry.js';
import { recorded } from '../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

/** Plays the trees all at once; what was seen in them, by key. */
async function play(trees: readonly Tree[]): Promise<Map<number, Seen>> {
  const player = new TreePlayer();
  await Promise.all(trees.map((tree) => player.playRoot(tree)));
  return new Map(player.seen.map((seen) => [seen.key, seen]));
}

const callsIn = (trees: readonly Tree[]): number => trees.reduce((sum, tree) => sum + sizeOf(tree), 0);

/** In total, whatever the outcome. */
async function counted(): Promise<number> {
  const points = await recorded.points('trees.calls');
  return points.reduce((sum, [, value]) => sum + value, 0);
}

/** The first 24 of the last 56 bits of the id, which are random (W3C trace context, level 2). */
const randomPart = (traceId: string): number => Number.parseInt(traceId.slice(-14, -8), 16);

/** Every root looks at its span, so that its trace is known. */
const looking = (trees: readonly Tree[]): Tree[] => trees.map((tree) => ({ ...tree, looks: true }));

const forests = fc.tuple(fc.integer(), fc.constantFrom(0.002, 0.03, 0.2), fc.integer({ min: 300, max: 900 }));
const runs = { numRuns: 6, seed: 20_250 };

/** Telemetry for one forest after the other: a failing run shrinks, and each begins anew. */
async function withKeeping(success: number, work: () => Promise<void>): Promise<void> {
  const telemetry = startKeeping({ success });
  try {
    await work();
    expect(telemetry.health().faults).toEqual([]);
  } finally {
    await recorded.stop();
  }
}

test('of no successes exactly those that failed arrive, each whole', async () => {
  await fc.assert(
    fc.asyncProperty(forests, ([seed, failing, count]) =>
      withKeeping(0, async () => {
        const trees = treesOf(randomFrom(seed), count, failing);
        const seen = await play(trees);
        const { trees: exported, wrong } = exportedTrees(await recorded.spans());
        expect(wrong).toEqual([]);
        expect(exported).toEqual(trees.map(toldOf).filter(hasFailed));
        expect(await counted()).toBe(callsIn(trees));
        // What is known while it runs: none is in the share.
        expect([...seen.values()].filter(({ traceFlags }) => traceFlags !== 0)).toEqual([]);
      }),
    ),
    runs,
  );
}, 60_000);

// The rejection threshold of each share, to four digits as it is told.
test.each([
  [0.1, 0xe66600],
  [0.5, 0x800000],
  [1 / 3, 0xaaab00],
])(
  'of %d of the successes those whose ids say so arrive besides',
  async (success, threshold) => {
    await fc.assert(
      fc.asyncProperty(forests, ([seed, failing, count]) =>
        withKeeping(success, async () => {
          const trees = looking(treesOf(randomFrom(seed), count, failing));
          const seen = await play(trees);
          const isShared = ({ key }: Tree): boolean => randomPart(seen.get(key)?.traceId ?? '') >= threshold;
          const { trees: exported, wrong } = exportedTrees(await recorded.spans());
          expect(wrong).toEqual([]);
          const kept = trees.filter((tree) => hasFailed(toldOf(tree)) || isShared(tree));
          expect(exported).toEqual(kept.map(toldOf));
          expect(await counted()).toBe(callsIn(trees));
          // Of those in the share it is known from the start, of the others not before their end.
          const told = trees.map(({ key }) => seen.get(key)?.traceFlags);
          expect(told).toEqual(trees.map((tree) => Number(isShared(tree))));
          // Eight standard deviations of so many coins: the share is about what was asked for.
          const shared = trees.filter(isShared).length;
          expect(Math.abs(shared - count * success)).toBeLessThan(8 * Math.sqrt(count * success * (1 - success)));
        }),
      ),
      runs,
    );
  },
  60_000,
);

test('of all successes all arrive, and each is known to from the start', async () => {
  await withKeeping(1, async () => {
    const trees = treesOf(randomFrom(7), 800, 0.03);
    const seen = await play(trees);
    const { trees: exported, wrong } = exportedTrees(await recorded.spans());
    expect(wrong).toEqual([]);
    expect(exported).toEqual(trees.map(toldOf));
    expect([...seen.values()].filter(({ traceFlags }) => traceFlags !== 1)).toEqual([]);
    expect(await counted()).toBe(callsIn(trees));
  });
});

test('of no successes, where nothing fails, none arrives', async () => {
  await withKeeping(0, async () => {
    const trees = treesOf(randomFrom(8), 800, 0);
    await play(trees);
    expect(await recorded.spans()).toEqual([]);
    expect(await counted()).toBe(callsIn(trees));
  });
});

// That sampler takes what is below a span whatever that one is.
test.each(['always_on', 'parentbased_always_on'])('it is the same with the sampler %s', async (sampler) => {
  const { env } = process;
  process.env = { ...env, OTEL_TRACES_SAMPLER: sampler };
  try {
    await withKeeping(0, async () => {
      const trees = treesOf(randomFrom(9), 400, 0.03);
      await play(trees);
      const { trees: exported, wrong } = exportedTrees(await recorded.spans());
      expect(wrong).toEqual([]);
      expect(exported).toEqual(trees.map(toldOf).filter(hasFailed));
    });
  } finally {
    process.env = env;
  }
});
