/**
 * Source text compiled as projects compile theirs, and run: by TypeScript, and by esbuild (its program, since its module does
 * not work inside of Jest). In the dialect of the suite.
 */
import { execFileSync } from 'node:child_process';
import * as spandrel from 'spandrel';
import ts from 'typescript';
import { dialect } from './dialect.js';

const experimentalDecorators = dialect === 'legacy';

/** What a source exports, compiled by TypeScript. */
export function byTypeScript<Exports>(source: string, options: ts.CompilerOptions = {}): Exports {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      experimentalDecorators,
      ...options,
    },
  });
  return run(outputText);
}

/** What a source exports, compiled by esbuild with more arguments. */
export function byEsbuild<Exports>(source: string, ...args: string[]): Exports {
  const options = JSON.stringify({ compilerOptions: { experimentalDecorators } });
  const fixed = ['--loader=ts', '--target=es2022', '--format=cjs', `--tsconfig-raw=${options}`];
  return run(execFileSync('node_modules/.bin/esbuild', [...fixed, ...args], { input: source, encoding: 'utf8' }));
}

function run<Exports>(code: string): Exports {
  const module = { exports: {} as Exports };
  const load = (name: string): unknown => {
    if (name !== 'spandrel') throw new Error(`the source imports ${name}`);
    return spandrel;
  };
  new Function('module', 'exports', 'require', code)(module, module.exports, load);
  return module.exports;
}
