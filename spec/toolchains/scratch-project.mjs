/**
 * An empty project outside the clone, with the packed package and every toolchain in it: the package as a user has it, and
 * none of this project's own settings or versions.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('./program', import.meta.url));
const run = promisify(execFile);

/** Exact, so that a run tells of the same compilers everywhere. */
export const versions = {
  typescript: '6.0.3',
  esbuild: '0.28.2',
  '@swc/core': '1.16.22',
  rollup: '4.68.8',
  '@rollup/plugin-node-resolve': '16.0.3',
  webpack: '5.112.2',
};

/** What Spandrel builds on, pinned as the README says a user should. */
const pinned = ['@opentelemetry/sdk-metrics', '@opentelemetry/sdk-trace-base', '@opentelemetry/sdk-logs'];

export class ScratchProject {
  #folder = mkdtempSync(join(tmpdir(), 'spandrel-toolchains-'));

  /** Packs this project and installs it, with the toolchains beside it. */
  async install() {
    await run('npm', ['pack', '--silent', '--pack-destination', this.#folder], { cwd: root });
    const tarball = readdirSync(this.#folder).find((file) => file.endsWith('.tgz'));
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    writeFileSync(
      join(this.#folder, 'package.json'),
      JSON.stringify({
        name: 'scratch',
        private: true,
        dependencies: {
          spandrel: `file:${tarball}`,
          ...Object.fromEntries(pinned.map((name) => [name, dependencies[name]])),
        },
        devDependencies: { ...versions, '@types/node': devDependencies['@types/node'] },
      }),
    );
    await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: this.#folder });
  }

  /** A folder with the program as written for `dialect`, and the module system its output will be in. */
  folderFor(name, dialect, system) {
    const folder = join(this.#folder, name);
    mkdirSync(folder);
    cpSync(program, folder, { recursive: true, filter: (path) => !path.endsWith('legacy') });
    if (dialect === 'legacy') cpSync(join(program, 'legacy'), folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: system === 'esm' ? 'module' : 'commonjs' }));
    return folder;
  }

  /** A module of a package of the project, to be called from here. */
  async tool(name, file) {
    const module = await import(join(this.#folder, 'node_modules', name, file));
    return module.default ?? module;
  }

  /** Where a file of a package of the project lies. */
  pathOf(name, file) {
    return join(this.#folder, 'node_modules', name, file);
  }

  remove() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
