// Finds nodes by name: exactly, for going to a definition, and by words, for search. Learns each batch as it comes.

import { call, Traced } from 'spandrel';
import type { CodeGraph } from '../graph/code-graph.js';
import type { SymbolSearch } from './symbol-search.js';

const NONE: readonly number[] = [];

export class SymbolIndex {
  readonly #graph: CodeGraph;
  readonly #search: SymbolSearch;
  readonly #byName = new Map<string, number[]>();
  readonly #files = new Map<string, number>();

  constructor(graph: CodeGraph, search: SymbolSearch) {
    this.#graph = graph;
    this.#search = search;
  }

  /** Learns the nodes from one number up to, not including, another. */
  @Traced({ name: 'parseltongue.index.update', attributes: { 'index.added.count': call.result() } })
  update(from: number, to: number): number {
    for (let id = from; id < to; id++) {
      const node = this.#graph.node(id);
      if (node.kind === 'file') {
        this.#files.set(node.path, id);
        continue;
      }
      const known = this.#byName.get(node.name);
      if (known) known.push(id);
      else this.#byName.set(node.name, [id]);
      this.#search.add(id, node);
    }
    return to - from;
  }

  /** The node of a file, by its path within the tree. */
  file(path: string): number | undefined {
    return this.#files.get(path);
  }

  /** Whether there is a file of this path, or one whose path ends in it. */
  hasFile(path: string): boolean {
    return this.#files.has(path) || [...this.#files.keys()].some(known => known.endsWith(`/${path}`));
  }

  /** Symbols with exactly this name, in the order they came. */
  named(name: string): readonly number[] {
    return this.#byName.get(name) ?? NONE;
  }

  /** Symbols by a name with its containers: `Parser.parse` is every `parse` that lies directly in a `Parser`. */
  qualified(name: string): readonly number[] {
    // A name may have a dot of its own: `[Symbol.iterator]`.
    const exact = this.named(name);
    if (exact.length > 0) return exact;
    const [last = '', ...containers] = name.split('.').reverse();
    return containers.length === 0 ? NONE : this.named(last).filter(id => this.#liesIn(id, containers));
  }

  #liesIn(id: number, containers: readonly string[]): boolean {
    let inner = id;
    return containers.every(container => {
      const { parent } = this.#graph.node(inner);
      if (parent < 0) return false;
      const outer = this.#graph.node(parent);
      inner = parent;
      return outer.kind !== 'file' && outer.name === container;
    });
  }
}
