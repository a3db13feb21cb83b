/**
 * What the caller gets for what the user's code gave. Throws where there is no stack to see to it.
 */
import type { Call } from './call.js';
import { late, settleLate } from './late.js';
import { settle } from './returns/settle.js';

/** `isFresh`: a promise among what the original gives is one that the language has just made. */
export function returned(call: Call | undefined, value: unknown, isFresh: boolean): unknown {
  if (late.last !== undefined) settleLate();
  return call === undefined ? value : settle(call, value, isFresh);
}
