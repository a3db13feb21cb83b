/**
 * The end of what a call gave, as the watchers of returns tell it: a call itself, or one of several uses of it.
 */
import type { Abandonable } from '../lasting.js';

/**
 * Of calls that give one and the same thing, so many last as long as it does, and the rest end as they return: each more
 * would make its use deeper, or its listeners more.
 */
export const watchersAtMost = 16;

/** Only the first word counts. */
export interface Ending extends Abandonable {
  readonly over: boolean;
  succeed(result: unknown): void;
  fail(error: unknown): void;
}
