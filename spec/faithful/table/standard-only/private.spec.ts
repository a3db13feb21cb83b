/**
 * The table, for declarations that only the standard dialect has.
 */
import { recorded } from '../../../support/recorded-telemetry.js';
import { coreSets } from '../annotation-sets.js';
import { casesInTurn } from '../cases.js';
import { lateOf } from '../declarations/late.js';
import { expectNoProblem, rows } from '../expect-no-problem.js';
import { scenarios } from '../scenarios.js';
import { privateMembers } from './private-members.js';

afterEach(() => recorded.stop());

const chunks = casesInTurn([...privateMembers, ...lateOf(privateMembers)], scenarios, coreSets, ({ late }) =>
  late ? 3 : 1,
);

test.each(rows(chunks, ({ declaration }) => declaration.name))('$name: $count cases', ({ cases }) =>
  expectNoProblem(cases),
);

test('they are as many as they are said to be', () => {
  expect(chunks.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(1600);
});
