// The one graph of a whole tree: files and symbols, and who imports, calls, extends and implements whom.
// What contains what is kept as each node's parent. Nodes are numbered in the order they come; the numbers mean nothing else.

import { Gauged } from 'spandrel';
import type { RelationKind, SymbolKind } from '../parsing/file-facts.js';

export type NodeKind = 'file' | SymbolKind;
export type EdgeKind = 'imports' | RelationKind;

export interface GraphNode {
  readonly name: string;
  readonly kind: NodeKind;
  /** The file it is in, within the tree. */
  readonly path: string;
  readonly line: number;
  /** The node that contains it; -1 for a file. */
  readonly parent: number;
  readonly project: string;
  readonly exported: boolean;
  readonly doc: string;
}

export interface Edge {
  readonly kind: EdgeKind;
  /** The node at the other end. */
  readonly node: number;
}

const NO_EDGES: readonly Edge[] = [];
const NO_NODES: readonly number[] = [];

export class CodeGraph {
  readonly #nodes: GraphNode[] = [];
  /** By node; absent for the many that have none. */
  readonly #children = new Map<number, number[]>();
  readonly #outgoing = new Map<number, Edge[]>();
  readonly #incoming = new Map<number, Edge[]>();
  readonly #edges: Record<EdgeKind, number> = { imports: 0, calls: 0, extends: 0, implements: 0 };

  @Gauged('parseltongue.graph.nodes.count', { unit: '{node}', description: 'Files and symbols in the graph' })
  get nodes(): number {
    return this.#nodes.length;
  }

  /** Relationships by kind; `contains` is every symbol's place in its file or in another symbol. */
  get edges(): Readonly<Record<EdgeKind | 'contains', number>> {
    let contains = 0;
    for (const children of this.#children.values()) contains += children.length;
    return { contains, ...this.#edges };
  }

  add(node: GraphNode): number {
    const id = this.#nodes.push(node) - 1;
    if (node.parent >= 0) append(this.#children, node.parent, id);
    return id;
  }

  /** Returns false if the two are already connected that way, or are the same. */
  connect(from: number, kind: EdgeKind, to: number): boolean {
    if (from === to || this.outgoing(from).some(edge => edge.node === to && edge.kind === kind)) return false;
    append(this.#outgoing, from, { kind, node: to });
    append(this.#incoming, to, { kind, node: from });
    this.#edges[kind] += 1;
    return true;
  }

  node(id: number): GraphNode {
    const node = this.#nodes[id];
    if (!node) throw new RangeError(`the graph has no node ${id}`);
    return node;
  }

  children(id: number): readonly number[] {
    return this.#children.get(id) ?? NO_NODES;
  }

  child(id: number, name: string): number | undefined {
    return this.children(id).find(child => this.#nodes[child]?.name === name);
  }

  outgoing(id: number): readonly Edge[] {
    return this.#outgoing.get(id) ?? NO_EDGES;
  }

  incoming(id: number): readonly Edge[] {
    return this.#incoming.get(id) ?? NO_EDGES;
  }
}

function append<T>(lists: Map<number, T[]>, id: number, value: T): void {
  const list = lists.get(id);
  if (list) list.push(value);
  else lists.set(id, [value]);
}
