// The questions that can be asked of the graph, and what an answer holds.

export type Query =
  /** Where a name is defined; `usedIn` is the file that uses it. */
  | { readonly type: 'definition'; readonly name: string; readonly usedIn?: string }
  /** What is called or described like this. */
  | { readonly type: 'search'; readonly words: string }
  /** What depends on it, directly or through others. */
  | { readonly type: 'dependents'; readonly name: string; readonly usedIn?: string };

export type QueryType = Query['type'];

export interface Answer {
  readonly query: Query;
  /** What was found, best or nearest first; all of it. */
  readonly nodes: readonly number[];
  /** One sentence on what was found. */
  readonly summary: string;
  /** The first of it, a line each, in columns. */
  readonly lines: readonly string[];
}

export function textOf(query: Query): string {
  return query.type === 'search' ? query.words : query.name;
}
