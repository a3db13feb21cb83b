/**
 * The table: every kind of return with every outcome, on every kind of declaration, annotated or not. With annotations
 * everything is as without, and what must be told is told, no more and no less.
 *
 * Scenarios, declarations and sets of annotations meet in turn. `TABLE=whole` has each meet all of the others: several
 * times as many cases.
 */
import { dialect } from '../../support/dialect.js';
import { recorded } from '../../support/recorded-telemetry.js';
import { coreSets, everySet } from './annotation-sets.js';
import { casesInTurn, everyCase, rules } from './cases.js';
import { inheritance } from './declarations/inheritance.js';
import { functions, late } from './declarations/late.js';
import { members } from './declarations/members.js';
import { surroundings } from './declarations/surroundings.js';
import { expectNoProblem, rows } from './expect-no-problem.js';
import type { Scenario } from './scenario.js';
import { scenarios } from './scenarios.js';

afterEach(() => recorded.stop());

const declarations = [...members, ...inheritance, ...surroundings, ...functions, ...late];
const standing = new Set([...inheritance, ...surroundings].map(({ name }) => name));
const whole = process.env['TABLE'] === 'whole';
if (whole) jest.setTimeout(120_000);

const byDeclaration = whole
  ? declarations.map((declaration) => everyCase(declaration, scenarios, coreSets))
  : casesInTurn(declarations, scenarios, coreSets, ({ late: isLate, name }) =>
      isLate ? 3 : standing.has(name) ? 2 : 1,
    );

/** Of each kind, one that succeeds, one that fails and one that is left open, where there are. */
const samples = [...new Set(scenarios.map(({ kind }) => kind))].flatMap((kind) => {
  const ofKind = scenarios.filter((scenario) => scenario.kind === kind);
  const first = (is: (call: Scenario['calls'][number]) => boolean) => ofKind.find(({ calls }) => calls.some(is));
  const found = [
    first(({ open, failure }) => !open && failure === undefined),
    first(({ failure }) => failure !== undefined && !(failure.value instanceof RangeError)),
    first(({ failure }) => failure?.value instanceof RangeError),
    first(({ open }) => open === true),
  ];
  return found.filter((one) => one !== undefined);
});

const sampled = declarations.filter(({ name }) => ['an instance method', 'a static getter'].includes(name));
const bySet = everySet.map((set) => sampled.flatMap((declaration) => everyCase(declaration, samples, [set])));

test.each(rows(byDeclaration, ({ declaration }) => declaration.name))(`$name: $count cases (${dialect})`, ({ cases }) =>
  expectNoProblem(cases),
);

test.each(rows(bySet, ({ set }) => set.name))(`annotated with $name: $count cases (${dialect})`, ({ cases }) =>
  expectNoProblem(cases),
);

test('the table is as large as it is said to be, and every rule leaves something out', () => {
  const count = [...byDeclaration, ...bySet].reduce((sum, { length }) => sum + length, 0);
  expect(count).toBeGreaterThan(11_000);
  const all = declarations.flatMap((declaration) =>
    scenarios.flatMap((scenario) => everySet.map((set) => ({ declaration, scenario, set }))),
  );
  expect(rules.filter(([, leavesOut]) => !all.some(leavesOut)).map(([reason]) => reason)).toEqual([]);
});
