/**
 * Builds what the child processes load into a folder of this run's own, so that neither another run nor an edit while it
 * lasts changes what is measured: Spandrel as its package is built, the subjects in their dialects, and the bench itself.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const here = import.meta.dirname;
const root = join(here, '../../..');

/** Which source a subject is compiled from, and with which decorators. */
const sources = {
  'nestjs-otel': { source: 'nestjs-otel', legacy: true },
  openinference: { source: 'openinference', legacy: false },
  'spandrel-legacy': { source: 'spandrel', legacy: true },
  'spandrel-standard': { source: 'spandrel', legacy: false },
};

export const run = join(here, '.cache', String(process.pid));

/** JavaScript with decorators in, JavaScript out, by the compiler that users have. */
export function compiled(text, legacy) {
  const { outputText } = ts.transpileModule(text, {
    fileName: 'subject.ts',
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: legacy,
    },
  });
  return outputText;
}

export function buildLibrary(lib = join(root, 'lib')) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const told = ['-p', lib, '--outDir', join(run, 'lib'), '--declaration', 'false'];
  try {
    execFileSync(process.execPath, [tsc, ...told], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  } catch ({ stdout }) {
    // What is being worked on may be wrong somewhere else than where it is measured: it is written all the same.
    console.error(`tsc complains about lib:\n${stdout}`);
  }
}

export function build(names) {
  mkdirSync(join(run, 'subjects'), { recursive: true });
  process.once('exit', () => rmSync(run, { recursive: true, force: true }));
  buildLibrary();
  for (const file of readdirSync(here)) if (file.endsWith('.mjs')) copyFileSync(join(here, file), join(run, file));
  for (const name of names) {
    const { source, legacy } = sources[name] ?? { source: name };
    const text = readFileSync(join(here, 'subjects', `${source}.mjs`), 'utf8');
    writeFileSync(join(run, 'subjects', `${name}.mjs`), legacy === undefined ? text : compiled(text, legacy));
  }
}
