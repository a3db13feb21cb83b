// Which file of the tree an import means. Only files of the tree count, so this asks a set of paths and never the disk;
// `node:fs`, or a package that is not in the tree, is not found.

import { posix } from 'node:path';
import type { Project } from '../tree/project-map.js';

const TYPESCRIPT = ['.ts', '.tsx', '.d.ts', '.mts', '.cts', '.d.mts', '.d.cts'];
const JAVASCRIPT = ['.js', '.jsx', '.mjs', '.cjs'];
/** What the name of an output file may stand for: `./x.js` in TypeScript means `x.ts`. */
const SOURCES_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx', '.d.ts']],
  ['.jsx', ['.tsx', '.d.ts']],
  ['.mjs', ['.mts', '.d.mts']],
  ['.cjs', ['.cts', '.d.cts']],
]);

export class ModuleResolver {
  readonly #files: ReadonlySet<string>;
  readonly #projects = new Map<string, Project[]>();

  constructor(files: ReadonlySet<string>, projects: Iterable<Project>) {
    this.#files = files;
    for (const project of projects) this.#projects.set(project.name, [...(this.#projects.get(project.name) ?? []), project]);
  }

  resolve(importer: string, specifier: string): string | undefined {
    const typed = TYPESCRIPT.some(ending => importer.endsWith(ending));
    if (/^\.\.?(\/|$)/.test(specifier)) return this.#probe(posix.join(posix.dirname(importer), specifier), typed);
    const parts = specifier.split('/');
    const length = specifier.startsWith('@') ? 2 : 1;
    const project = this.#nearest(importer, parts.slice(0, length).join('/'));
    return project && this.#enter(project, parts.slice(length).join('/'), typed);
  }

  /** As Node looks for packages: in node_modules of each directory upwards, else the one of that name in the tree. */
  #nearest(importer: string, name: string): Project | undefined {
    const named = this.#projects.get(name);
    if (!named || named.length === 1) return named?.[0];
    const within = (project: Project): number => {
      const home = project.directory.slice(0, Math.max(0, project.directory.length - `node_modules/${name}`.length));
      return importer.startsWith(home) ? home.length : -1;
    };
    return named.reduce((best, project) => (within(project) > within(best) ? project : best));
  }

  #enter(project: Project, subpath: string, typed: boolean): string | undefined {
    const declared = project.entries.get(subpath === '' ? '.' : `./${subpath}`) ?? [];
    // TypeScript reads the types of a package, JavaScript its code; either is better than nothing.
    const isTyped = (entry: string): boolean => TYPESCRIPT.some(ending => entry.endsWith(ending));
    const preferred = [...declared].sort((a, b) => Number(isTyped(b) === typed) - Number(isTyped(a) === typed));
    for (const entry of [...preferred, subpath, posix.join('src', subpath)]) {
      const found = this.#probe(posix.join(project.directory, entry), typed);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #probe(path: string, typed: boolean): string | undefined {
    const base = posix.normalize(path).replace(/^\.?\/|\/$/g, '');
    const ending = posix.extname(base);
    const stem = base.slice(0, base.length - ending.length);
    const sources = (SOURCES_OF.get(ending) ?? []).map(source => stem + source);
    const endings = typed ? [...TYPESCRIPT, ...JAVASCRIPT] : [...JAVASCRIPT, ...TYPESCRIPT];
    const candidates = [
      ...(typed ? [...sources, base] : [base, ...sources]),
      ...endings.map(e => base + e),
      ...endings.map(e => posix.join(base, `index${e}`)),
    ];
    return candidates.find(candidate => this.#files.has(candidate));
  }
}
