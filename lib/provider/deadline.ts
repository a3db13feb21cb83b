/**
 * Waits for work, but not for ever.
 */

/** Node's longest timer; a longer one would fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** Of the process, whatever a test puts in its place later. */
const { setImmediate: afterThisTurn } = globalThis;

/** What ended just now may be told of a little later: Node says that a web stream has ended in the next tick. */
export function turnOver(): Promise<void> {
  return new Promise((resolve) => afterThisTurn(resolve));
}

/** `true` when `work` settled within `timeoutMs`; `false` when the time was up. The work itself goes on. */
export async function within(timeoutMs: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<boolean>((resolve) => {
    // This timer keeps the process alive, on purpose: what is awaited here is the delivery of the last records.
    timer = setTimeout(() => resolve(false), Math.min(Math.max(0, timeoutMs), longestTimerMs));
  });
  try {
    return await Promise.race([work.then(() => true), timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
