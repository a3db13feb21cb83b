/**
 * Keeps large traces readable: of many siblings with one name only the telling ones are drawn, the slowest and the
 * failed, and the rest becomes one line that counts them.
 */
import type { TreeNode } from './trace-tree.js';

export interface FoldRule {
  /** So many siblings of one name are drawn in full; with more, the rule applies. */
  readonly unfolded: number;
  /** Of those, so many of the slowest are drawn. */
  readonly slowest: number;
  /** And so many of those with a failure in their subtree, first to last, besides the slowest. */
  readonly failed: number;
}

export const usualFold: FoldRule = { unfolded: 8, slowest: 3, failed: 5 };

/** Siblings that are not drawn, with all beneath them. */
export interface Fold {
  readonly name: string;
  /** How many siblings. */
  readonly count: number;
  /** Spans beneath them. */
  readonly beneath: number;
  /** Failed spans among them and beneath them. */
  readonly errors: number;
  /** Their durations added up, in seconds; what is unknown adds nothing. */
  readonly total: number;
  /** The longest duration among them; NaN when none is known. */
  readonly slowest: number;
}

export type Branch = { readonly node: TreeNode } | { readonly fold: Fold };

/**
 * What to draw of siblings: spans in the order given, and the line of a fold after the last drawn one of its name.
 * One sibling alone is never folded: its line would take as much room.
 */
export function fold(siblings: readonly TreeNode[], rule: FoldRule = usualFold): Branch[] {
  if (siblings.length <= rule.unfolded) return siblings.map((node) => ({ node }));
  const byName = new Map<string, TreeNode[]>();
  for (const node of siblings) {
    const same = byName.get(node.span.name);
    if (same === undefined) byName.set(node.span.name, [node]);
    else same.push(node);
  }
  const hidden = new Set<TreeNode>();
  const foldAfter = new Map<TreeNode | undefined, Fold>();
  for (const [name, same] of byName) {
    if (same.length <= rule.unfolded) continue;
    const drawn = telling(same, rule);
    const rest = same.filter((node) => !drawn.has(node));
    if (rest.length < 2) continue;
    for (const node of rest) hidden.add(node);
    foldAfter.set(
      same.findLast((node) => drawn.has(node)),
      foldOf(name, rest),
    );
  }
  const branches: Branch[] = [];
  for (const node of siblings) {
    if (!hidden.has(node)) branches.push({ node });
    const folded = foldAfter.get(node);
    if (folded !== undefined) branches.push({ fold: folded });
  }
  return branches;
}

/** The siblings of one name that are drawn. */
function telling(same: readonly TreeNode[], rule: FoldRule): Set<TreeNode> {
  const slowestFirst = [...same].sort((a, b) => (b.duration || 0) - (a.duration || 0));
  const drawn = new Set(slowestFirst.slice(0, Math.max(1, rule.slowest)));
  let failed = 0;
  for (const node of same) {
    if (failed >= rule.failed) break;
    if (node.errors === 0 || drawn.has(node)) continue;
    drawn.add(node);
    failed += 1;
  }
  return drawn;
}

function foldOf(name: string, rest: readonly TreeNode[]): Fold {
  let beneath = 0;
  let errors = 0;
  let total = 0;
  let slowest = -1;
  for (const { spans, errors: failed, duration } of rest) {
    beneath += spans - 1;
    errors += failed;
    if (Number.isNaN(duration)) continue;
    total += duration;
    slowest = Math.max(slowest, duration);
  }
  return { name, count: rest.length, beneath, errors, total, slowest: slowest < 0 ? Number.NaN : slowest };
}
