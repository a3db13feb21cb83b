/**
 * A program of its own, run by Node, and how it ended. It never outlives the test: it is killed when its time is up.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Run {
  readonly arguments?: readonly string[];
  /** Beside the environment of the tests, without its `OTEL_*`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Node's own arguments, before the program. */
  readonly node?: readonly string[];
  /** Called each time the program has written a line to its output. */
  readonly onLine?: (line: string, kill: (signal: NodeJS.Signals) => void) => void;
}

const endsWithinMs = 15_000;

/** Runs `spec/lifecycle/<name>` to its end. */
export function runProgram(name: string, run: Run = {}): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(([variable]) => !/^(OTEL|NODE)_/.test(variable));
  const child = spawn(
    process.execPath,
    [...(run.node ?? ['--import', 'tsx']), join(__dirname, name), ...(run.arguments ?? [])],
    { env: { ...Object.fromEntries(inherited), ...run.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const written = { stdout: '', stderr: '' };
  let lines = 0;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
    const complete = written.stdout.split('\n').slice(0, -1);
    for (const line of complete.slice(lines)) run.onLine?.(line, (signal) => child.kill(signal));
    lines = complete.length;
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...written });
    });
  });
}
