// The analyser's parts around the graph of a small program, without telemetry and without sessions.

import { discover } from '../../../samples/parseltongue/analysis/discovery.js';
import { type Workshop, workshopFor } from '../../../samples/parseltongue/analysis/workshop.js';
import type { EdgeKind } from '../../../samples/parseltongue/graph/code-graph.js';
import { SourceTree } from '../../../samples/parseltongue/tree/source-tree.js';
import { treeOf } from './tree-of.js';

export interface Program extends Workshop {
  /** A node by its place, `a.ts` or `a.ts Class.method`. */
  at(place: string): number;
  place(node: number): string;
  /** All relationships of one kind, as `from -> to`, sorted. */
  edges(kind: EdgeKind): string[];
}

/** `order` is the order in which files come into the graph, each as a batch of its own. */
export async function graphOf(files: Readonly<Record<string, string>>, order?: readonly string[]): Promise<Program> {
  const tree = await SourceTree.at(await treeOf(files));
  const { projects } = await discover(tree);
  const found = [...projects].flatMap(([project, members]) => members.map((file) => ({ project, file })));
  const workshop = workshopFor(new Set(found.map(({ file }) => file.path)), [...projects.keys()]);
  const inOrder = order
    ? order.map((path) => found.find(({ file }) => file.path === path)).filter((one) => one !== undefined)
    : found;
  for (const { project, file } of inOrder) {
    const { facts } = await workshop.parser.parse(file);
    workshop.builder.build([{ file, facts }], project.name);
  }
  return { ...workshop, ...places(workshop) };
}

function places({ graph }: Workshop): Pick<Program, 'at' | 'place' | 'edges'> {
  const all = Array.from({ length: graph.nodes }, (_, id) => id);
  const name = (id: number): string => {
    const { parent, name: own } = graph.node(id);
    return graph.node(parent).kind === 'file' ? own : `${name(parent)}.${own}`;
  };
  const place = (id: number): string =>
    graph.node(id).kind === 'file' ? graph.node(id).path : `${graph.node(id).path} ${name(id)}`;
  return {
    place,
    at: (wanted) => {
      const id = all.find((one) => place(one) === wanted);
      if (id === undefined) throw new Error(`nothing at ${wanted}; there are ${all.map(place).join(', ')}`);
      return id;
    },
    edges: (kind) =>
      all
        .flatMap((from) =>
          graph
            .outgoing(from)
            .filter((edge) => edge.kind === kind)
            .map((edge) => `${place(from)} -> ${place(edge.node)}`),
        )
        .sort(),
  };
}
