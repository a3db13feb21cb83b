/**
 * Calls that could not be settled where they ended, since the program had used up its stack there: the next call that
 * ends with some stack left settles them.
 */
import { oneInProcess } from '../metadata/process-state.js';
import type { Ending } from './returns/ending.js';

type Settling = Pick<Ending, 'succeed' | 'fail'>;

interface Late {
  readonly call: Settling | undefined;
  readonly threw: boolean;
  /** What it gave or threw. */
  readonly value: unknown;
  readonly next: Late | undefined;
}

/** Written to in place, as `late.last = { …, next: late.last }`: there is no stack for a function then. */
export const late = oneInProcess('late', (): { last: Late | undefined } => ({ last: undefined }));

export function settleLate(): void {
  for (; late.last !== undefined; late.last = late.last.next) {
    const { call, threw, value } = late.last;
    if (threw) call?.fail(value);
    else call?.succeed(value);
  }
}

/** The call threw `error`. Throws itself when there is no stack for that. */
export function failed(call: Settling | undefined, error: unknown): void {
  if (late.last !== undefined) settleLate();
  call?.fail(error);
}
