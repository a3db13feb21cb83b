/**
 * Runs the programs of this folder, each in a process of its own, as a program of a user's is: bundled with the library, without
 * what a test runner puts around it.
 */
import { execFile, execFileSync } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DeliveryCount, Health, Settings } from 'spandrel';
import { root } from '../../house/project-files.js';

/** What is around the calls: nothing, a Context that is kept over promises (by anybody), or this library. */
export type Around = 'none' | 'context' | 'spandrel';

interface Fared {
  readonly made: number;
  readonly failed: number;
  readonly spans: number;
  readonly failing: number;
}

export interface NeverSettling {
  /** Bytes the heap grew by, and is larger by once all is dropped. */
  readonly grown: number;
  readonly left: number;
  /** Ordinary calls beside those that never settle, and after them. */
  readonly during: Fared;
  readonly after: Fared;
  readonly running?: Health['running'];
  /** Calls of the same kind that were refused after all of the first were gone. */
  readonly again: number;
}

export interface Flood {
  readonly traces: number;
  readonly failing: number;
  readonly callsASecond: number;
  /** Bytes the heap has grown by as the flood ends, and when the last export is over. */
  readonly sending: number;
  readonly grown: number;
  readonly rss: number;
  /** Milliseconds that the event loop was late by. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly spans?: DeliveryCount;
  /** Traces, those of the warm-up among them. */
  readonly keptForErrors?: number;
  readonly running?: Health['running'];
}

export function neverSettling(kind: string, around: Around, calls: number, settings: Settings = {}) {
  return told<NeverSettling>('never-settling-program', kind, around, String(calls), JSON.stringify(settings));
}

/** How a backend takes what it is sent. */
export const backends: Readonly<Record<string, RequestListener | undefined>> = {
  'takes all': (request, response) => void request.resume().on('end', () => response.end()),
  'never answers': (request) => void request.resume(),
  'is not there': undefined,
};

export async function flood(around: Around, seconds: number, backend: string, settings: Settings = {}): Promise<Flood> {
  const answer = backends[backend];
  const server = createServer(answer ?? (() => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (answer === undefined) server.close();
  try {
    return await told<Flood>('flood-program', around, String(seconds), endpoint, JSON.stringify(settings));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** What the program says of its run, as JSON. */
async function told<Figures>(program: string, ...words: readonly string[]): Promise<Figures> {
  const bundle = join(root, 'spec/load/.cache', `${program}.mjs`);
  const source = join(root, 'spec/load/floods', `${program}.ts`);
  const fixed = ['--bundle', '--platform=node', '--packages=external', '--format=esm', '--target=es2022'];
  const making = [source, `--outfile=${bundle}`, '--log-level=error', ...fixed];
  execFileSync(join(root, 'node_modules/.bin/esbuild'), making, { cwd: root });
  const node = ['--no-warnings', '--expose-gc', '--max-old-space-size=4000', bundle, ...words];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(OTEL|NODE)_/.test(name)));
  const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: root, env, timeout: 60_000 });
  return JSON.parse(stdout) as Figures;
}
