/**
 * A program that runs beside the test: started, waited for until it says that it is ready, and ended by its own id.
 */
import { type ChildProcess, spawn } from 'node:child_process';

/** It ended before it was ready, or never was; the message holds what it printed. */
export class NotStarted extends Error {}

type Environment = Readonly<Record<string, string>>;

export class StartedProgram {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #printed = '';

  private constructor(program: string, args: readonly string[], env: Environment) {
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#print(error.message);
        resolve();
      });
      this.#child.once('close', () => resolve());
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#print(chunk.toString('utf8')));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#print(chunk.toString('utf8')));
  }

  /** Resolves when the program has printed what `ready` matches, within 20 s. `env` goes over the environment of this process. */
  static async start(
    program: string,
    args: readonly string[],
    ready: RegExp,
    env: Environment = {},
  ): Promise<StartedProgram> {
    const started = new StartedProgram(program, args, env);
    let timer: NodeJS.Timeout | undefined;
    const isReady = await Promise.race([
      started.printed(ready).then(() => true),
      started.#ended.then(() => false),
      new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), 20_000);
      }),
    ]);
    clearTimeout(timer);
    if (isReady) return started;
    await started.end('SIGKILL');
    throw new NotStarted(`${program} was not ready:\n${started.log}`);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The last of what it printed, for the message of a test that fails. */
  get log(): string {
    return this.#printed.slice(-6000);
  }

  /** Resolves when the program has printed what `pattern` matches. */
  async printed(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.#printed)) {
      await new Promise<void>((resolve) => {
        this.#child.stdout?.once('data', () => resolve());
        this.#child.stderr?.once('data', () => resolve());
      });
    }
  }

  /** Ends it, and waits until it has; one that does not end in 10 s is killed. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    this.#child.kill(signal);
    await this.#ended;
    clearTimeout(killer);
  }

  /** Stops it where it is, until it is told to go on. It answers nobody, and keeps its connections. */
  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  #print(text: string): void {
    this.#printed = (this.#printed + text).slice(-200_000);
  }
}
