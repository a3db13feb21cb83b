// The symbols of one file as they are found. What is declared in several places (overloads, merged interfaces, a getter
// with its setter) is one symbol.

import type ts from 'typescript';
import { type Declaration, isValue } from './declaration.js';
import { docComment } from './doc-comment.js';
import type { SymbolFact } from './file-facts.js';
import type { LexicalScope } from './lexical-scope.js';

export class SymbolTable {
  readonly all: SymbolFact[] = [];
  readonly #source: ts.SourceFile;
  readonly #members = new Map<string, number>();

  constructor(source: ts.SourceFile) {
    this.#source = source;
  }

  /** A symbol that is found by its name from within a scope. */
  declare(declaration: Declaration, parent: number, scope: LexicalScope, documented: ts.Node): number {
    const before = scope.declared(declaration.name);
    const known = before === undefined ? undefined : this.all[before];
    if (before !== undefined && known?.kind === declaration.kind && known.parent === parent) {
      known.doc ||= docComment(documented, this.#source.text);
      return before;
    }
    const symbol = this.add(declaration, parent, documented);
    scope.declare(declaration.name, symbol, isValue(declaration.kind) && !(known && isValue(known.kind)));
    return symbol;
  }

  /** A symbol that is found through the one that contains it. */
  member(declaration: Declaration, container: number, documented: ts.Node): number {
    const key = `${container} ${declaration.name}`;
    const before = this.#members.get(key);
    if (before !== undefined) return before;
    const symbol = this.add(declaration, container, documented);
    this.#members.set(key, symbol);
    return symbol;
  }

  add({ name, kind, at }: Declaration, parent: number, documented: ts.Node): number {
    const line = this.#source.getLineAndCharacterOfPosition(at.getStart(this.#source)).line + 1;
    const doc = docComment(documented, this.#source.text);
    return this.all.push({ name, kind, line, parent, exported: false, doc }) - 1;
  }
}
