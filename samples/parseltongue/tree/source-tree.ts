// Finds the source files of a tree, one after the other, in sorted order and without recursion.
//
// The rule: every regular file with one of our extensions, exactly as `find PATH -type f` lists them; only `.git` is left out.
// Symbolic links come last, when everything that really lies in the tree is known: a link is followed if it leads to a file
// or directory not met yet, so each real file is found once, under its real name where it has one in the tree. A link to a
// directory that holds the link itself or the tree is a loop and is not followed; nor is one that leads nowhere.

import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { types } from 'node:util';
import { Counted } from 'spandrel';
import { type Language, languageOf } from './language.js';

export interface SourceFile {
  /** Where it is on this machine. */
  readonly location: string;
  /** Its name within the tree, with forward slashes. */
  readonly path: string;
  readonly language: Language;
}

interface Entry {
  /** The way we came, through links if need be: it gives the file its name. */
  readonly location: string;
  /** The same place with all links resolved: it tells whether we have been here. */
  readonly real: string;
  readonly kind: 'directory' | 'file' | 'link';
}

export class NoSuchTree extends Error {
  override readonly name = 'NoSuchTree';
}

export class SourceTree {
  readonly root: string;
  readonly unreadableDirectories: string[] = [];
  readonly links = { followed: 0, skipped: 0, dangling: 0 };
  readonly #start: Entry;
  readonly #links: Entry[] = [];
  readonly #met = new Set<string>();

  private constructor(start: Entry) {
    this.#start = start;
    this.root = start.kind === 'directory' ? start.location : dirname(start.location);
  }

  /** The tree at a path: a directory, or a single file, whose tree is the directory it lies in. */
  static async at(path: string): Promise<SourceTree> {
    const location = resolve(path);
    try {
      const kind = (await stat(location)).isDirectory() ? 'directory' : 'file';
      return new SourceTree({ location, real: await realpath(location), kind });
    } catch (cause) {
      const absent = types.isNativeError(cause) && 'code' in cause && cause.code === 'ENOENT';
      throw new NoSuchTree(`${path} ${absent ? 'does not exist' : 'cannot be opened'}, so there is nothing to analyse`, { cause });
    }
  }

  async *files(): AsyncGenerator<SourceFile> {
    yield* this.#walk(this.#start);
    // Links met on the way through a link join the same list, which is why this is not a for-of.
    for (let link = this.#links.shift(); link; link = this.#links.shift()) {
      const target = await this.#behind(link);
      if (target) yield* this.#walk(target);
    }
  }

  /** One directory's entries, sorted. A directory that cannot be read is counted here, and the walk goes on without it. */
  @Counted('parseltongue.errors.count', { when: 'error', attributes: { kind: 'unreadable-directory' } })
  async entries(directory: { location: string; real: string }): Promise<Entry[]> {
    const found: Entry[] = [];
    for (const entry of await readdir(directory.location, { withFileTypes: true })) {
      const place = { location: join(directory.location, entry.name), real: join(directory.real, entry.name) };
      if (entry.isFile()) found.push({ ...place, kind: 'file' });
      else if (entry.isSymbolicLink()) found.push({ ...place, kind: 'link' });
      else if (entry.isDirectory() && entry.name !== '.git') found.push({ ...place, kind: 'directory' });
    }
    return found.sort((a, b) => (a.location < b.location ? -1 : 1));
  }

  async *#walk(from: Entry): AsyncGenerator<SourceFile> {
    const ahead = [from];
    for (let entry = ahead.pop(); entry; entry = ahead.pop()) {
      if (entry.kind === 'link') {
        this.#links.push(entry);
      } else if (entry.kind === 'directory') {
        if (this.#isNew(entry)) for (const inner of (await this.#entriesOrNone(entry)).reverse()) ahead.push(inner);
      } else {
        const language = languageOf(entry.location);
        if (language && this.#isNew(entry)) {
          yield { location: entry.location, path: this.#within(entry.location), language };
        }
      }
    }
  }

  async #entriesOrNone(directory: Entry): Promise<Entry[]> {
    try {
      return await this.entries(directory);
    } catch {
      this.unreadableDirectories.push(this.#within(directory.location) || '.');
      return [];
    }
  }

  /** What a link leads to, if it is something this walk has not met and may enter. */
  async #behind(link: Entry): Promise<Entry | undefined> {
    let real: string;
    let directory: boolean;
    try {
      real = await realpath(link.location);
      const target = await stat(real);
      directory = target.isDirectory();
      if (!directory && (!target.isFile() || !languageOf(link.location))) return undefined;
    } catch {
      this.links.dangling += 1;
      return undefined;
    }
    const loops = directory && [link.real, this.#start.real].some(place => `${place}${sep}`.startsWith(join(real, sep)));
    if (loops || this.#met.has(real)) {
      this.links.skipped += 1;
      return undefined;
    }
    this.links.followed += 1;
    return { location: link.location, real, kind: directory ? 'directory' : 'file' };
  }

  #isNew(entry: Entry): boolean {
    const before = this.#met.size;
    return this.#met.add(entry.real).size > before;
  }

  #within(location: string): string {
    return relative(this.root, location).split(sep).join('/');
  }
}
