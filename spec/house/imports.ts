/**
 * What a file takes from where, read from its syntax: imports, re-exports, `import()`, `require()` and `import('…').Type`.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { isThere } from './project-files.js';
import { nodesOf, placeOf, syntaxOf } from './syntax.js';

export interface Import {
  /** The file that imports, from the root. */
  readonly importer: string;
  /** As written. */
  readonly specifier: string;
  /** The file of this project it means; undefined for a package. */
  readonly target: string | undefined;
  /** It leaves nothing behind when the types are erased. */
  readonly typeOnly: boolean;
  /** `import 'x'`: for its effect alone. */
  readonly bare: boolean;
  /** `import()`: only once it is asked for. */
  readonly late: boolean;
  /** `lib/log.ts:12`. */
  readonly place: string;
}

/** Every import of a file. */
export function importsOf(importer: string): Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(syntaxOf(importer))) {
    const written = specifierOf(node);
    if (written === undefined || !ts.isStringLiteralLike(written)) continue;
    const specifier = written.text;
    found.push({
      importer,
      specifier,
      target: specifier.startsWith('.') ? fileOf(importer, specifier) : undefined,
      typeOnly: isTypeOnly(node),
      bare: ts.isImportDeclaration(node) && node.importClause === undefined,
      late: ts.isCallExpression(node),
      place: placeOf(node),
    });
  }
  return found;
}

/** The package of a specifier: `@scope/name` of `@scope/name/sub`, `node:fs` of `node:fs/promises`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
  return loads ? node.arguments[0] : undefined;
}

/** `import { type A }` is not: with `verbatimModuleSyntax` it still loads the module. */
function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function fileOf(importer: string, specifier: string): string {
  const path = posix.join(posix.dirname(importer), specifier);
  const source = path.replace(/\.js$/, '.ts');
  if (!isThere(source)) throw new Error(`${importer} imports ${specifier}, which is not there`);
  return source;
}
