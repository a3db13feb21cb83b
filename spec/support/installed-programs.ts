/**
 * Programs compiled to plain JavaScript, as a CommonJS or an ES module, with the package installed beside them as it is published:
 * for what has to happen in a process of its own, without a compiler in the way of its imports.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

export type ModuleFormat = 'cjs' | 'esm';

const extension = { cjs: 'cjs', esm: 'mjs' } as const;

export interface InstalledPrograms {
  /** Runs `node` there with these arguments, and gives what it printed. */
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<string>;
  /** Puts a file beside the programs. */
  write(name: string, text: string): void;
  remove(): void;
}

/** Compiles TypeScript files to files of the same names, `.cjs` or `.mjs`, in a folder of their own. */
export function installPrograms(format: ModuleFormat, sources: readonly string[]): InstalledPrograms {
  // Below the project, where the other packages are found.
  mkdirSync('.cache', { recursive: true });
  const folder = resolve(mkdtempSync(join('.cache', 'programs-')));
  const library = join(folder, 'node_modules', 'spandrel');
  const index = `index.${extension[format]}`;
  esbuild('lib/index.ts', join(library, index), format, '--bundle', '--packages=external');
  const manifest = { name: 'spandrel', version: '0.0.0', exports: `./${index}` };
  writeFileSync(join(library, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'programs', private: true }));
  for (const source of sources) {
    esbuild(source, join(folder, `${basename(source, '.ts')}.${extension[format]}`), format);
  }
  return {
    async run(args, environment = {}) {
      const env = { ...process.env, NODE_OPTIONS: '', ...environment };
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env, timeout: 15_000 });
      return stdout;
    },
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function esbuild(source: string, to: string, format: ModuleFormat, ...args: string[]): void {
  const fixed = [source, `--outfile=${to}`, `--format=${format}`, '--platform=node', '--target=es2022'];
  execFileSync('node_modules/.bin/esbuild', [...fixed, '--log-level=error', ...args], { stdio: 'pipe' });
}
