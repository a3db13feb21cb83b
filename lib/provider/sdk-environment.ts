/**
 * What the OpenTelemetry SDK reads from the environment by itself while its parts are made: only what was read here, and as it was read
 * here. Left to itself it takes a negative limit for a limit, and a word in capitals for none.
 */
import type { Environment } from './settings/environment.js';

/** Makes a part of the SDK with this environment in the place of the process's, which nobody else sees: `make` is not asynchronous. */
export function inEnvironment<T>(environment: Environment, make: () => T): T {
  const { env } = process;
  process.env = { ...environment };
  try {
    return make();
  } finally {
    process.env = env;
  }
}
