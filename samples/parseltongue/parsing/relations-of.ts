// Which uses of a name make a relationship: calls (with `new`, tags, decorators and components), base classes, interfaces.

import ts from 'typescript';
import type { RelationKind } from './file-facts.js';
import { type Named, namedBy } from './named-by.js';

export interface Relation {
  readonly kind: RelationKind;
  readonly named: Named;
}

const NONE: readonly Relation[] = [];

export function relationsOf(node: ts.Node): readonly Relation[] {
  if (ts.isHeritageClause(node)) return heritage(node);
  const callee = calleeOf(node);
  const named = callee && namedBy(callee);
  return named && !isModuleWord(named) ? [{ kind: 'calls', named }] : NONE;
}

/** What a class extends; `super.x()` in it means that class's `x`. */
export function baseOf(node: ts.ClassLikeDeclaration): Named | undefined {
  const clause = node.heritageClauses?.find(c => c.token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0] && namedBy(clause.types[0]);
}

function heritage(clause: ts.HeritageClause): Relation[] {
  const kind = clause.token === ts.SyntaxKind.ExtendsKeyword ? 'extends' : 'implements';
  return clause.types.flatMap(type => {
    const named = namedBy(type);
    return named ? [{ kind, named } as const] : [];
  });
}

function calleeOf(node: ts.Node): ts.Node | undefined {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return node.expression;
  if (ts.isTaggedTemplateExpression(node)) return node.tag;
  // A decorator with arguments is a call expression already, which is visited by itself.
  if (ts.isDecorator(node)) return ts.isCallExpression(node.expression) ? undefined : node.expression;
  if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
    const plain = ts.isIdentifier(node.tagName) && /^[a-z]/.test(node.tagName.text);
    return plain ? undefined : node.tagName;
  }
  return undefined;
}

/** `require('x')` joins modules, which is read elsewhere, and is no call of anything in the tree. */
function isModuleWord(named: Named): boolean {
  return named.receiver === 'none' && named.name === 'require';
}
