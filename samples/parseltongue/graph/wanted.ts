// What a name in one file stands for, in terms of the whole tree: a node of the graph, or a name of another module,
// whether or not that module has been parsed yet.

import type { FileFacts, NameUse } from '../parsing/file-facts.js';

export interface Wanted {
  /** The node itself where the name is of the same file, else -1. */
  readonly node: number;
  /** Otherwise the module, and what it is called there: a name, 'default', '*' for all of it, '' for the file. */
  readonly path: string;
  readonly name: string;
  /** The member of it that is meant; '' for none. */
  readonly member: string;
}

/** How one file's names are translated; kept only while the file is taken up. */
export interface Translation {
  readonly facts: FileFacts;
  /** The node of the file's first symbol; the others follow in order. */
  readonly firstSymbol: number;
  /** The file of the tree that a specifier means to this file. */
  readonly resolve: (specifier: string) => string | undefined;
}

/** Undefined for what is outside the tree, or known only when the program runs. */
export function wanted(use: NameUse, { facts, firstSymbol, resolve }: Translation): Wanted | undefined {
  if (use.symbol >= 0) return { node: firstSymbol + use.symbol, path: '', name: '', member: use.member };
  const binding = facts.bindings[use.binding];
  const path = binding && resolve(binding.specifier);
  return path === undefined ? undefined : { node: -1, path, name: binding?.name ?? '*', member: use.member };
}
