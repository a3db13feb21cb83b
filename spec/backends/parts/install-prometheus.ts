/**
 * A real Prometheus with its promtool, from Debian's package, beside the system and not in it: no service is started.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDebian } from './debian-package.js';
import { cachedPart, partFolder } from './part-cache.js';
import { runCommand } from './run-command.js';

const name = 'prometheus-debian';

/** The path of one of its programs. Throws where it is not installed. */
export function prometheusProgram(program: 'prometheus' | 'promtool'): string {
  const path = join(partFolder(name), 'usr/bin', program);
  if (!existsSync(path)) throw new Error(`no ${program} at ${path}: \`npm run test:backends\` installs it`);
  return path;
}

export async function installPrometheus(): Promise<void> {
  await cachedPart(name, (folder) => unpackDebian(['prometheus'], folder));
  const [version] = (await runCommand(prometheusProgram('prometheus'), ['--version'], { timeoutMs: 30_000 })).split(
    '\n',
  );
  console.log(version);
}
