// The analyser against those who must know: `find` says how many source files a real tree has, and a program of the
// compiler which of them have syntax errors. The tree comes with `npm ci`, and some of its files really are in error.

import { execFileSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import ts from 'typescript';
import { analyse } from '../../../../samples/parseltongue/analysis/analyse.js';
import { SOURCE_EXTENSIONS } from '../../../../samples/parseltongue/tree/language.js';

const TREE = resolve(__dirname, '../../../../node_modules/@jridgewell');

function found(): string[] {
  const names = [...SOURCE_EXTENSIONS.keys()].flatMap((extension) => ['-o', '-name', `*${extension}`]).slice(1);
  const output = execFileSync('find', [TREE, '-type', 'f', '(', ...names, ')'], { encoding: 'utf8' });
  return output.split('\n').filter((path) => path !== '');
}

function inError(files: readonly string[]): string[] {
  const program = ts.createProgram({
    rootNames: files,
    options: { allowJs: true, noResolve: true, noLib: true, types: [] },
  });
  return files.filter((path) => {
    const source = program.getSourceFile(path);
    if (!source) throw new Error(`the compiler knows nothing of ${path}`);
    return program.getSyntacticDiagnostics(source).length > 0;
  });
}

test('files and files in error are as many as find and the compiler say', async () => {
  const files = found();
  const wrong = inError(files);
  expect(wrong.length).toBeGreaterThan(0);
  const { report } = await analyse({ path: TREE });
  expect(report.files.found).toBe(files.length);
  expect(report.files.taken).toBe(files.length);
  expect(Object.fromEntries(report.errors)).toEqual({ syntax: wrong.length });
  const told = report.problems.map(({ path }) => path.replace(/:\d+$/, '')).sort();
  expect(told).toEqual(wrong.map((path) => relative(TREE, path)).sort());
});
