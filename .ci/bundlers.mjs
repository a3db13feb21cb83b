/**
 * Bundles as a user of `folder`, an installed project, would get them: with esbuild or rollup, OpenTelemetry left outside.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { build } from 'esbuild';
import { rollup } from 'rollup';

const outside = /^(@opentelemetry\/|reflect-metadata|node:)/;

export const bundlers = { esbuild: byEsbuild, rollup: byRollup };

/** One ES module of `contents` (JavaScript) and all that it needs of Spandrel. `minify` is esbuild's. */
export async function byEsbuild(folder, contents, { minify = false } = {}) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    absWorkingDir: folder,
    external: ['@opentelemetry/*', 'reflect-metadata'],
    bundle: true,
    minify,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

export async function byRollup(folder, contents) {
  const input = join(folder, 'bundled-by-rollup.mjs');
  writeFileSync(input, contents);
  const bundle = await rollup({ input, external: outside, plugins: [nodeResolve({ rootDir: folder })] });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output[0].code;
}
