/**
 * The environment as it was read, for the parts of the SDK, which read it by themselves: what cannot be read is to be ignored by
 * them, too, and what is a word in capitals, or between blanks, is to be that word.
 */
import type { Environment } from './environment.js';

/** Variables with the value they are to have in place of the one they have; `undefined`: none. */
export type Corrections = ReadonlyMap<string, string | undefined>;

/** Does work that is not asynchronous; nobody else sees the corrections. Where there are none, the environment is not touched. */
export function withCorrections<T>(corrections: Corrections, work: () => T): T {
  const before = new Map([...corrections.keys()].map((variable) => [variable, process.env[variable]]));
  write(corrections);
  try {
    return work();
  } finally {
    write(before);
  }
}

/** What differs, as corrections; of variables that are set. */
export function correctionsOf(environment: Environment, read: ReadonlyMap<string, string | undefined>): Corrections {
  return new Map([...read].filter(([variable, value]) => environment[variable] !== value));
}

function write(values: Corrections): void {
  for (const [variable, value] of values) {
    if (value === undefined) delete process.env[variable];
    else process.env[variable] = value;
  }
}
