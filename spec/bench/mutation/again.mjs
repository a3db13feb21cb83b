/**
 * Tries each mutant that survived once more, by itself: the switches of a mutation run need stack of their own, so what
 * happens at its end can only be judged without them. Reads `.cache/mutation.json` (or the reports it is given), and
 * prints what survives.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

const reports = process.argv.length > 2 ? process.argv.slice(2) : ['.cache/mutation.json'];
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true };

const run = (...args) => spawnSync(process.execPath, args, { timeout: 60_000, encoding: 'utf8' });

function killed() {
  // Twice: how deep the stack goes is not the same each time, and one that is killed once is killed.
  for (const only of [['end-of-stack'], [], []]) {
    if (run('spec/bench/mutation/run.cjs', ...only).status !== 0) return true;
  }
  return false;
}

const offsetIn = (source, { line, column }) =>
  source
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, column - 1);

function compiled(path, source) {
  const { outputText } = ts.transpileModule(source, { compilerOptions, fileName: path });
  writeFileSync(`.cache/mutants/standard/${path.replace(/\.ts$/, '.js')}`, outputText);
}

if (run('spec/bench/mutation/compile.mjs').status !== 0 || killed()) throw new Error('the specs fail without a mutant');

for (const report of reports) {
  for (const [path, { source, mutants }] of Object.entries(JSON.parse(readFileSync(report, 'utf8')).files)) {
    const survivors = mutants.filter(({ status }) => status === 'Survived');
    let left = survivors.length;
    for (const { location, mutatorName, replacement } of survivors) {
      const start = offsetIn(source, location.start);
      const end = offsetIn(source, location.end);
      compiled(path, source.slice(0, start) + replacement + source.slice(end));
      if (killed()) {
        left -= 1;
        continue;
      }
      const at = `${path}:${location.start.line}:${location.start.column}`;
      console.log(`${at} ${mutatorName}: ${source.slice(start, end).slice(0, 90)} -> ${replacement.slice(0, 60)}`);
    }
    compiled(path, source);
    console.log(`${path}: ${mutants.length - left} of ${mutants.length}`);
  }
}
