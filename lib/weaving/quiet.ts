/**
 * While our own code works around a call (reads a source, names a span, collects a gauge), woven methods it comes upon
 * run bare: a reading is no call of the program, and a getter that is its own attribute's source would never end.
 */
let depth = 0;

/** Runs work of ours in which no call is watched. What it throws goes to the caller. */
export function quietly<T>(work: () => T): T {
  depth += 1;
  try {
    return work();
  } finally {
    depth -= 1;
  }
}

/** Whether work of ours is going on. */
export function isQuiet(): boolean {
  return depth > 0;
}
