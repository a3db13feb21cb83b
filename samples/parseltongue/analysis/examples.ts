// Chooses which of the many answers are shown: those about the symbol on which the most depends.

import type { Answer } from '../query/query.js';

/** The examples so far, or the best of a session's answers if those tell more. */
export function moreTelling(examples: readonly Answer[], answers: readonly Answer[]): readonly Answer[] {
  let best = examples;
  for (const [at, { query }] of answers.entries()) {
    // Sessions ask three questions about each symbol: its definition, its dependents, and a search.
    if (query.type !== 'dependents') continue;
    const candidate = answers.slice(at - 1, at + 2);
    if (reach(candidate) > reach(best)) best = candidate;
  }
  return best;
}

function reach(examples: readonly Answer[]): number {
  return examples.find(({ query }) => query.type === 'dependents')?.nodes.length ?? 0;
}
