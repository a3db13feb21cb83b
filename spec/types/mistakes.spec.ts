/**
 * Wrong options and wrong places are compile errors in both dialects, and the compiler points at what is wrong: at the
 * part between the marks of a row and nowhere else, in words that name it.
 */
import { join } from 'node:path';
import type ts from 'typescript';
import { root } from '../house/project-files.js';
import { type Dialect, diagnosticsOf, messageOf, programOf, projectOptions } from '../support/in-memory-program.js';
import type { Mistake } from './mistake.js';
import { optionMistakes } from './option-mistakes.js';
import { placeMistakes } from './place-mistakes.js';

const rows: readonly Mistake[] = [optionMistakes, placeMistakes].flatMap((group) => Object.values(group).flat());

const opening =
  "import { call, type CallFacts, Counted, Gauged, InFlight, Timed, Traced, traced, Untraced } from 'spandrel';\n" +
  'void [call, Counted, Gauged, InFlight, Timed, Traced, traced, Untraced];\nexport type Used = CallFacts;\n';

interface Told {
  readonly marked: boolean;
  readonly text: string;
}

/** What the compiler says against each row, and whether it points at the marks. */
function told(dialect: Dialect): Map<Mistake, Told[]> {
  const inDialect = rows.filter(({ only }) => only === undefined || only === dialect);
  const paths = new Map(inDialect.map((row, n) => [row, join(root, `.mistakes/row-${n}.ts`)]));
  const texts = new Map([...paths].map(([{ code }, path]) => [path, `${opening}${code.replace(/[«»]/g, '')}\n`]));
  const options = { ...projectOptions(dialect), noUnusedLocals: false };
  const program = programOf(texts, options);
  return new Map(
    [...paths].map(([row, path]) => [row, diagnosticsOf(program, path).map((found) => toldOf(found, row))]),
  );
}

function toldOf(found: ts.Diagnostic, { code }: Mistake): Told {
  const [from, to] = [code.indexOf('«'), code.indexOf('»') - 1];
  const start = (found.start ?? 0) - opening.length;
  return { marked: start < to && start + (found.length ?? 0) > from, text: messageOf(found) };
}

test('each row has one pair of marks', () => {
  expect(rows.filter(({ code }) => code.replace(/[^«»]/g, '') !== '«»').map(({ what }) => what)).toEqual([]);
});

describe.each(['standard', 'legacy'] as const)('in the %s dialect', (dialect) => {
  const all = told(dialect);

  test.each([...all.keys()].map((row) => [row.what, row] as const))('%s', (_what, row) => {
    const messages = all.get(row) ?? [];
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter(({ marked }) => !marked)).toEqual([]);
    const missing = row.says.filter((words) => !messages.some(({ text }) => text.includes(words)));
    expect({ missing, of: missing.length === 0 ? [] : messages }).toEqual({ missing: [], of: [] });
  });

  test('the same code without its mistake compiles', () => {
    const path = join(root, '.mistakes/right.ts');
    const code = `class Shop { @Traced({ name: 'x' }) @Gauged('n') get size(): number { return 1; } }\nvoid Shop;\n`;
    expect(diagnosticsOf(programOf(new Map([[path, opening + code]]), projectOptions(dialect)), path)).toEqual([]);
  });
});
