// Answers questions about the code from the graph and its index.

import { call, Timed, Traced } from 'spandrel';
import { counted } from '../figures.js';
import type { SymbolSearch } from '../search/symbol-search.js';
import type { Definitions } from './definitions.js';
import type { Dependents } from './dependents.js';
import { type Answer, type Query, textOf } from './query.js';
import type { Result, ResultFormatter } from './result-formatter.js';

/** Lines of an answer. */
const SHOWN = 5;

const type = call.arg(0, 'type');

export class QueryEngine {
  readonly #search: SymbolSearch;
  readonly #definitions: Definitions;
  readonly #dependents: Dependents;
  readonly #formatter: ResultFormatter;

  constructor(parts: { search: SymbolSearch; definitions: Definitions; dependents: Dependents; formatter: ResultFormatter }) {
    this.#search = parts.search;
    this.#definitions = parts.definitions;
    this.#dependents = parts.dependents;
    this.#formatter = parts.formatter;
  }

  @Traced({
    name: 'parseltongue.query.execute',
    attributes: {
      'query.type': type,
      'query.text': call.arg(0).map<Query>(textOf),
      'query.results.count': call.result('nodes.length'),
    },
  })
  @Timed('parseltongue.time_to_nav.duration', {
    unit: 's',
    description: 'Time from a question about the code to a formatted answer',
    buckets: [0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    attributes: { 'query.type': type },
  })
  execute(query: Query): Answer {
    if (query.type === 'definition') return this.#define(query);
    return query.type === 'search' ? this.#find(query) : this.#reach(query);
  }

  #define(query: Query & { type: 'definition' }): Answer {
    const nodes = this.#definitions.of(query.name, query.usedIn);
    if (nodes.length === 0) return this.#unknown(query);
    const others = nodes.length === 1 ? '' : `, the first of ${nodes.length}`;
    return { query, nodes, summary: `found${others}`, lines: this.#lines(nodes) };
  }

  #find(query: Query & { type: 'search' }): Answer {
    const hits = this.#search.find(query.words, 2 * SHOWN);
    const results = hits.map(({ node, alike }) => (alike === 0 ? { node } : { node, note: `and ${alike} alike` }));
    return {
      query,
      nodes: hits.map(({ node }) => node),
      summary: hits.length === 0 ? 'nothing is called or described like this' : 'best first',
      lines: this.#formatter.format(results.slice(0, SHOWN)),
    };
  }

  #reach(query: Query & { type: 'dependents' }): Answer {
    const [node] = this.#definitions.of(query.name, query.usedIn);
    if (node === undefined) return this.#unknown(query);
    const { dependents, files, projects } = this.#dependents.of(node);
    const summary =
      dependents.length === 0
        ? 'nothing in the tree depends on it'
        : `${counted(dependents.length, 'dependent')} in ${counted(files, 'file')} of ${counted(projects, 'project')}, nearest first`;
    return { query, nodes: dependents, summary, lines: this.#lines(dependents) };
  }

  /** No symbol has this name: shows those that come near. */
  #unknown(query: Query): Answer {
    const near = this.#search.find(textOf(query), SHOWN).map<Result>(({ node }) => ({ node }));
    const summary = near.length === 0 ? 'no such name in the tree' : 'no such name in the tree; these come near';
    return { query, nodes: [], summary, lines: this.#formatter.format(near) };
  }

  #lines(nodes: readonly number[]): string[] {
    return this.#formatter.format(nodes.slice(0, SHOWN).map<Result>(node => ({ node })));
  }
}
