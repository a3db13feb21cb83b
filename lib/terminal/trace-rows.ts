/**
 * The rows of a trace's drawing in order, each with its tree lines. Only so many levels are indented as the width
 * allows; deeper rows stay there and say how deep they are.
 */
import { type Branch, type Fold, fold } from './fold.js';
import { type Label, labelOf } from './trace-label.js';
import type { TraceTree, TreeNode } from './trace-tree.js';

interface Placed {
  /** The lines of the tree to the left of the label: `│  ├─ `. */
  readonly lines: string;
  readonly label: Label;
  /** The lines to the left of what is told beneath the row. */
  readonly below: string;
}

export interface SpanRow extends Placed {
  readonly node: TreeNode;
}

export interface FoldRow extends Placed {
  readonly fold: Fold;
}

export type TraceRow = SpanRow | FoldRow;

type Waiting = { readonly branch: Branch; readonly stem: string; readonly depth: number; readonly last: boolean };

/** Columns of one level. */
export const levelWidth = 3;

/** All rows, parents before their children; `levels` of them are indented. `whole`: nothing is folded. */
export function traceRows(tree: TraceTree, levels: number, whole = false): TraceRow[] {
  const rows: TraceRow[] = [];
  // A stack of our own: a trace may be deeper than the one of the engine.
  const waiting: Waiting[] = [];
  const push = (siblings: readonly TreeNode[], stem: string, depth: number): number => {
    const branches = whole ? siblings.map((node) => ({ node })) : fold(siblings);
    for (let at = branches.length - 1; at >= 0; at -= 1) {
      waiting.push({ branch: branches[at] as Branch, stem, depth, last: at === branches.length - 1 });
    }
    return branches.length;
  };
  push(tree.roots, '', 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { branch, stem, depth, last } = next;
    const label = labelOf(branch);
    const lines = linesOf(stem, depth, last, levels);
    const stemBelow = depth === 0 || depth > levels ? stem : `${stem}${last ? '   ' : '│  '}`;
    if ('fold' in branch) {
      rows.push({ lines, label, below: `${stemBelow}   `, fold: branch.fold });
      continue;
    }
    const children = push(branch.node.children, stemBelow, depth + 1);
    rows.push({
      lines,
      label,
      below: `${stemBelow}${children > 0 && depth < levels ? '│  ' : '   '}`,
      node: branch.node,
    });
  }
  return rows;
}

function linesOf(stem: string, depth: number, last: boolean, levels: number): string {
  if (depth === 0) return '';
  if (depth > levels) return `${stem}↳${depth} `;
  return `${stem}${last ? '└─ ' : '├─ '}`;
}
