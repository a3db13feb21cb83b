/**
 * What 50 annotations cost the compiler: the same class with and without them, in both dialects, by every compiler given.
 * Prints a table in Markdown.
 *
 *     npx tsx spec/bench/type-checking/measure.ts [--runs 7] [folder of another typescript package …]
 *
 * The declarations are built from `lib/` into a folder of their own, as a user's project reads them. Times are of the
 * processor; a compiler without an API for it (TypeScript 7) says its own, of the clock.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../house/project-files.js';
import { classText, opening } from './annotated-class.js';
import { difference, type Figures, medians, part } from './figures.js';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '7' } },
  allowPositionals: true,
});
const runs = Number(values.runs);
const own = join(root, 'node_modules/typescript');
/** One class is small beside what varies between two runs: many of them say more of the time. */
const many = 20;
const annotations = 50;

const folder = mkdtempSync(join(tmpdir(), 'spandrel-types-'));
try {
  layOut();
  print();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The project of a user: the package, and the programs to compare. */
function layOut(): void {
  const emit = ['-p', 'lib', '--noCheck', '--emitDeclarationOnly', '--outDir', join(folder, 'spandrel')];
  execFileSync(process.execPath, [join(own, 'bin/tsc'), ...emit], { cwd: root, stdio: 'inherit' });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const classes = (count: number, decorated: Parameters<typeof classText>[2]): string =>
    Array.from({ length: count }, (_, n) => classText(`Shop${n}`, annotations, decorated)).join('');
  const lay = (name: string, text: string): void => writeFileSync(join(folder, `${name}.ts`), text);
  lay('none', opening.none + classes(1, 'bare'));
  for (const [prefix, count] of Object.entries({ '': 1, 'many-': many })) {
    lay(`${prefix}bare`, opening.imported + classes(count, 'bare'));
    lay(`${prefix}annotated`, opening.imported + classes(count, 'annotated'));
    lay(`${prefix}plain`, opening.imported + opening.plain + classes(count, 'plain'));
  }
}

function print(): void {
  console.log(`${annotations} annotations; medians of ${runs} runs; Node ${process.version}\n`);
  console.log(
    '| TypeScript | Dialect | Types | Instantiations | The first class | Each more | The import alone | Nothing checked: the first class | Each more |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const compiler of [own, ...positionals.map((path) => resolve(path))]) {
    const { version } = JSON.parse(readFileSync(join(compiler, 'package.json'), 'utf8')) as { version: string };
    for (const legacy of [false, true]) {
      const { first, more, imported, plain, plainMore } = cost(compiler, legacy);
      const counts = [first.types, first.instantiations].map((figure) => figure.toLocaleString('en'));
      const times = [first, more, imported, plain, plainMore].map(({ checkMs }) => `${Math.round(checkMs)} ms`);
      console.log(`| ${[version, legacy ? 'legacy' : 'standard', ...counts, ...times].join(' | ')} |`);
    }
  }
}

type Cost = Readonly<Record<'first' | 'more' | 'imported' | 'plain' | 'plainMore', Figures>>;

/** Each run compiles all programs one after the other, so that what slows the machine down slows all of them. */
function cost(compiler: string, legacy: boolean): Cost {
  const taken = Array.from({ length: runs }, (): Cost => {
    const of = (name: string): Figures => checked(compiler, legacy, name);
    const [none, bare, manyBare] = [of('none'), of('bare'), of('many-bare')];
    const [first, plain] = [difference(of('annotated'), bare), difference(of('plain'), bare)];
    const others = (name: string, one: Figures): Figures =>
      part(difference(difference(of(`many-${name}`), manyBare), one), many - 1);
    const [more, plainMore] = [others('annotated', first), others('plain', plain)];
    return { first, more, plain, plainMore, imported: difference(bare, none) };
  });
  return {
    first: medians(taken.map(({ first }) => first)),
    more: medians(taken.map(({ more }) => more)),
    imported: medians(taken.map(({ imported }) => imported)),
    plain: medians(taken.map(({ plain }) => plain)),
    plainMore: medians(taken.map(({ plainMore }) => plainMore)),
  };
}

function checked(compiler: string, legacy: boolean, name: string): Figures {
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    experimentalDecorators: legacy,
    paths: { spandrel: ['./spandrel/index.d.ts'] },
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return existsSync(join(compiler, 'lib/typescript.js')) ? measured(compiler, config) : said(compiler, config);
}

function measured(compiler: string, config: string): Figures {
  const once = ['--import', 'tsx', join(root, 'spec/bench/type-checking/check-once.ts'), compiler, config];
  return JSON.parse(execFileSync(process.execPath, once, { cwd: root, encoding: 'utf8' })) as Figures;
}

function said(compiler: string, config: string): Figures {
  const command = [join(compiler, 'bin/tsc'), '-p', config, '--extendedDiagnostics'];
  const text = execFileSync(process.execPath, command, { encoding: 'utf8' });
  const figure = (label: string): number => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(text)?.[1]);
  return { types: figure('Types'), instantiations: figure('Instantiations'), checkMs: figure('Check time') * 1000 };
}
