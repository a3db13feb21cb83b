// From what a name stands for to its node: through re-exports, `export *`, CommonJS exports and base classes.
// A lookup may lead to a file whose facts have not come yet; then the answer is that file, to be asked again later.

import type { CodeGraph } from './code-graph.js';
import type { Wanted } from './wanted.js';

/** What a file offers to others; all that is kept of its facts once it is in the graph. */
export interface Module {
  /** The node of the file. */
  readonly file: number;
  readonly exports: ReadonlyMap<string, Wanted>;
  /** Files all of whose names are exported on. */
  readonly stars: readonly string[];
}

export type Found = { readonly node: number } | { readonly awaited: string } | undefined;

export class NameLookup {
  readonly #graph: CodeGraph;
  readonly #modules = new Map<string, Module>();
  /** What a class extends, by its node. */
  readonly #bases = new Map<number, Wanted[]>();

  constructor(graph: CodeGraph) {
    this.#graph = graph;
  }

  add(path: string, module: Module): void {
    this.#modules.set(path, module);
  }

  addBase(node: number, base: Wanted): void {
    this.#bases.set(node, [...(this.#bases.get(node) ?? []), base]);
  }

  find(name: Wanted): Found {
    return this.#find(name, new Set());
  }

  /** `seen` ends modules that export each other in a circle, and classes that extend themselves. */
  #find({ node, path, name, member }: Wanted, seen: Set<string>): Found {
    if (node >= 0) return this.#member({ node }, member, seen);
    if (name === '*' && member !== '') return this.#exported(path, member, seen);
    return this.#member(this.#exported(path, name, seen), member, seen);
  }

  #exported(path: string, name: string, seen: Set<string>): Found {
    const module = this.#modules.get(path);
    if (!module) return { awaited: path };
    if (name === '') return { node: module.file };
    if (!isNew(seen, `${path} ${name}`)) return undefined;
    const own = module.exports.get(name);
    if (own) return this.#find(own, seen);
    // What CommonJS assigns to `module.exports` is the module: its default export, and the home of its named ones.
    const whole = module.exports.get('=');
    const assigned = whole && this.#find(whole, seen);
    if (name === '*') return assigned ?? { node: module.file };
    const found = name === 'default' ? assigned : this.#member(assigned, name, seen);
    return found ?? first(module.stars, star => this.#exported(star, name, seen));
  }

  #member(of: Found, member: string, seen: Set<string>): Found {
    if (!of || !('node' in of) || member === '') return of;
    const { node } = of;
    if (!isNew(seen, `${node} ${member}`)) return undefined;
    const { kind, path } = this.#graph.node(node);
    if (kind === 'file') return this.#exported(path, member, seen);
    const child = this.#graph.child(node, member);
    if (child !== undefined) return { node: child };
    return first(this.#bases.get(node) ?? [], base => this.#member(this.#find(base, seen), member, seen));
  }
}

function isNew(seen: Set<string>, key: string): boolean {
  const before = seen.size;
  return seen.add(key).size > before;
}

/** The first place where it is; else a file that may have it when it comes. */
function first<T>(places: readonly T[], look: (place: T) => Found): Found {
  let later: Found;
  for (const place of places) {
    const found = look(place);
    if (found && 'node' in found) return found;
    later ??= found;
  }
  return later;
}
