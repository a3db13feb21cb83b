/**
 * A Go that can build the Collector: the one that is installed where it is new enough, else one of the module proxy,
 * which is where Go's own `GOTOOLCHAIN` takes them from.
 */
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDebian } from './debian-package.js';
import { cachedPart } from './part-cache.js';
import { runCommand } from './run-command.js';

/** What the modules of the Collector ask for in their `go.mod`. */
const least = [1, 25] as const;
const ours = 'go1.26.0';

/** The path of a `go` that is new enough. */
export async function goToolchain(): Promise<string> {
  const version = await runCommand('go', ['env', 'GOVERSION'], { timeoutMs: 30_000 }).catch(() => 'none');
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) > least[0] || (Number(major) === least[0] && Number(minor) >= least[1])) return 'go';
  console.log(`go: ${version.trim()} here, ${least.join('.')} needed`);
  return join(await cachedPart(`${ours}-${process.arch}`, downloadToolchain), 'bin/go');
}

/** Debian's Go is too old to build with, and good enough to fetch a module. It checks the sum of what it fetches. */
async function downloadToolchain(folder: string): Promise<void> {
  const old = join(folder, 'old');
  await mkdir(old);
  await unpackDebian(['golang-1.19-go', 'golang-1.19-src'], old);
  const root = join(old, 'usr/lib/go-1.19');
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const found = await runCommand(
    join(root, 'bin/go'),
    ['mod', 'download', '-json', `golang.org/toolchain@v0.0.1-${ours}.linux-${architecture}`],
    { timeoutMs: 300_000, env: { GOROOT: root, GOFLAGS: '-modcacherw', GOMODCACHE: join(old, 'modules') } },
  );
  const { Dir: unpacked } = JSON.parse(found) as { Dir: string };
  for (const entry of await readdir(unpacked)) await rename(join(unpacked, entry), join(folder, entry));
  await rm(old, { recursive: true });
  // Modules hold no programs, so these come without the right to be run.
  for (const programs of ['bin', `pkg/tool/linux_${architecture}`]) {
    for (const name of await readdir(join(folder, programs))) await chmod(join(folder, programs, name), 0o755);
  }
}
