/**
 * The end of what a call gave, as the watchers of returns tell it: a call itself, or one of several uses of it.
 */
import type { Abandonable } from '../lasting.js';

/** Only the first word counts. */
export interface Ending extends Abandonable {
  readonly over: boolean;
  succeed(result: unknown): void;
  fail(error: unknown): void;
}
