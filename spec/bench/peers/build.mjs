/**
 * Builds what the child processes load: Spandrel from the working tree, and every subject for every package in both
 * dialects. Packages stay packages; only our own files are compiled.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const cache = join(here, '.cache');
const subjects = readdirSync(join(here, 'subjects')).filter((file) => !/^(annotated|marked)\.ts$/.test(file));

const settings = { bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'error' };

/** `./annotated.js` in a subject is the module of the package it is built for, which is loaded as it stands. */
const annotatedBy = (neighbour) => ({
  name: 'annotated by',
  setup({ onResolve }) {
    const path = join(here, 'neighbours', `${neighbour}.mjs`);
    onResolve({ filter: /^\.\/annotated\.js$/ }, () => ({ path, external: true }));
  },
});

/** The legacy dialect has no decorators on private names: the compiler refuses them. */
const possible = (dialect) => subjects.filter((file) => dialect === 'standard' || file !== 'private-method.ts');

const tsconfig = (dialect) => ({ compilerOptions: { experimentalDecorators: dialect === 'legacy' } });

/** Where a subject lies when it is built; `target` is that of the compiler. */
export const builtSubject = (neighbour, dialect, target, subject) =>
  join(cache, neighbour, `${dialect}-${target}`, `${subject}.js`);

export async function buildAll(neighbours) {
  rmSync(cache, { recursive: true, force: true });
  await build({
    ...settings,
    entryPoints: [join(here, '../../../lib/index.ts')],
    outfile: join(cache, 'spandrel.mjs'),
    target: 'es2022',
  });
  for (const neighbour of neighbours) {
    for (const dialect of ['standard', 'legacy']) {
      // es2016 has no async functions: the compiler writes them as functions that give a promise.
      for (const target of ['es2022', 'es2016']) {
        await build({
          ...settings,
          entryPoints: possible(dialect).map((file) => join(here, 'subjects', file)),
          outdir: join(cache, neighbour, `${dialect}-${target}`),
          plugins: [annotatedBy(neighbour)],
          tsconfigRaw: tsconfig(dialect),
          target,
        });
      }
    }
  }
}
