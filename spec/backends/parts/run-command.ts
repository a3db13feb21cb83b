/**
 * Runs a command to its end within a time. What it prints is shown only when it fails: an install that works is one line.
 */
import { spawn } from 'node:child_process';

export interface CommandOptions {
  /** After it the command is killed, with all that it started. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from its standard input. */
  readonly input?: string;
}

/** What the command printed. Throws an error that holds it when the command fails, can't be started or takes too long. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { timeoutMs, cwd, env, input }: CommandOptions,
): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, so that compilers that it started go with it.
    detached: true,
  });
  // A command that reads nothing may be gone before it is written to.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, timeoutMs);
  const end = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? '' : `ended with ${code ?? signal}`));
  });
  clearTimeout(timer);
  const text = Buffer.concat(printed).toString('utf8');
  if (end === '') return text;
  const why = late ? `took longer than ${timeoutMs / 1000} s` : end;
  throw new Error(`\`${[command, ...args].join(' ')}\` ${why}\n${text.slice(-8000)}`);
}
