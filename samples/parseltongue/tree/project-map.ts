// Which project a file belongs to: the nearest directory at or above it, within the tree, whose package.json has a name.
// Stubs without a name, such as `build/esm/package.json` with `{ "type": "module" }`, do not make a project.
// A file with no such directory belongs to the root of the tree, which is then a project of its own.

import { readFile } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';

export interface Project {
  readonly name: string;
  /** The directory within the tree; '' is the root. */
  readonly directory: string;
  /** Where the package can be entered, by the path after its name ('.' for the package itself); first choice first. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
}

export class ProjectMap {
  readonly #root: string;
  readonly #known = new Map<string, Promise<Project | undefined>>();

  constructor(root: string) {
    this.#root = root;
  }

  async of(path: string): Promise<Project> {
    let directory = path;
    do {
      directory = posix.dirname(directory);
      if (directory === '.') directory = '';
      const project = await this.#in(directory);
      if (project) return project;
    } while (directory !== '');
    throw new Error('the root of a tree is always a project');
  }

  #in(directory: string): Promise<Project | undefined> {
    let known = this.#known.get(directory);
    if (!known) this.#known.set(directory, (known = this.#read(directory)));
    return known;
  }

  async #read(directory: string): Promise<Project | undefined> {
    const manifest = await readManifest(join(this.#root, directory, 'package.json'));
    if (typeof manifest?.name === 'string' && manifest.name !== '') {
      return { name: manifest.name, directory, entries: entriesOf(manifest) };
    }
    return directory === '' ? { name: basename(this.#root) || '/', directory, entries: new Map() } : undefined;
  }
}

async function readManifest(location: string): Promise<Record<string, unknown> | undefined> {
  try {
    const parsed: unknown = JSON.parse(await readFile(location, 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    // Most directories have none; one that is not JSON names no project either.
    return undefined;
  }
}

/** `exports`, then the older fields. Conditions are flattened: we want a file of the package, not a platform's choice. */
function entriesOf(manifest: Record<string, unknown>): Map<string, string[]> {
  const entries = new Map<string, string[]>();
  const add = (subpath: string, target: unknown): void => {
    const waiting = [target];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (typeof next === 'string') entries.set(subpath, [...(entries.get(subpath) ?? []), next]);
      else if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next).reverse());
    }
  };
  const { exports, main, module, types, typings } = manifest;
  const subpaths = typeof exports === 'object' && exports !== null ? Object.entries(exports).filter(([k]) => k.startsWith('.')) : [];
  if (subpaths.length === 0) add('.', exports);
  for (const [subpath, target] of subpaths) add(subpath, target);
  for (const field of [main, module, types, typings]) add('.', field);
  return entries;
}
