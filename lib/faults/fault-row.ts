/**
 * The form of a row of the catalogue: what happened, what follows, what to do. `{words in braces}` are filled in where the fault
 * is raised.
 */

/** Where a fault shows: thrown at the annotation, thrown by `bootstrap()`, or reported once while running. */
export type FaultKind = 'declaration' | 'setting' | 'runtime';

export interface FaultRow {
  readonly kind: FaultKind;
  /** What is wrong, with the words to fill in. */
  readonly what: string;
  /** What follows from it. */
  readonly consequence: string;
  /** What to do about it. */
  readonly remedy: string;
}
