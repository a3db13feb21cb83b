/**
 * What the advice of a call remembers of it, one state each, in their order.
 */

/** What stands for an advice that has not begun, or could not. */
export const unbegun = Symbol('unbegun');

/** What is remembered where no advice is told of a beginning. */
export const none: readonly unknown[] = [];

/** As many states, of advice that has not begun. Written out for the usual numbers: `fill` costs as much as all of begin. */
export function unbegunOf(count: number): unknown[] {
  if (count === 1) return [unbegun];
  if (count === 2) return [unbegun, unbegun];
  if (count === 3) return [unbegun, unbegun, unbegun];
  return new Array<unknown>(count).fill(unbegun);
}
