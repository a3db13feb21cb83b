// Takes parsed files into the one graph of the tree: their symbols become nodes, then the uses of names relationships,
// then the index learns the new names. A file that could not be parsed is a node too: it is there, and can be imported.

import { call, Traced } from 'spandrel';
import { type FileFacts, NO_FACTS } from '../parsing/file-facts.js';
import type { SymbolIndex } from '../search/symbol-index.js';
import type { SourceFile } from '../tree/source-tree.js';
import type { CodeGraph } from './code-graph.js';
import type { ModuleResolver } from './module-resolver.js';
import type { NameLookup } from './name-lookup.js';
import type { Extracted, PlacedFile, RelationshipExtractor } from './relationship-extractor.js';
import { type Translation, type Wanted, wanted } from './wanted.js';

/** A file with its facts, or none if it could not be parsed. */
export interface FileWithFacts {
  readonly file: SourceFile;
  readonly facts: FileFacts | undefined;
}

export class GraphBuilder {
  readonly #graph: CodeGraph;
  readonly #resolver: ModuleResolver;
  readonly #lookup: NameLookup;
  readonly #relationships: RelationshipExtractor;
  readonly #index: SymbolIndex;

  constructor(parts: {
    graph: CodeGraph;
    resolver: ModuleResolver;
    lookup: NameLookup;
    relationships: RelationshipExtractor;
    index: SymbolIndex;
  }) {
    this.#graph = parts.graph;
    this.#resolver = parts.resolver;
    this.#lookup = parts.lookup;
    this.#relationships = parts.relationships;
    this.#index = parts.index;
  }

  @Traced({
    name: 'parseltongue.graph.build',
    attributes: { 'project.name': call.arg(1), 'graph.files.count': call.arg(0, 'length') },
  })
  build(files: readonly FileWithFacts[], project: string): Extracted {
    const first = this.#graph.nodes;
    // All files before any relationship: those of one batch mostly use each other.
    const placed = files.map(({ file, facts }) => this.#place(file.path, facts ?? NO_FACTS, project));
    const extracted = this.#relationships.extract(placed);
    this.#index.update(first, this.#graph.nodes);
    return extracted;
  }

  #place(path: string, facts: FileFacts, project: string): PlacedFile {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const node = this.#graph.add({ name, kind: 'file', path, line: 1, parent: -1, project, exported: false, doc: '' });
    const firstSymbol = node + 1;
    for (const { name, kind, line, parent, exported, doc } of facts.symbols) {
      this.#graph.add({ name, kind, path, line, parent: parent < 0 ? node : firstSymbol + parent, project, exported, doc });
    }
    const translation = { facts, firstSymbol, resolve: this.#resolverFor(path) };
    this.#offer(path, node, translation);
    return { path, node, translation };
  }

  /** Makes known what others can find in this file. */
  #offer(path: string, file: number, translation: Translation): void {
    const { facts, firstSymbol, resolve } = translation;
    const exports = new Map<string, Wanted>();
    for (const fact of facts.exports) {
      const target = wanted(fact, translation);
      if (target && !exports.has(fact.exported)) exports.set(fact.exported, target);
    }
    const stars = facts.stars.map(resolve).filter(star => star !== undefined);
    this.#lookup.add(path, { file, exports, stars });
    for (const reference of facts.references) {
      const base = reference.kind === 'extends' && reference.from >= 0 ? wanted(reference, translation) : undefined;
      if (base) this.#lookup.addBase(firstSymbol + reference.from, base);
    }
  }

  #resolverFor(path: string): (specifier: string) => string | undefined {
    const known = new Map<string, string | undefined>();
    return specifier => {
      if (!known.has(specifier)) known.set(specifier, this.#resolver.resolve(path, specifier));
      return known.get(specifier);
    };
  }
}
