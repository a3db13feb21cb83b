/**
 * Tries each mutant that survived, or took too long, once more, by itself: the switches of a mutation run need stack of their own, so what
 * happens at its end can only be judged without them. Reads `.cache/mutation.json` (or the reports it is given), and
 * prints what survives and is not explained in `explained/`.
 *
 *     node spec/bench/mutation/again.mjs [--of lib/weaving/x.ts[:line]] [report …]
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const { values, positionals } = parseArgs({ options: { of: { type: 'string' } }, allowPositionals: true });
const reports = positionals.length > 0 ? positionals : ['.cache/mutation.json'];
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true };

/** By file: what was changed to what, and why nothing can tell. */
const explained = new Map();
const folder = 'spec/bench/mutation/explained';
for (const file of readdirSync(folder)) {
  for (const [path, reasons] of Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')))) {
    for (const { changes } of reasons) for (const change of changes) explained.set(`${path} ${change}`, true);
  }
}

const run = (...args) => spawnSync(process.execPath, args, { timeout: 60_000, encoding: 'utf8' });

function killed() {
  for (const only of [['end-of-stack'], []]) {
    if (run('spec/bench/mutation/run.cjs', ...only).status !== 0) return true;
  }
  return false;
}

const offsetIn = (source, { line, column }) =>
  source
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, text) => sum + text.length + 1, column - 1);

const onOneLine = (text) => text.replace(/\s+/g, ' ').trim();

function compiled(path, source) {
  const { outputText } = ts.transpileModule(source, { compilerOptions, fileName: path });
  writeFileSync(`.cache/mutants/standard/${path.replace(/\.ts$/, '.js')}`, outputText);
}

if (run('spec/bench/mutation/compile.mjs').status !== 0 || killed()) throw new Error('the specs fail without a mutant');

for (const report of reports) {
  for (const [path, { source, mutants }] of Object.entries(JSON.parse(readFileSync(report, 'utf8')).files)) {
    // A machine that had other things to do may have been slow.
    const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'Timeout');
    const count = { killed: mutants.length - survivors.length, explained: 0, left: 0 };
    for (const { location, replacement } of survivors) {
      const at = `${path}:${location.start.line}`;
      if (values.of !== undefined && !`${at}:`.startsWith(`${values.of}:`)) continue;
      const start = offsetIn(source, location.start);
      const end = offsetIn(source, location.end);
      compiled(path, source.slice(0, start) + replacement + source.slice(end));
      const change = `${onOneLine(source.slice(start, end))} -> ${onOneLine(replacement)}`;
      const fate = killed() ? 'killed' : explained.has(`${path} ${change}`) ? 'explained' : 'left';
      count[fate] += 1;
      if (fate === 'left') console.log(`${at} ${change}`);
    }
    compiled(path, source);
    console.log(`${path}: ${mutants.length} mutants, ${JSON.stringify(count)}`);
  }
}
