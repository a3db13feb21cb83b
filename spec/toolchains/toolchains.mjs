/**
 * The toolchains: how each makes JavaScript of the program's TypeScript, for a dialect and a module system, with no more
 * settings than a user would give it. A new one is a row here.
 */
import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { versions } from './scratch-project.mjs';

const run = promisify(execFile);
const sourcesIn = (folder) => readdirSync(folder).filter((file) => file.endsWith('.ts'));

/** `build` leaves JavaScript in the folder and gives the file to run; `dialects` are those it has, if not both. */
export const toolchains = [
  { name: `tsc ${versions.typescript}`, build: compiled },
  { name: `esbuild ${versions.esbuild}, file by file`, build: transpiled },
  { name: `esbuild ${versions.esbuild}, bundled`, build: bundled },
  {
    name: `swc ${versions['@swc/core']}`,
    build: swapped({
      standard: { decoratorVersion: '2023-11' },
      legacy: { legacyDecorator: true, decoratorMetadata: true },
    }),
  },
  {
    name: `swc ${versions['@swc/core']}, "2022-03"`,
    build: swapped({ standard: { decoratorVersion: '2022-03' } }),
    dialects: ['standard'],
  },
  { name: `swc ${versions['@swc/core']}, no version`, build: swapped({ legacy: {} }), dialects: ['legacy'] },
  { name: `tsc ${versions.typescript}, then rollup ${versions.rollup}`, build: rolled },
  { name: `tsc ${versions.typescript}, then webpack ${versions.webpack}`, build: packed },
];

async function compiled({ project, folder, dialect }) {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023', 'esnext.decorators', 'esnext.disposable'],
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    ...(dialect === 'legacy' ? { experimentalDecorators: true, emitDecoratorMetadata: true } : {}),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  try {
    await run(process.execPath, [project.pathOf('typescript', 'bin/tsc'), '-p', folder]);
  } catch (error) {
    throw new Error(error.stdout, { cause: error });
  }
  return 'main.js';
}

const settingsFor = (dialect) => ({
  target: 'es2022',
  tsconfigRaw: { compilerOptions: { experimentalDecorators: dialect === 'legacy' } },
  logLevel: 'silent',
});

async function transpiled({ project, folder, dialect, system }) {
  const esbuild = await project.tool('esbuild', 'lib/main.js');
  const entryPoints = sourcesIn(folder).map((file) => join(folder, file));
  await esbuild.build({ ...settingsFor(dialect), entryPoints, outdir: folder, format: system, platform: 'node' });
  return 'main.js';
}

/** With Spandrel in the bundle and OpenTelemetry outside of it. */
async function bundled({ project, folder, dialect, system }) {
  const esbuild = await project.tool('esbuild', 'lib/main.js');
  await esbuild.build({
    ...settingsFor(dialect),
    entryPoints: [join(folder, 'main.ts')],
    outfile: join(folder, 'bundle.js'),
    bundle: true,
    format: system,
    platform: 'node',
    external: ['@opentelemetry/*', 'reflect-metadata'],
  });
  return 'bundle.js';
}

/** swc with the settings of each dialect's decorators. */
function swapped(transforms) {
  return async ({ project, folder, dialect, system }) => {
    const swc = await project.tool('@swc/core', 'index.js');
    for (const file of sourcesIn(folder)) {
      const { code } = await swc.transformFile(join(folder, file), {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          target: 'es2022',
          transform: transforms[dialect],
        },
        module: { type: system === 'esm' ? 'es6' : 'commonjs' },
        swcrc: false,
      });
      writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), code);
    }
    return 'main.js';
  };
}

async function rolled({ project, folder, dialect, system }) {
  // Rollup takes ES modules; what comes out is what was asked for.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await compiled({ project, folder, dialect });
  const { rollup } = await project.tool('rollup', 'dist/rollup.js');
  const resolve = await project.tool('@rollup/plugin-node-resolve', 'dist/cjs/index.js');
  const bundle = await rollup({
    input: join(folder, 'main.js'),
    external: /^(@opentelemetry\/|reflect-metadata|node:)/,
    plugins: [(resolve.nodeResolve ?? resolve)()],
    onLog: () => {},
  });
  const file = system === 'esm' ? 'bundle.mjs' : 'bundle.cjs';
  await bundle.write({ file: join(folder, file), format: system });
  await bundle.close();
  return file;
}

/** Webpack replaces what it knows of Node, and only warns where it cannot: a warning is a failure. */
async function packed({ project, folder, dialect, system }) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await compiled({ project, folder, dialect });
  const webpack = await project.tool('webpack', 'lib/index.js');
  const esm = system === 'esm';
  const filename = esm ? 'bundle.mjs' : 'bundle.cjs';
  const stats = await promisify(webpack)({
    mode: 'production',
    optimization: { minimize: false },
    target: 'node20',
    context: folder,
    entry: './main.js',
    experiments: { outputModule: esm },
    output: { path: folder, filename, library: { type: esm ? 'module' : 'commonjs2' } },
    externalsType: esm ? 'module' : 'commonjs',
    externals: /^(@opentelemetry\/|reflect-metadata)/,
  });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'));
  return filename;
}
