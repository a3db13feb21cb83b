/**
 * While our own code works around a call (reads a source, names a span, collects a gauge), woven methods it comes upon
 * run bare: a reading is no call of the program, and a getter that is its own attribute's source would never end.
 */
import { oneInProcess } from '../metadata/process-state.js';

/**
 * How many pieces of our work are going on, of whichever copy of the package. Around a call it is counted in place: every
 * frame there is one less of the program's.
 */
export const quiet = oneInProcess('quiet', () => ({ depth: 0 }));

/** Runs work of ours in which no call is watched. What it throws goes to the caller. */
export function quietly<T>(work: () => T): T {
  quiet.depth += 1;
  try {
    return work();
  } finally {
    quiet.depth -= 1;
  }
}
