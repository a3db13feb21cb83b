// What may behave differently when a symbol or a file is changed: everything that depends on it, directly or through others.
//
// Whoever calls, extends, implements or imports depends on what it names. To change a symbol is to change what it contains,
// and to change a class is to change all of what extends it. Code at the top of a file belongs to the file, and so reaches
// whoever imports that file. Calls that are known only when the program runs are not in the graph, and so not in the figure.

import { Timed } from 'spandrel';
import type { CodeGraph } from '../graph/code-graph.js';

export interface BlastRadius {
  /** Dependents, nearest first; neither the thing itself nor what it contains. */
  readonly dependents: readonly number[];
  readonly files: number;
  readonly projects: number;
}

export class Dependents {
  readonly #graph: CodeGraph;

  constructor(graph: CodeGraph) {
    this.#graph = graph;
  }

  @Timed('parseltongue.blast_radius.duration', {
    unit: 's',
    description: 'Time to find all transitive dependents of a symbol or file',
    buckets: [0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
  })
  of(node: number): BlastRadius {
    const changed = this.#withContents(node);
    const met = new Set(changed);
    const reached: number[] = [];
    // Breadth first, over a list that grows at its end.
    const ahead = [...changed];
    for (const at of ahead) {
      for (const edge of this.#graph.incoming(at)) {
        if (met.has(edge.node)) continue;
        const inherits = edge.kind === 'extends' || edge.kind === 'implements';
        for (const dependent of inherits ? this.#withContents(edge.node) : [edge.node]) {
          if (met.has(dependent)) continue;
          met.add(dependent);
          reached.push(dependent);
          ahead.push(dependent);
        }
      }
    }
    const nodes = reached.map(id => this.#graph.node(id));
    return {
      dependents: reached,
      files: new Set(nodes.map(({ path }) => path)).size,
      projects: new Set(nodes.map(({ project }) => project)).size,
    };
  }

  #withContents(node: number): number[] {
    const all = [node];
    for (const id of all) for (const child of this.#graph.children(id)) all.push(child);
    return all;
  }
}
