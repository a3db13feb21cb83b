/**
 * The language of `lib/`: types can be erased, nothing is exported by default or by the armful, and no decorator is
 * written, so that the source builds in either dialect.
 */
import ts from 'typescript';
import { filesIn, textOf } from './project-files.js';
import { isDecorated, nodesOf, placeOf, syntaxOf } from './syntax.js';

const files = filesIn('lib', '.ts');
const nodes = files.flatMap((path) => [...nodesOf(syntaxOf(path))]);

const isDefaultExport = (node: ts.Node): boolean => {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
};

const isExportStar = (node: ts.Node): boolean =>
  ts.isExportDeclaration(node) && (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause));

test.each<[string, (node: ts.Node) => boolean]>([
  ['default export', isDefaultExport],
  ['export *', isExportStar],
  ['enum', ts.isEnumDeclaration],
  ['namespace', ts.isModuleDeclaration],
  ['parameter property', (node) => ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent)],
  ['any', ({ kind }) => kind === ts.SyntaxKind.AnyKeyword],
  ['decorator', isDecorated],
])('no %s', (_what, is) => {
  expect(nodes.filter(is).map(placeOf)).toEqual([]);
});

test('no silenced compiler', () => {
  const silenced = /@ts-(ignore|nocheck|expect-error)/;
  expect(files.filter((path) => silenced.test(textOf(path)))).toEqual([]);
});
