/**
 * Spans that are to go to nobody: what is told of their end lets go of what it keeps of them, and no more.
 */
const discarded = new WeakSet<object>();

export function markDiscarded(span: object): void {
  discarded.add(span);
}

/** Whether a span was taken back. */
export function isDiscarded(span: object): boolean {
  return discarded.has(span);
}
