/**
 * Programs of Debian's packages, unpacked into the cache: nothing is installed into the system, and no service starts.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command.js';

/** Downloads the packages and unpacks them into `folder`. Asks for the list of packages only when they are not known. */
export async function unpackDebian(packages: readonly string[], folder: string): Promise<void> {
  const downloads = join(folder, 'downloads');
  await mkdir(downloads);
  const download = (): Promise<string> =>
    runCommand('apt-get', ['download', ...packages], { cwd: downloads, timeoutMs: 180_000 });
  await download().catch(async () => {
    // The list may be missing, or name a version that is no longer there.
    await asRoot(['apt-get', 'update', '-qq']);
    await download();
  });
  for (const file of await readdir(downloads)) {
    await runCommand('dpkg', ['-x', join(downloads, file), folder], { timeoutMs: 60_000 });
  }
  await rm(downloads, { recursive: true });
}

/** Runs a command as root: as it is where we are root, through `sudo` elsewhere. */
export async function asRoot([command = '', ...args]: readonly string[]): Promise<void> {
  const root = process.getuid?.() === 0;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand(root ? command : 'sudo', root ? args : ['-n', command, ...args], { env, timeoutMs: 300_000 });
}
