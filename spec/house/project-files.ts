/**
 * The files of this project as the house rules see them: where the root is, what lies in a folder, what a path is called.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** The folder of `package.json`, from wherever the tests were started. */
export const root = rootAbove(process.cwd());

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'lib'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the house rules must run inside the project');
  return rootAbove(parent);
}

/** Files under `folder` with one of the endings, as paths from the root, in alphabetical order; none of packages. */
export function filesIn(folder: string, ...endings: readonly string[]): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => slashed(relative(root, join(entry.parentPath, entry.name))))
    .filter((path) => !/(^|\/)(node_modules|\.cache)\//.test(path))
    .sort();
}

/** Every file that is, or would be, in the repository. */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root });
  return [...new Set(listed.toString('utf8').split('\0'))].filter(isFile).sort();
}

/** The text of a file, by its path from the root. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Whether there is something at this path from the root. */
export function isThere(path: string): boolean {
  return existsSync(join(root, path));
}

/** A path that git lists may be gone by now, or be a link to a folder. */
function isFile(path: string): boolean {
  return path !== '' && statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
}

/** What the house rules read of `package.json`. */
export interface PackageFile {
  readonly version: string;
  readonly main: string;
  readonly types: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly sideEffects: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export function packageFile(): PackageFile {
  return JSON.parse(textOf('package.json')) as PackageFile;
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
