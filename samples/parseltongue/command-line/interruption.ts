// Ctrl-C, and being told to terminate: the first time the analysis ends early and all that was measured is still shown or
// sent; the second time the process ends at once.

export interface Interruption {
  readonly signal: AbortSignal;
  /** The exit code that says so, once it has happened. */
  readonly exitCode: number | undefined;
}

/** By POSIX convention, 128 and the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export function interruptible(): Interruption {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const stop = (name: keyof typeof EXIT_CODES) => (): void => {
    if (exitCode !== undefined) process.exit(EXIT_CODES[name]);
    exitCode = EXIT_CODES[name];
    controller.abort();
  };
  process.on('SIGINT', stop('SIGINT'));
  process.on('SIGTERM', stop('SIGTERM'));
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
  };
}
