/**
 * The logger that a program registered with OpenTelemetry's `diag`, while telemetry runs: the API and the SDK tell it things in the
 * middle of their work, and one that throws would break that off half way.
 */
import { attempted } from './late-failure.js';

const levels = ['error', 'warn', 'info', 'debug', 'verbose'] as const;

type Told = (...words: unknown[]) => void;

/** Guards the functions of a logger where they are, since the API hands that one out. Gives back what puts them back. */
export function guardedLogger(logger: unknown): () => void {
  const places = logger as Record<string, unknown>;
  const undo: (() => void)[] = [];
  for (const level of levels) {
    const told = places[level];
    if (typeof told !== 'function') continue;
    // Whoever was to be told is the one that fails.
    const guarded: Told = (...words) =>
      void attempted(
        () => Reflect.apply(told, places, words) as unknown,
        () => undefined,
      );
    if (Reflect.set(places, level, guarded))
      undo.push(() => places[level] === guarded && Reflect.set(places, level, told));
  }
  return () => {
    for (const one of undo) one();
  };
}
