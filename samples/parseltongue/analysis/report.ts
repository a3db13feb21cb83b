// What one analysis did and found. The figures are the program's own counts, none of them taken from telemetry.

import type { EdgeKind } from '../graph/code-graph.js';
import type { Verdict } from '../judge/answer-judge.js';
import type { Answer, QueryType } from '../query/query.js';
import type { FileCount, Problem } from '../session/session-journal.js';
import type { Language } from '../tree/language.js';

export interface Report {
  /** The tree's directory. */
  readonly root: string;
  readonly elapsedMs: number;
  /** It was told to stop before it was done. */
  readonly interrupted: boolean;
  readonly files: {
    /** Found in the tree. */
    readonly found: number;
    /** Taken up: all that were found, unless interrupted. */
    readonly taken: number;
    readonly byLanguage: Readonly<Record<Language, FileCount>>;
  };
  /** Files and directories in error, by kind; the files among them have either no text or syntax errors. */
  readonly errors: ReadonlyMap<Problem['kind'], number>;
  /** The first of them. */
  readonly problems: readonly Problem[];
  readonly links: { readonly followed: number; readonly skipped: number; readonly dangling: number };
  readonly sessions: number;
  /** How often the graph took in a batch of files. */
  readonly builds: number;
  readonly queries: Readonly<Record<QueryType, number>>;
  readonly graph: {
    readonly nodes: number;
    readonly edges: Readonly<Record<EdgeKind | 'contains', number>>;
    /** Uses of names that are not in the tree, or known only when the program runs. */
    readonly outside: number;
  };
  /** About the most used symbol that was asked about: its definition, its dependents, and a search. */
  readonly examples: readonly Answer[];
  readonly verdicts: readonly Verdict[];
}

/** Kinds of error that mean something could not be analysed; a file with syntax errors could. */
export function unanalysed(report: Report): number {
  let count = 0;
  for (const [kind, times] of report.errors) if (kind !== 'syntax') count += times;
  return count;
}
