// Collects how one file is joined to others while its tree is walked: modules named, names imported, names exported.

import ts from 'typescript';
import { bindingNames } from './binding-names.js';
import { commonJsExports, required, requiredInto, starOf } from './commonjs-module.js';
import { exportedBy, importedBy } from './es-module.js';
import type { ExportFact, ImportBinding } from './file-facts.js';
import type { LexicalScope } from './lexical-scope.js';
import { namedBy } from './named-by.js';

export class ModuleFacts {
  readonly modules = new Set<string>();
  readonly bindings: ImportBinding[] = [];
  readonly exports: ExportFact[] = [];
  readonly stars = new Set<string>();

  /** Reads what one node says; names are made known to, and looked up from, the scope it stands in. */
  read(node: ts.Node, scope: LexicalScope): void {
    const imported = importedBy(node);
    if (imported) {
      this.modules.add(imported.specifier);
      for (const [local, name] of imported.names) scope.bind(local, this.#bind(imported.specifier, name));
      return;
    }
    this.#readExport(node, scope);
    const specifier = required(node);
    if (specifier !== undefined) this.modules.add(specifier);
    const star = starOf(node);
    if (star !== undefined) this.stars.add(star);
  }

  /** True if a variable only holds something of another module, and so is an import and no symbol of this file. */
  readVariable(node: ts.VariableDeclaration, scope: LexicalScope): boolean {
    const from = requiredInto(node.initializer);
    if (!from) return false;
    for (const { node: local, property } of bindingNames(node.name)) {
      if (ts.isIdentifier(node.name)) scope.bind(local.text, this.#bind(from.specifier, from.name));
      else if (property !== undefined && from.name === '*') scope.bind(local.text, this.#bind(from.specifier, property));
      else scope.local(local.text);
    }
    return true;
  }

  exportSymbol(exported: string, symbol: number): void {
    this.exports.push({ exported, name: '', member: '', symbol, binding: -1, local: false });
  }

  #readExport(node: ts.Node, scope: LexicalScope): void {
    const list = exportedBy(node);
    if (list?.specifier !== undefined) {
      this.modules.add(list.specifier);
      if (!list.names) this.stars.add(list.specifier);
      for (const { exported, name } of list.names ?? []) {
        const binding = this.#bind(list.specifier, name);
        this.exports.push({ exported, name: '', member: '', symbol: -1, binding, local: false });
      }
      return;
    }
    for (const { exported, name } of list?.names ?? []) this.#exportName(exported, name, '', scope);
    const values = ts.isExportAssignment(node)
      ? [{ exported: node.isExportEquals ? '=' : 'default', value: node.expression }]
      : commonJsExports(node);
    for (const { exported, value } of values) {
      const named = namedBy(value);
      if (named?.name) this.#exportName(exported, named.name, named.member, scope);
    }
  }

  #exportName(exported: string, name: string, member: string, scope: LexicalScope): void {
    const fact: ExportFact = { exported, name, member, symbol: -1, binding: -1, local: false };
    this.exports.push(fact);
    scope.use(fact);
  }

  #bind(specifier: string, name: string): number {
    return this.bindings.push({ specifier, name }) - 1;
  }
}
