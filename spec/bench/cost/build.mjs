/**
 * Builds what the child processes load into a folder of this run's own, so that neither another run nor an edit while it
 * lasts changes what is measured: Spandrel as its package is built, the subjects in their dialects, and the bench itself.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { bundle } from '../../../.ci/bundle.mjs';

const here = import.meta.dirname;
export const root = join(here, '../../..');
/** What the children are made of. */
const measured = join(here, 'measured');

export const run = join(here, '.cache', String(process.pid));

/** Which source a subject is compiled from, and with which decorators. */
const sources = {
  'nestjs-otel': { source: 'nestjs-otel', legacy: true },
  openinference: { source: 'openinference', legacy: false },
  'spandrel-legacy': { source: 'spandrel', legacy: true },
  'spandrel-standard': { source: 'spandrel', legacy: false },
};

/** Decorators in, JavaScript out, by the compiler that users have. */
export function compiled(text, legacy) {
  const { outputText } = ts.transpileModule(text, {
    fileName: 'subject.ts',
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: legacy,
      verbatimModuleSyntax: true,
    },
  });
  return outputText;
}

/** The working tree's `lib`, or that of a commit. */
function sourceOf(commit) {
  if (commit === undefined) return join(root, 'lib');
  const away = join(run, `source-${commit.replace(/\W/g, '-')}`);
  mkdirSync(away, { recursive: true });
  const archive = execFileSync('git', ['archive', commit, 'lib', 'tsconfig.json'], { cwd: root, maxBuffer: 1e9 });
  execFileSync('tar', ['-x', '-C', away], { input: archive });
  return join(away, 'lib');
}

/** A commit from before the package was bundled is measured as it was. */
function isBundled(commit) {
  if (commit === undefined) return true;
  const listed = execFileSync('git', ['ls-tree', '--name-only', commit, '.ci/bundle.mjs'], { cwd: root });
  return listed.length > 0;
}

async function buildLibrary(into, commit) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const told = ['-p', sourceOf(commit), '--outDir', join(into, 'lib'), '--declaration', 'false'];
  try {
    execFileSync(process.execPath, [tsc, ...told], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  } catch ({ stdout }) {
    // What is being worked on may be wrong somewhere else than where it is measured: it is written all the same.
    console.error(`tsc complains about lib:\n${stdout}`);
  }
  // `log` is here for the program whose annotations are inert, `bootstrap` for traces that are decided at their end.
  if (isBundled(commit)) await bundle(join(into, 'lib'), ['index', 'decorators/index', 'log', 'bootstrap']);
}

function buildSubject(into, name) {
  const { source, legacy } = sources[name] ?? { source: name };
  const text = readFileSync(join(measured, 'subjects', `${source}.mjs`), 'utf8');
  writeFileSync(join(into, 'subjects', `${name}.mjs`), legacy === undefined ? text : compiled(text, legacy));
}

/** One build: the library of the working tree or of a commit, and subjects with it. */
async function buildOne(into, names, commit) {
  cpSync(measured, into, { recursive: true });
  await buildLibrary(into, commit);
  for (const name of names) buildSubject(into, name);
}

/** `of`: the commit to measure instead of the working tree. `against`: another, whose subjects are called `before-…`. */
export async function build(names, { of, against } = {}) {
  process.once('exit', () => rmSync(run, { recursive: true, force: true }));
  rmSync(run, { recursive: true, force: true });
  const [earlier, current] = [names.filter(isEarlier), names.filter((name) => !isEarlier(name))];
  mkdirSync(run, { recursive: true });
  await buildOne(join(run, 'now'), current, of);
  if (earlier.length > 0)
    await buildOne(
      join(run, 'before'),
      earlier.map(placeOf).map(({ subject }) => subject),
      against,
    );
}

const isEarlier = (name) => name.startsWith('before-');

/** Where the build of a subject lies, and what it is called there. */
export function placeOf(name) {
  if (!isEarlier(name)) return { folder: join(run, 'now'), subject: name };
  return { folder: join(run, 'before'), subject: name.replace('before-', 'spandrel-') };
}
