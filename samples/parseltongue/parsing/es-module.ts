// How the syntax of ES modules joins a file to others: what it imports under which local name, and what it exports from where.

import ts from 'typescript';

export interface Imported {
  readonly specifier: string;
  /** Local name to the name over there ('default', '*' for the module itself). */
  readonly names: readonly (readonly [local: string, name: string])[];
}

export interface Exported {
  readonly exported: string;
  /** The name in the module it comes from, or in this file. */
  readonly name: string;
}

export interface ExportList {
  /** The module exported from; undefined when it is this file. */
  readonly specifier: string | undefined;
  /** Undefined for `export * from`. */
  readonly names: readonly Exported[] | undefined;
}

/** Of `import …`, `import x = require(…)`, `import(…)` and `import('…').Type`; the last two introduce no name. */
export function importedBy(node: ts.Node): Imported | undefined {
  if (ts.isImportDeclaration(node)) {
    const specifier = literal(node.moduleSpecifier);
    return specifier === undefined ? undefined : { specifier, names: clauseNames(node.importClause) };
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    const specifier = literal(node.moduleReference.expression);
    return specifier === undefined ? undefined : { specifier, names: [[node.name.text, '*']] };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const specifier = literal(node.arguments[0]);
    return specifier === undefined ? undefined : { specifier, names: [] };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const specifier = literal(node.argument.literal);
    return specifier === undefined ? undefined : { specifier, names: [] };
  }
  return undefined;
}

/** Of `export { … }`, `export … from` and `export *`; exported declarations are told by their modifiers. */
export function exportedBy(node: ts.Node): ExportList | undefined {
  if (!ts.isExportDeclaration(node)) return undefined;
  const specifier = literal(node.moduleSpecifier);
  const clause = node.exportClause;
  if (!clause) return { specifier, names: undefined };
  if (ts.isNamespaceExport(clause)) return { specifier, names: [{ exported: clause.name.text, name: '*' }] };
  return { specifier, names: clause.elements.map(e => ({ exported: e.name.text, name: (e.propertyName ?? e.name).text })) };
}

export function literal(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function clauseNames(clause: ts.ImportClause | undefined): [string, string][] {
  const names: [string, string][] = [];
  if (clause?.name) names.push([clause.name.text, 'default']);
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) names.push([bindings.name.text, '*']);
  else for (const element of bindings?.elements ?? []) names.push([element.name.text, (element.propertyName ?? element.name).text]);
  return names;
}
