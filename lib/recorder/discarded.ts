/**
 * Spans that are to go to nobody: what is told of their end lets go of what it keeps of them, and no more.
 */
const discarded = new WeakSet<object>();

/** Most programs never take one back, and are not to look for each span in an empty set. */
let any = false;

export function markDiscarded(span: object): void {
  any = true;
  discarded.add(span);
}

/** Whether a span was taken back. */
export function isDiscarded(span: object): boolean {
  return any && discarded.has(span);
}
