// Walks one syntax tree once and brings home what it says: the symbols with their places, and who uses which name.
// Keeps track of where in the file we are; what a node declares, names or imports is told by the files beside this one.

import ts from 'typescript';
import { walk } from './ast-walk.js';
import { bindingNames } from './binding-names.js';
import { commonJsExports } from './commonjs-module.js';
import { type Declaration, declarationOf, isFunction } from './declaration.js';
import type { FileFacts, Reference, RelationKind, SymbolKind } from './file-facts.js';
import { LexicalScope } from './lexical-scope.js';
import { ModuleFacts } from './module-facts.js';
import { type Named, namedBy } from './named-by.js';
import { baseOf, relationsOf } from './relations-of.js';
import { SymbolTable } from './symbol-table.js';

/** Whose code this is, which names are in scope, and what `this` and `super` are; symbols by index, -1 for none. */
interface Frame {
  readonly owner: number;
  readonly scope: LexicalScope;
  readonly self: number;
  readonly base: Named | undefined;
}

type Leave = (() => void) | undefined;

export class FactCollector {
  readonly #source: ts.SourceFile;
  readonly #symbols: SymbolTable;
  readonly #modules = new ModuleFacts();
  readonly #references: Reference[] = [];
  /** Nodes whose children are members of a symbol: classes, interfaces, enums, object and type literals. */
  readonly #containers = new Map<ts.Node, number>();
  /** Functions and classes that are the value of a symbol, and therefore are not symbols of their own. */
  readonly #values = new Map<ts.Node, number>();
  /** Variables of the module itself, with the statement that carries their modifiers and comment. */
  readonly #moduleLevel = new Map<ts.Node, ts.VariableStatement>();
  #frame: Frame = { owner: -1, scope: new LexicalScope(), self: -1, base: undefined };

  constructor(source: ts.SourceFile) {
    this.#source = source;
    this.#symbols = new SymbolTable(source);
  }

  collect(): FileFacts {
    const nodes = walk(this.#source, (node, parent) => this.#enter(node, parent));
    this.#frame.scope.close();
    const { modules, bindings, exports, stars } = this.#modules;
    const dynamicCalls = this.#references.filter(reference => reference.local && reference.member === '').length;
    return {
      nodes,
      symbols: this.#symbols.all,
      modules: [...modules],
      bindings,
      exports,
      stars: [...stars],
      references: distinct(this.#references),
      dynamicCalls,
    };
  }

  #enter(node: ts.Node, parent: ts.Node | undefined): Leave {
    this.#modules.read(node, this.#frame.scope);
    for (const { kind, named } of relationsOf(node)) this.#refer(kind, named);
    if (ts.isVariableStatement(node)) this.#noteModuleLevel(node, parent);
    if (ts.isVariableDeclaration(node)) return this.#enterVariable(node);
    if (ts.isParameter(node)) this.#readParameter(node, parent);
    if (ts.isBinaryExpression(node)) this.#readExportedValue(node);
    const symbol = this.#values.get(node) ?? this.#declare(node, parent);
    if (ts.isClassLike(node)) return this.#enterClass(node, symbol);
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isModuleDeclaration(node)) {
      return this.#enterBody(node, parent, symbol);
    }
    return symbol === undefined ? undefined : this.#push({ ...this.#frame, owner: symbol });
  }

  #enterClass(node: ts.ClassLikeDeclaration, symbol: number | undefined): Leave {
    if (symbol !== undefined) this.#containers.set(node, symbol);
    return this.#push({ ...this.#frame, owner: symbol ?? this.#frame.owner, self: symbol ?? -1, base: baseOf(node) });
  }

  #enterBody(node: ts.Node, parent: ts.Node | undefined, symbol: number | undefined): Leave {
    const { owner, scope, self, base } = this.#frame;
    const inner = new LexicalScope(scope);
    if (ts.isFunctionExpression(node) && node.name) inner.local(node.name.text);
    // Arrow functions and members of the class we are in see the same `this`; any other function has its own.
    const container = parent && this.#containers.get(parent);
    const same = ts.isArrowFunction(node) || (parent !== undefined && ts.isClassLike(parent));
    return this.#push({
      owner: symbol ?? owner,
      scope: inner,
      self: same ? self : (container ?? -1),
      base: same ? base : undefined,
    });
  }

  #enterVariable(node: ts.VariableDeclaration): Leave {
    const { scope, owner } = this.#frame;
    if (this.#modules.readVariable(node, scope)) return undefined;
    const statement = this.#moduleLevel.get(node);
    this.#moduleLevel.delete(node);
    const { initializer, type } = node;
    const kind: SymbolKind = isFunction(initializer) ? 'function' : initializer && ts.isClassExpression(initializer) ? 'class' : 'variable';
    let only: number | undefined;
    for (const { node: name } of bindingNames(node.name)) {
      if (name.text === '') continue;
      if (!statement && kind === 'variable') {
        scope.local(name.text);
        continue;
      }
      const symbol = this.#symbols.declare({ name: name.text, kind, member: false, at: name }, owner, scope, statement ?? node);
      if (statement) this.#noteExport(statement, name.text, symbol);
      if (name === node.name) only = symbol;
    }
    if (only === undefined) return undefined;
    if (initializer && kind !== 'variable') this.#values.set(initializer, only);
    if (initializer && ts.isObjectLiteralExpression(initializer)) this.#containers.set(initializer, only);
    if (type && ts.isTypeLiteralNode(type)) this.#containers.set(type, only);
    return this.#push({ ...this.#frame, owner: only });
  }

  #declare(node: ts.Node, parent: ts.Node | undefined): number | undefined {
    const declaration = declarationOf(node);
    // Where a name is missing in broken syntax, the compiler puts an empty one.
    if (!declaration?.name) return undefined;
    if (declaration.member) return this.#declareMember(declaration, node, parent);
    const symbol = this.#symbols.declare(declaration, this.#frame.owner, this.#frame.scope, node);
    this.#noteExport(node, declaration.name, symbol);
    if (ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node)) this.#containers.set(node, symbol);
    if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)) this.#containers.set(node.type, symbol);
    return symbol;
  }

  #declareMember(declaration: Declaration, node: ts.Node, parent: ts.Node | undefined): number | undefined {
    const container = parent && this.#containers.get(parent);
    return container === undefined ? undefined : this.#symbols.member(declaration, container, node);
  }

  #readParameter(node: ts.ParameterDeclaration, parent: ts.Node | undefined): void {
    for (const { node: name } of bindingNames(node.name)) this.#frame.scope.local(name.text);
    if (parent && ts.isParameterPropertyDeclaration(node, parent) && ts.isIdentifier(node.name) && this.#frame.self >= 0) {
      this.#symbols.member({ name: node.name.text, kind: 'property', member: true, at: node.name }, this.#frame.self, node);
    }
  }

  /** `exports.x = <something without a name>` makes a symbol `x`. */
  #readExportedValue(node: ts.BinaryExpression): void {
    for (const { exported, value } of commonJsExports(node)) {
      if (exported === '=' || namedBy(value)?.name) continue;
      const kind: SymbolKind = isFunction(value) ? 'function' : ts.isClassExpression(value) ? 'class' : 'variable';
      const symbol = this.#symbols.add({ name: exported, kind, member: false, at: node }, this.#frame.owner, node);
      this.#export(exported, symbol);
      if (kind !== 'variable') this.#values.set(value, symbol);
    }
  }

  #noteModuleLevel(node: ts.VariableStatement, parent: ts.Node | undefined): void {
    if (!parent || !(ts.isSourceFile(parent) || ts.isModuleBlock(parent))) return;
    for (const declaration of node.declarationList.declarations) this.#moduleLevel.set(declaration, node);
  }

  /** Exports of the file; those of a namespace are its members and nothing more. */
  #noteExport(node: ts.Node, name: string, symbol: number): void {
    if (this.#frame.owner >= 0) return;
    const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
    if (!modifiers?.some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword)) return;
    this.#export(modifiers.some(modifier => modifier.kind === ts.SyntaxKind.DefaultKeyword) ? 'default' : name, symbol);
  }

  #export(exported: string, symbol: number): void {
    this.#modules.exportSymbol(exported, symbol);
    const fact = this.#symbols.all[symbol];
    if (fact) fact.exported = true;
  }

  #refer(kind: RelationKind, named: Named): void {
    const { owner, scope, self, base } = this.#frame;
    const { receiver, member } = named;
    // `super.x` is the `x` of what the class extends, wherever that comes from.
    const name = receiver === 'super' ? (base?.member === '' ? base.name : '') : named.name;
    const symbol = receiver === 'this' ? self : -1;
    const reference: Reference = { kind, from: owner, name, member, symbol, binding: -1, local: false };
    this.#references.push(reference);
    if (name !== '') scope.use(reference);
  }

  #push(frame: Frame): () => void {
    const outer = this.#frame;
    this.#frame = frame;
    return () => {
      if (frame.scope !== outer.scope) frame.scope.close();
      this.#frame = outer;
    };
  }
}

/** The same relationship once, however often the code repeats it; calls of what is not known before running are left out. */
function distinct(references: readonly Reference[]): Reference[] {
  const once = new Map<string, Reference>();
  for (const reference of references) {
    const { kind, from, member, symbol, binding, local } = reference;
    if (local && member === '') continue;
    const free = symbol < 0 && binding < 0 && !local ? reference.name : '';
    once.set([kind, from, symbol, binding, free, member].join(' '), reference);
  }
  return [...once.values()];
}
