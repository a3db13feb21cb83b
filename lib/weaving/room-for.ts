/**
 * Asks for room on the stack before something is begun that has to be brought to its end: what goes up, and has no room to come
 * down, stays up for ever.
 */

import { isNativeError } from 'node:util/types';

/** Whether `error` is what the engine throws where the stack is used up. */
export function isOutOfStack(error: unknown): boolean {
  try {
    return isNativeError(error) && error.message === 'Maximum call stack size exceeded';
  } catch {
    // Its message can't be read.
    return false;
  }
}

/**
 * Throws a RangeError where the stack has no room for as many small frames. The number is found by trying
 * (`spec/dialects/stack-end-values.spec.ts`): a compiled function asks for the room of all that it has built in, before it runs.
 */
export function roomFor(frames: number): number {
  // The compiler builds no function into itself, so these are frames.
  return frames === 0 ? 0 : 1 + roomFor(frames - 1);
}
