/**
 * A real OpenTelemetry Collector, built by its own builder from the parts that `collector.yaml` names. Takes about three
 * minutes of two cores the first time; from then on it lies in the cache.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textOf } from '../../house/project-files.js';
import { goToolchain } from './go-toolchain.js';
import { cachedPart, partFolder } from './part-cache.js';
import { runCommand } from './run-command.js';

const version = '0.155.0';
const manifest = textOf('spec/backends/parts/collector.yaml');
const name = `collector-${version}-${createHash('sha256').update(manifest).digest('hex').slice(0, 12)}`;

/** The program itself. Throws where it is not installed. */
export function collectorProgram(): string {
  const program = join(partFolder(name), 'otelcol');
  if (!existsSync(program)) throw new Error(`no Collector at ${program}: \`npm run test:backends\` installs it`);
  return program;
}

export async function installCollector(): Promise<void> {
  await cachedPart(name, build);
}

async function build(folder: string): Promise<void> {
  console.log(`${name}: building it, which takes some minutes`);
  const go = await goToolchain();
  const root = (await runCommand(go, ['env', 'GOROOT'], { timeoutMs: 30_000 })).trim();
  const env = {
    GOBIN: join(folder, 'bin'),
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
    PATH: `${root}/bin:${process.env.PATH}`,
  };
  await runCommand(go, ['install', `go.opentelemetry.io/collector/cmd/builder@v${version}`], {
    env,
    timeoutMs: 300_000,
  });
  const sources = join(folder, 'sources');
  const configuration = join(folder, 'builder.yaml');
  await writeFile(configuration, manifest.replace('dist:', `dist:\n  output_path: ${sources}\n  go: ${go}`));
  await runCommand(join(folder, 'bin/builder'), ['--config', configuration], { env, timeoutMs: 900_000 });
  await rename(join(sources, 'otelcol'), join(folder, 'otelcol'));
  for (const rest of ['bin', 'sources', 'builder.yaml']) await rm(join(folder, rest), { recursive: true });
}
