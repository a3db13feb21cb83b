// Writes what a query found for people to read: kind, name with its containers, and the place to open, in columns.

import { call, Traced } from 'spandrel';
import type { CodeGraph } from '../graph/code-graph.js';

/** Something found, and what is to be said of it beside its place. */
export interface Result {
  readonly node: number;
  readonly note?: string;
}

const KIND_WIDTH = 11;
const NAME_WIDTH = 36;

export class ResultFormatter {
  readonly #graph: CodeGraph;

  constructor(graph: CodeGraph) {
    this.#graph = graph;
  }

  @Traced({ name: 'parseltongue.results.format', attributes: { 'results.count': call.arg(0, 'length') } })
  format(results: readonly Result[]): string[] {
    const rows = results.map(result => ({ ...result, ...this.#graph.node(result.node), name: this.#nameOf(result.node) }));
    const width = Math.min(NAME_WIDTH, Math.max(0, ...rows.map(({ name }) => name.length)));
    return rows.map(({ kind, name, path, line, note }) => {
      const place = `${kind.padEnd(KIND_WIDTH)} ${shortened(name, width).padEnd(width)}  ${path}${kind === 'file' ? '' : `:${line}`}`;
      return note ? `${place}  ${note}` : place;
    });
  }

  /** With its containers: `Parser.parse`. */
  #nameOf(id: number): string {
    const { name, kind, parent } = this.#graph.node(id);
    if (kind === 'file' || parent < 0 || this.#graph.node(parent).kind === 'file') return name;
    return `${this.#nameOf(parent)}.${name}`;
  }
}

/** Without its outermost containers, if they are too much; the end is the name itself. */
function shortened(name: string, width: number): string {
  if (name.length <= width) return name;
  const end = name.slice(name.length - width + 1);
  const whole = end.indexOf('.');
  return `…${whole < 0 ? end : end.slice(whole)}`;
}
