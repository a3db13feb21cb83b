/**
 * The catalogue of faults, the page that explains them, and the code that raises them name the same codes.
 */
import ts from 'typescript';
import { catalogue } from '../../lib/faults/catalogue.js';
import { sentenceOf } from '../../lib/faults/fault.js';
import type { FaultKind } from '../../lib/faults/fault-row.js';
import { faultsPage, faultsPagePath } from './faults-page.js';
import { filesIn, textOf } from './project-files.js';
import { nodesOf, placeOf, syntaxOf } from './syntax.js';

const codes = Object.keys(catalogue) as (keyof typeof catalogue)[];
const kindOf = (code: string): FaultKind | undefined => (catalogue as Record<string, { kind: FaultKind }>)[code]?.kind;

const files = filesIn('lib', '.ts').filter((path) => path !== 'lib/faults/catalogue.ts');
/** Codes as values: a code that stands in a type raises nothing. */
const literals = files
  .flatMap((path) => [...nodesOf(syntaxOf(path))])
  .filter((node): node is ts.StringLiteral => ts.isStringLiteral(node) && !ts.isLiteralTypeNode(node.parent))
  .filter(({ text }) => /^SPANDREL_[A-Z_]+$/.test(text));

describe('the page of faults', () => {
  const page = textOf(faultsPagePath);

  test('is what the catalogue says (if not: npm run docs:faults)', () => {
    expect(page).toBe(faultsPage());
  });

  test('has a section for each code, and none for any other', () => {
    expect([...page.matchAll(/^### (.+)$/gm)].map(([, title]) => title).sort()).toEqual([...codes].sort());
  });

  test.each(codes)('%s: a message leads to its section', (code) => {
    expect(sentenceOf(code, catalogue[code], '', {}).endsWith(`${faultsPagePath}#${code.toLowerCase()}`)).toBe(true);
  });
});

describe('the catalogue', () => {
  test('is complete: each code that is raised is in it', () => {
    expect(literals.filter(({ text }) => kindOf(text) === undefined).map(placeOf)).toEqual([]);
  });

  test('has no dead row: each code is raised somewhere', () => {
    const raised = new Set(literals.map(({ text }) => text));
    expect(codes.filter((code) => !raised.has(code))).toEqual([]);
  });

  test('says of each row how it shows: runtime rows are reported, the others thrown', () => {
    const wrong = literals.filter(({ text, parent }) => {
      const raising = ts.isNewExpression(parent) || ts.isCallExpression(parent) ? parent.expression.getText() : '';
      if (raising === 'SpandrelFault') return kindOf(text) !== 'declaration';
      if (raising === 'settingFault') return kindOf(text) !== 'setting';
      return (raising === 'report' || raising === 'guard') && kindOf(text) !== 'runtime';
    });
    expect(wrong.map(placeOf)).toEqual([]);
  });

  test.each(codes)('%s: the sentences can be joined into one', (code) => {
    const { what, consequence, remedy } = catalogue[code];
    for (const sentence of [what, consequence, remedy]) expect(sentence).toMatch(/^\S(.*[^\s.])?$/);
  });
});
