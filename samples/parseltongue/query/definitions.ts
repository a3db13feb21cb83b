// Goes to a definition: from a name, and if known the file it is used in, to the symbols that are meant, best first.

import type { CodeGraph } from '../graph/code-graph.js';
import type { SymbolIndex } from '../search/symbol-index.js';

export class Definitions {
  readonly #graph: CodeGraph;
  readonly #index: SymbolIndex;

  constructor(graph: CodeGraph, index: SymbolIndex) {
    this.#graph = graph;
    this.#index = index;
  }

  /**
   * A name may carry its containers (`Parser.parse`), or be the path of a file. From within a file it means what that
   * file uses or declares; only if that is nothing, anything of the tree.
   */
  of(name: string, usedIn?: string): number[] {
    const file = this.#index.file(name);
    if (file !== undefined) return [file];
    const all = this.#index.qualified(name);
    const near = usedIn === undefined ? [] : all.filter(id => this.#isUsedIn(id, usedIn));
    return this.#bestFirst(near.length > 0 ? near : all);
  }

  #isUsedIn(id: number, path: string): boolean {
    return this.#graph.node(id).path === path || this.#graph.incoming(id).some(edge => this.#graph.node(edge.node).path === path);
  }

  #bestFirst(ids: readonly number[]): number[] {
    const worth = (id: number): number => this.#graph.incoming(id).length + (this.#graph.node(id).exported ? 1 : 0);
    return [...ids].sort((a, b) => worth(b) - worth(a) || a - b);
  }
}
