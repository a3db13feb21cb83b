// What a node of the syntax tree declares, if it declares one thing with a name of its own.
// Variables are not here: what they are depends on where they stand; see FactCollector.

import ts from 'typescript';
import type { SymbolKind } from './file-facts.js';

export interface Declaration {
  readonly name: string;
  readonly kind: SymbolKind;
  /** A member is found through what contains it, not by the names in scope. */
  readonly member: boolean;
  /** Where to point to. */
  readonly at: ts.Node;
}

export function declarationOf(node: ts.Node): Declaration | undefined {
  if (ts.isFunctionDeclaration(node)) return { name: node.name?.text ?? 'default', kind: 'function', member: false, at: node.name ?? node };
  if (ts.isClassDeclaration(node)) return { name: node.name?.text ?? 'default', kind: 'class', member: false, at: node.name ?? node };
  if (ts.isClassExpression(node) && node.name) return { name: node.name.text, kind: 'class', member: false, at: node.name };
  if (ts.isInterfaceDeclaration(node)) return named(node.name, 'interface');
  if (ts.isTypeAliasDeclaration(node)) return named(node.name, 'type');
  if (ts.isEnumDeclaration(node)) return named(node.name, 'enum');
  if (ts.isModuleDeclaration(node)) return { name: node.name.text, kind: 'namespace', member: false, at: node.name };
  if (ts.isMethodDeclaration(node) || ts.isMethodSignature(node)) return member(node.name, 'method');
  if (ts.isGetAccessor(node) || ts.isSetAccessor(node) || ts.isPropertySignature(node)) return member(node.name, 'property');
  if (ts.isPropertyDeclaration(node)) return member(node.name, isFunction(node.initializer) ? 'method' : 'property');
  if (ts.isPropertyAssignment(node)) return member(node.name, isFunction(node.initializer) ? 'method' : 'property');
  if (ts.isShorthandPropertyAssignment(node)) return member(node.name, 'property');
  if (ts.isEnumMember(node)) return member(node.name, 'enum-member');
  return undefined;
}

export function isFunction(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

/** Interfaces, types and namespaces give way to a value of the same name, which is what a call means. */
export function isValue(kind: SymbolKind): boolean {
  return kind !== 'interface' && kind !== 'type' && kind !== 'namespace';
}

function named(name: ts.Identifier, kind: SymbolKind): Declaration {
  return { name: name.text, kind, member: false, at: name };
}

function member(name: ts.PropertyName, kind: SymbolKind): Declaration | undefined {
  if (ts.isComputedPropertyName(name)) {
    const { expression } = name;
    if (ts.isStringLiteralLike(expression)) return { name: expression.text, kind, member: true, at: name };
    // `[Symbol.iterator]` is worth a name; an arbitrary computation has none.
    const known = ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.expression);
    return known ? { name: `[${expression.expression.text}.${expression.name.text}]`, kind, member: true, at: name } : undefined;
  }
  return { name: name.text, kind, member: true, at: name };
}
