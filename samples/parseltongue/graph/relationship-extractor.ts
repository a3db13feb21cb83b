// Turns the uses of names into relationships of the graph. What leads to a file that has not come yet is kept by that
// file's path and taken up when it comes, so files can be parsed in any order and project by project.

import { call, Traced } from 'spandrel';
import type { CodeGraph, EdgeKind } from './code-graph.js';
import type { NameLookup } from './name-lookup.js';
import { type Translation, type Wanted, wanted } from './wanted.js';

/** A file whose symbols are in the graph, and whose relationships are not yet. */
export interface PlacedFile {
  readonly path: string;
  /** The node of the file; its symbols follow. */
  readonly node: number;
  readonly translation: Translation;
}

interface Relationship {
  readonly from: number;
  readonly kind: EdgeKind;
  readonly to: Wanted;
}

export interface Extracted {
  /** Relationships new in the graph. */
  readonly connected: number;
  /** Uses that name nothing in the tree, or something known only when the program runs. */
  readonly outside: number;
}

export class RelationshipExtractor {
  readonly #graph: CodeGraph;
  readonly #lookup: NameLookup;
  readonly #waiting = new Map<string, Relationship[]>();

  constructor(graph: CodeGraph, lookup: NameLookup) {
    this.#graph = graph;
    this.#lookup = lookup;
  }

  /** Relationships that wait for a file that has not come. */
  get waiting(): number {
    let count = 0;
    for (const relationships of this.#waiting.values()) count += relationships.length;
    return count;
  }

  @Traced({
    name: 'parseltongue.relationships.extract',
    attributes: { 'relationships.connected.count': call.result('connected'), 'relationships.outside.count': call.result('outside') },
  })
  extract(files: readonly PlacedFile[]): Extracted {
    const counts = { connected: 0, outside: 0 };
    for (const file of files) {
      for (const relationship of this.#waiting.get(file.path) ?? []) this.#connect(relationship, counts);
      this.#waiting.delete(file.path);
      for (const relationship of relationshipsOf(file)) this.#connect(relationship, counts);
    }
    return counts;
  }

  #connect(relationship: { from: number; kind: EdgeKind; to: Wanted | undefined }, counts: { connected: number; outside: number }): void {
    const { from, kind, to } = relationship;
    const found = to && this.#lookup.find(to);
    if (!to || !found) {
      counts.outside += 1;
    } else if ('node' in found) {
      if (this.#graph.connect(from, kind, found.node)) counts.connected += 1;
    } else {
      const waiting = this.#waiting.get(found.awaited);
      if (waiting) waiting.push({ from, kind, to });
      else this.#waiting.set(found.awaited, [{ from, kind, to }]);
    }
  }
}

function* relationshipsOf({ node, translation }: PlacedFile): Generator<{ from: number; kind: EdgeKind; to: Wanted | undefined }> {
  const { facts, firstSymbol, resolve } = translation;
  for (const specifier of facts.modules) {
    const path = resolve(specifier);
    yield { from: node, kind: 'imports', to: path === undefined ? undefined : { node: -1, path, name: '', member: '' } };
  }
  for (const reference of facts.references) {
    const from = reference.from < 0 ? node : firstSymbol + reference.from;
    yield { from, kind: reference.kind, to: wanted(reference, translation) };
  }
}
