/**
 * Anything given to `log` as a value a log record takes: texts, numbers, flags, and lists and maps of these, which stay
 * structured (OpenTelemetry logs data model, `any`). Dates and URLs become text; cycles, depth and size are bounded;
 * what has no value is left out.
 */
import { longestText } from '../conventions/bounded-text.js';
import { BoundedWalk } from './bounded-walk.js';
import type { Structured } from './structured.js';

/**
 * The value, its texts no longer than `length`, or `undefined` to leave it out. May throw where the value itself can't be looked at: the
 * caller guards.
 */
export function structuredValue(value: unknown, length: number = longestText): Structured | undefined {
  return new BoundedWalk({ length, characters: Math.max(length, longestText), json: false }).told(value);
}
