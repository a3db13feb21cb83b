// What is remembered of a parsed file once its syntax tree is gone: symbols, how modules are joined, and who uses which name.
// Plain numbers and strings, so that a tree of many thousand files fits in memory.

export type SymbolKind =
  | 'function'
  | 'class'
  | 'interface'
  | 'type'
  | 'enum'
  | 'enum-member'
  | 'namespace'
  | 'variable'
  | 'method'
  | 'property';

export interface SymbolFact {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly line: number;
  /** Index of the symbol that contains this one, -1 for the file. */
  readonly parent: number;
  exported: boolean;
  doc: string;
}

/** A name that stands for something in another module. */
export interface ImportBinding {
  readonly specifier: string;
  /** What it is called over there: a name, 'default', or '*' for the module itself. */
  readonly name: string;
}

/** A name (`foo`) or a member of one (`foo.bar`) as it is used somewhere, and what its scope says it stands for. */
export interface NameUse {
  /** '' when the receiver of a member is not a plain name. */
  readonly name: string;
  /** '' when the name itself is meant. */
  readonly member: string;
  /** Index of the file's own symbol that `name` stands for, or -1. */
  symbol: number;
  /** Index of the import that `name` stands for, or -1. */
  binding: number;
  /** `name` is a parameter or a local variable: what it holds is not known before the program runs. */
  local: boolean;
}

export interface ExportFact extends NameUse {
  readonly exported: string;
}

export type RelationKind = 'calls' | 'extends' | 'implements';

export interface Reference extends NameUse {
  readonly kind: RelationKind;
  /** Index of the symbol in which the name is used, -1 for the file itself. */
  readonly from: number;
}

export interface FileFacts {
  /** Nodes of the syntax tree. */
  readonly nodes: number;
  readonly symbols: readonly SymbolFact[];
  /** Every module this file names, by any syntax, once each. */
  readonly modules: readonly string[];
  readonly bindings: readonly ImportBinding[];
  readonly exports: readonly ExportFact[];
  /** Modules all of whose names are exported on (`export * from`). */
  readonly stars: readonly string[];
  readonly references: readonly Reference[];
  /** Calls of parameters and local variables. */
  readonly dynamicCalls: number;
}

/** What is known of a file that could not be parsed: that it is there, and can be imported. */
export const NO_FACTS: FileFacts = {
  nodes: 0,
  symbols: [],
  modules: [],
  bindings: [],
  exports: [],
  stars: [],
  references: [],
  dynamicCalls: 0,
};
