/**
 * The end of every test of the table: its cases hold, or the first that do not are told whole.
 */
import type { Case } from './cases.js';
import { problemsOf } from './run-cases.js';

export async function expectNoProblem(cases: readonly Case[]): Promise<void> {
  const problems = await problemsOf(cases);
  expect(`${problems.length} problems\n${problems.slice(0, 5).join('\n')}`).toBe('0 problems\n');
}

export interface Row {
  readonly name: string;
  readonly count: number;
  readonly cases: readonly Case[];
}

/** Rows for `test.each`, each named after its first case. */
export function rows(chunks: readonly (readonly Case[])[], name: (one: Case) => string): Row[] {
  return chunks.map((cases) => ({ name: name(cases[0] as Case), count: cases.length, cases }));
}
