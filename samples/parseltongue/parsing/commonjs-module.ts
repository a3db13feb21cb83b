// How CommonJS joins a file to others, as people write it and as compilers do: `require`, `exports.x =`, `module.exports =`,
// `Object.defineProperty(exports, …)` with a getter, `__exportStar(require(…), exports)`.

import ts from 'typescript';
import { isFunction } from './declaration.js';
import { literal } from './es-module.js';

export interface CommonJsExport {
  /** '=' for the whole of `module.exports`. */
  readonly exported: string;
  readonly value: ts.Node;
}

/** The module of `require('x')`. */
export function required(node: ts.Node | undefined): string | undefined {
  if (!node || !ts.isCallExpression(node) || node.arguments.length !== 1) return undefined;
  return ts.isIdentifier(node.expression) && node.expression.text === 'require' ? literal(node.arguments[0]) : undefined;
}

/** The module a variable holds, and which name of it: `require('x')`, `require('x').y`, `__importStar(require('x'))`. */
export function requiredInto(initializer: ts.Node | undefined): { specifier: string; name: string } | undefined {
  if (!initializer) return undefined;
  if (ts.isPropertyAccessExpression(initializer)) {
    const specifier = required(initializer.expression);
    return specifier === undefined ? undefined : { specifier, name: initializer.name.text };
  }
  const wrapped = ts.isCallExpression(initializer) && initializer.arguments.length === 1 ? initializer.arguments[0] : undefined;
  const specifier = required(initializer) ?? required(wrapped);
  return specifier === undefined ? undefined : { specifier, name: '*' };
}

/** The module all of whose names are exported on: `__exportStar(require('x'), exports)`, `module.exports = require('x')`. */
export function starOf(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node)) {
    const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
    return ts.isIdentifier(name) && name.text === '__exportStar' ? required(node.arguments[0]) : undefined;
  }
  return isAssignment(node) && exportName(node.left) === '=' ? required(node.right) : undefined;
}

export function commonJsExports(node: ts.Node): CommonJsExport[] {
  if (isAssignment(node)) {
    const exported = exportName(node.left);
    const value = exported === undefined ? undefined : assigned(node.right);
    if (exported === undefined || value === undefined) return [];
    if (exported !== '=' || !ts.isObjectLiteralExpression(value)) return [{ exported, value }];
    return [{ exported, value }, ...properties(value)];
  }
  return ts.isCallExpression(node) ? definedProperty(node) : [];
}

/** What is assigned in the end by `a = b = value`; undefined for the `void 0` with which compilers announce exports. */
function assigned(right: ts.Expression): ts.Node | undefined {
  let value: ts.Expression = right;
  while (isAssignment(value)) {
    if (ts.isIdentifier(value.left)) return value.left;
    value = value.right;
  }
  return ts.isVoidExpression(value) ? undefined : value;
}

function properties(object: ts.ObjectLiteralExpression): CommonJsExport[] {
  return object.properties.flatMap(property => {
    if (ts.isShorthandPropertyAssignment(property)) return [{ exported: property.name.text, value: property.name }];
    const plain = ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && ts.isIdentifier(property.initializer);
    return plain ? [{ exported: property.name.text, value: property.initializer }] : [];
  });
}

/** `Object.defineProperty(exports, 'x', { get: () => a_1.x })`: the getter's one expression is what is exported. */
function definedProperty(node: ts.CallExpression): CommonJsExport[] {
  const [target, name, descriptor] = node.arguments;
  const exported = literal(name);
  if (exported === undefined || !target || !isExports(target) || !descriptor || !ts.isObjectLiteralExpression(descriptor)) return [];
  for (const property of descriptor.properties) {
    if (!property.name || !ts.isIdentifier(property.name) || property.name.text !== 'get') continue;
    const getter = ts.isPropertyAssignment(property) && isFunction(property.initializer) ? property.initializer : property;
    const value = returned(getter);
    if (value) return [{ exported, value }];
  }
  return [];
}

function returned(getter: ts.Node): ts.Node | undefined {
  if (!ts.isArrowFunction(getter) && !ts.isFunctionExpression(getter) && !ts.isMethodDeclaration(getter)) return undefined;
  if (!getter.body || !ts.isBlock(getter.body)) return getter.body;
  const statement = getter.body.statements[0];
  return statement && ts.isReturnStatement(statement) ? statement.expression : undefined;
}

function isAssignment(node: ts.Node): node is ts.AssignmentExpression<ts.EqualsToken> {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function exportName(left: ts.Node): string | undefined {
  if (isModuleExports(left)) return '=';
  if (ts.isPropertyAccessExpression(left)) return isExports(left.expression) ? left.name.text : undefined;
  return ts.isElementAccessExpression(left) && isExports(left.expression) ? literal(left.argumentExpression) : undefined;
}

function isExports(node: ts.Node): boolean {
  return (ts.isIdentifier(node) && node.text === 'exports') || isModuleExports(node);
}

function isModuleExports(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node)
    && node.name.text === 'exports'
    && ts.isIdentifier(node.expression)
    && node.expression.text === 'module'
  );
}
