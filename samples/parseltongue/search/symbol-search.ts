// Ranked search over the names of symbols and the words of their documentation.
//
// A name is indexed whole and by its words (`parseFile` is found by "parsefile", "parse" and "file"), words may be begun or
// slightly misspelt, and of two symbols that fit equally well the one that more code uses comes first.

import MiniSearch from 'minisearch';
import { call, Traced } from 'spandrel';
import type { CodeGraph, GraphNode } from '../graph/code-graph.js';

export interface Hit {
  readonly node: number;
  readonly score: number;
  /** More symbols of the same name, kind and project, such as the copies that a package builds for several platforms. */
  readonly alike: number;
}

/** Symbols looked at before those that are alike are put together. */
const LOOKED_AT = 200;

export class SymbolSearch {
  readonly #graph: CodeGraph;
  readonly #words = new MiniSearch<{ id: number; name: string; doc: string }>({
    fields: ['name', 'doc'],
    tokenize: wordsOf,
    searchOptions: { boost: { name: 4 }, prefix: term => term.length > 2, fuzzy: term => (term.length > 4 ? 0.2 : false) },
  });

  constructor(graph: CodeGraph) {
    this.#graph = graph;
  }

  /** A property that no one documented is found by name, through what contains it, and not by search. */
  add(id: number, node: GraphNode): void {
    const plain = node.doc === '' && (node.kind === 'property' || node.kind === 'enum-member');
    if (!plain) this.#words.add({ id, name: node.name, doc: node.doc });
  }

  @Traced({
    name: 'parseltongue.search.semantic',
    attributes: { 'search.words': call.arg(0), 'search.hits.count': call.result('length') },
  })
  find(words: string, limit: number): Hit[] {
    const boostDocument = (id: number): number => 1 + Math.log2(1 + this.#graph.incoming(id).length) / 8;
    const ranked = this.#words.search(words, { boostDocument });
    const hits = new Map<string, { node: number; score: number; alike: number }>();
    for (const { id, score } of ranked.sort((a, b) => b.score - a.score || a.id - b.id).slice(0, LOOKED_AT)) {
      const { name, kind, project } = this.#graph.node(id);
      const key = `${project} ${kind} ${name}`;
      const known = hits.get(key);
      if (known) known.alike += 1;
      else hits.set(key, { node: id, score, alike: 0 });
    }
    return [...hits.values()].slice(0, limit);
  }
}

/** The words of a text or a name, and a name of several words also as a whole. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [name] of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const parts = name.split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u);
    if (parts.length > 1) words.push(name);
    words.push(...parts);
  }
  return words;
}
