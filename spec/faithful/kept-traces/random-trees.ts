/**
 * Calls to be made, as trees of random shape, and what is to be exported of them: a forest is told by its seed.
 */

/** One call. The calls of a synchronous one are synchronous, so that each call ends before the one that made it. */
export interface Tree {
  readonly key: number;
  readonly kind: 'sync' | 'generator' | 'async' | 'asyncGenerator';
  /** How it fails by itself, where it does: it throws, or says so by the API. */
  readonly fails: 'throws' | 'says' | undefined;
  /** Whether what a call of its own fails with is its own failure. */
  readonly passes: boolean;
  /** Whether it looks at its span. */
  readonly looks: boolean;
  /** Whether its calls are made at once. */
  readonly together: boolean;
  readonly rests: readonly number[];
  readonly children: Tree[];
}

/** What is exported of one call. */
export interface Told {
  readonly key: number;
  readonly failed: boolean;
  readonly children: readonly Told[];
}

/** mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const isSync = (kind: Tree['kind']): boolean => kind === 'sync' || kind === 'generator';

/** So many trees; of their calls, `failing` (0 to 1) fail. */
export function treesOf(random: () => number, count: number, failing: number): Tree[] {
  const pick = (most: number): number => Math.floor(random() * most);
  const kinds: readonly Tree['kind'][] = ['sync', 'generator', 'async', 'asyncGenerator'];
  let key = 0;
  const grow = (depth: number, within: Tree['kind']): Tree => {
    const kind = kinds[pick(isSync(within) ? 2 : 4)] as Tree['kind'];
    key += 1;
    return {
      key,
      kind,
      fails: random() < failing ? (['throws', 'says'] as const)[pick(2)] : undefined,
      passes: pick(2) === 0,
      looks: pick(3) === 0,
      together: pick(2) === 0,
      rests: [pick(3), pick(3)],
      children: Array.from({ length: depth === 0 ? 0 : pick(4) }, () => grow(depth - 1, kind)),
    };
  };
  return Array.from({ length: count }, () => grow(pick(6), 'async'));
}

/** Whether its caller is given what it fails with. */
export const throws = ({ fails, passes, children }: Tree): boolean =>
  fails === 'throws' || (passes && children.some(throws));

export function toldOf(tree: Tree): Told {
  const { key, fails, children } = tree;
  return { key, failed: fails === 'says' || throws(tree), children: children.map(toldOf) };
}

/** Whether anything in it failed. */
export const hasFailed = ({ failed, children }: Told): boolean => failed || children.some(hasFailed);

export const sizeOf = ({ children }: Tree): number => children.reduce((sum, child) => sum + sizeOf(child), 1);
