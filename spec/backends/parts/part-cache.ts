/**
 * Where backends are kept between runs, outside of the repository: one folder for each make of a part. A folder is there
 * whole or not at all.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'spandrel');

/** The folder of a part, by its name and what it was made from; it need not be there yet. */
export function partFolder(name: string): string {
  return join(cache, name);
}

/**
 * The folder of a part, made by `make` where it is missing. `make` works in an empty folder, and what it leaves there
 * becomes the part when it has succeeded. One that is made twice at the same time is one in the end.
 */
export async function cachedPart(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = partFolder(name);
  if (existsSync(folder)) {
    console.log(`${name}: there already, in ${folder}`);
    return folder;
  }
  const began = Date.now();
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'making-'));
  try {
    await make(work);
    await rename(work, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  console.log(`${name}: installed in ${Math.round((Date.now() - began) / 1000)} s, in ${folder}`);
  return folder;
}
