// What a session asks about its project: where the symbols most used by the rest of the code are defined, what depends on
// them, and what else is called like them. Chosen from the graph alone, so the same tree always gets the same questions.

import type { CodeGraph } from '../graph/code-graph.js';
import type { Query } from '../query/query.js';
import { wordsOf } from '../search/symbol-search.js';

/** Symbols asked about in each project. */
const SUBJECTS = 4;
/** More of a tree's most used functions are called `get` and `push` than anyone would ask about. */
const SHORTEST = 4;

/** The questions about the project whose nodes lie between two numbers. */
export function questionsAbout(graph: CodeGraph, from: number, to: number): Query[] {
  return mostUsed(graph, from, to).flatMap((id): Query[] => {
    const { kind, path } = graph.node(id);
    const name = kind === 'file' ? path : graph.node(id).name;
    const use = graph.incoming(id).find(edge => graph.node(edge.node).path !== path);
    const usedIn = use && graph.node(use.node).path;
    // Of a name made of several words, the words without the whole name.
    const [whole = name, ...parts] = wordsOf(name);
    const words = parts.length === 0 ? whole : parts.join(' ').toLowerCase();
    return [
      { type: 'definition', name, usedIn },
      { type: 'dependents', name, usedIn },
      { type: 'search', words },
    ];
  });
}

/** The symbols used most, by other files before their own, one of each name; in a project without symbols, its files. */
function mostUsed(graph: CodeGraph, from: number, to: number): number[] {
  const best = new Map<string, { id: number; foreign: number; all: number }>();
  for (let id = from; id < to; id++) {
    const { name, kind, path } = graph.node(id);
    if (kind === 'file' || name.length < SHORTEST) continue;
    const uses = graph.incoming(id);
    const foreign = uses.filter(edge => graph.node(edge.node).path !== path).length;
    const candidate = { id, foreign, all: uses.length };
    const known = best.get(name);
    if (!known || byUse(candidate, known) < 0) best.set(name, candidate);
  }
  const chosen = [...best.values()]
    .sort(byUse)
    .slice(0, SUBJECTS)
    .map(({ id }) => id);
  return chosen.length > 0 || from === to ? chosen : [from];
}

function byUse(a: { id: number; foreign: number; all: number }, b: { id: number; foreign: number; all: number }): number {
  return b.foreign - a.foreign || b.all - a.all || a.id - b.id;
}
