/**
 * Calls that could not be settled where they ended, since the program had used up its stack there: the next call that
 * ends with some stack left settles them.
 */
import { oneInProcess } from '../metadata/process-state.js';
import type { Ending } from './returns/ending.js';
import { isOutOfStack, roomFor } from './room-for.js';

type Settling = Pick<Ending, 'succeed' | 'fail'>;

/** A link in the chain of those. It is what has been made before: where there is no stack, nothing can be made for it. */
export interface Late {
  readonly call: Settling | undefined;
  readonly threw: boolean;
  /** What it gave or threw. */
  readonly value: unknown;
  next: Late | undefined;
}

/**
 * Written to in place, field by field: there is no stack for a function then. Nor for an object: one that is written out where it
 * is needed takes more of the stack the first few times, while the engine learns its shape.
 */
export const late = oneInProcess('late', (): { last: Late | undefined } => ({ last: undefined }));

/** Throws where there is no stack for it here either. */
export function settleLate(): void {
  roomFor(1024);
  for (let link = late.last; link !== undefined; link = late.last) {
    const { call, threw, value } = link;
    if (threw) call?.fail(value);
    else call?.succeed(value);
    // Only now: what throws stays.
    late.last = link.next;
    link.next = undefined;
  }
}

/** The call threw `error`. Throws itself when there is no stack for that. */
export function failed(call: Settling | undefined, error: unknown): void {
  if (late.last !== undefined) settleLate();
  // To tell of an error its stack trace is written out, by whoever has a hand in that: it is told where there is room.
  if (isOutOfStack(error)) roomFor(1024);
  call?.fail(error);
}
