/**
 * The doors of the package: which there are, where they lead, and every name behind them. A name that is added or lost
 * is a decision, so it is written down here.
 */
import ts from 'typescript';
import { scope } from '../../lib/conventions/scope.js';
import { type Import, importsOf } from './imports.js';
import { filesIn, isThere, packageFile, textOf } from './project-files.js';
import { doors } from './public-names.js';
import { syntaxOf } from './syntax.js';

const manifest = packageFile();

/** `lib/x/index.ts` of `./dist/esm/x/index.js`. */
const sourceOf = (built: string): string =>
  built.replace(/^\.\/dist\/(esm|cjs|module)\//, 'lib/').replace(/(\.d\.ts|\.js)$/, '.ts');
const builtOf = (source: string, format: string, ending: string): string =>
  source.replace(/^lib\//, `./dist/${format}/`).replace(/\.ts$/, ending);

/** The names a hand-written barrel exports, values and types apart. */
function namesOf(barrel: string): { values: string[]; types: string[] } {
  const names = { values: [] as string[], types: [] as string[] };
  for (const node of syntaxOf(barrel).statements) {
    if (!ts.isExportDeclaration(node) || node.exportClause === undefined || !ts.isNamedExports(node.exportClause))
      continue;
    for (const { name, isTypeOnly } of node.exportClause.elements) {
      names[node.isTypeOnly || isTypeOnly ? 'types' : 'values'].push(name.text);
    }
  }
  return { values: names.values.sort(), types: names.types.sort() };
}

describe('package.json', () => {
  test('opens the doors listed here, and its own file', () => {
    expect(Object.keys(manifest.exports)).toEqual([...Object.keys(doors), './package.json']);
    const listed = JSON.parse(textOf('.ci/doors.json')) as Record<string, string>;
    expect(Object.entries(listed).map(([door, barrel]) => [door, `lib/${barrel}.ts`])).toEqual(
      Object.entries(doors).map(([door, { source }]) => [door, source]),
    );
  });

  test.each(Object.entries(doors))(
    '%s leads to its source for bundlers and in both module systems, with types for each',
    (door, { source }) => {
      const built = (format: string, types = format): Record<string, string> => ({
        types: builtOf(source, types, '.d.ts'),
        default: builtOf(source, format, '.js'),
      });
      const expected = { module: built('module', 'esm'), import: built('esm'), require: built('cjs') };
      expect(manifest.exports[door]).toEqual(expected);
      // The first that fits is taken, and bundlers know all three words.
      expect(Object.keys(manifest.exports[door] as object)).toEqual(['module', 'import', 'require']);
      expect(isThere(source)).toBe(true);
    },
  );

  test('has the same doors for tools that do not read exports', () => {
    expect([manifest.main, manifest.types].map(sourceOf)).toEqual(['lib/index.ts', 'lib/index.ts']);
    const subpaths = Object.entries(manifest.typesVersions['*'] ?? {}).map(([name, [types = '']]) => [
      name,
      sourceOf(types),
    ]);
    expect(subpaths).toEqual(
      Object.entries(doors)
        .filter(([door]) => door !== '.')
        .map(([door, { source }]) => [door.slice('./'.length), source]),
    );
  });

  test('names as having side effects the files that have them, but for the one whose effect goes with its names', () => {
    // Who annotates takes `metadataSymbol` from it, and the rest of the file stays; who does not has no use for it.
    const own = 'lib/metadata/symbol-metadata.ts';
    expect(effectful()).toContain(own);
    const named = effectful().filter((source) => source !== own);
    const expected = ['module', 'esm', 'cjs'].flatMap((build) => named.map((source) => builtOf(source, build, '.js')));
    expect([...manifest.sideEffects].sort()).toEqual(expected.sort());
  });

  test('has the version that telemetry carries as its scope', () => {
    expect(scope).toEqual({ name: 'spandrel', version: manifest.version });
  });
});

/** Files that change something outside themselves when they are loaded, or load a package for its effect. */
function effectful(): string[] {
  return filesIn('lib', '.ts').filter((path) => {
    const { statements } = syntaxOf(path);
    const own = new Set(statements.filter(ts.isClassDeclaration).map(({ name }) => name?.text));
    return statements.some((statement) => acts(statement, own)) || importsOf(path).some(loadsForEffect);
  });
}

const loadsForEffect = ({ bare, target }: Import): boolean => bare && target === undefined;

/** `Object.defineProperty(Own.prototype, …)` stays inside the file: who drops the file loses nothing. */
function acts(statement: ts.Statement, own: ReadonlySet<string | undefined>): boolean {
  if (!ts.isExpressionStatement(statement)) {
    return ts.isIfStatement(statement) || ts.isIterationStatement(statement, false) || ts.isTryStatement(statement);
  }
  const [target] = ts.isCallExpression(statement.expression) ? statement.expression.arguments : [];
  return target === undefined || !own.has(target.getText().split('.')[0]);
}

describe.each(Object.entries(doors))('%s', (_door, { source, values, types }) => {
  test('hands out exactly the names listed here', () => {
    expect(namesOf(source)).toEqual({ values, types });
  });

  test('is written by hand: it only hands on, or hands out nothing', () => {
    if (values.length + types.length === 0) return;
    const statements = syntaxOf(source).statements.filter(
      (statement) => !ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement),
    );
    expect(statements.map((statement) => statement.getText())).toEqual([]);
  });
});

test('the sources are found under the package’s names', () => {
  const { compilerOptions } = JSON.parse(textOf('tsconfig.json')) as { compilerOptions: { paths: object } };
  const named = Object.entries(doors).map(([door, { source }]) => [`spandrel${door.slice(1)}`, [`./${source}`]]);
  expect(compilerOptions.paths).toEqual(Object.fromEntries(named));
});
