/**
 * `docs/reference/settings.md` and the table of settings say the same: each setting with what it allows, each one that is
 * not built yet; and the page says nothing else. Likewise `docs/reference/environment.md` and the table of variables.
 */
import ts from 'typescript';
import { isSpandrelFault } from '../../lib/faults/fault.js';
import { checkSettings } from '../../lib/provider/settings/check-settings.js';
import { environmentTable } from '../../lib/provider/settings/environment-table.js';
import { type GroupRule, isGroup } from '../../lib/provider/settings/rules.js';
import { settingsTable } from '../../lib/provider/settings/table.js';
import { filesIn, textOf } from './project-files.js';
import { nodesOf, syntaxOf } from './syntax.js';

const page = textOf('docs/reference/settings.md');

const under = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** Every setting that is built, with the words a fault says of what it allows. */
function* built(
  path: string,
  { settings, orValue }: GroupRule,
): Generator<readonly [setting: string, allowed: string]> {
  if (orValue !== undefined) yield [path, orValue.allowed];
  for (const [name, rule] of Object.entries(settings)) {
    if (isGroup(rule)) yield* built(under(path, name), rule);
    else yield [under(path, name), rule.allowed];
  }
}

/** Every setting that is refused because it is not built yet. */
function* notBuilt(path: string, { settings, notBuilt: names }: GroupRule): Generator<string> {
  for (const name of names) yield under(path, name);
  for (const [name, rule] of Object.entries(settings)) if (isGroup(rule)) yield* notBuilt(under(path, name), rule);
}

/** The rows of the tables whose first two headings these are, cell by cell. */
function rowsUnder(first: string, second: string, of = page): string[][] {
  const tables = of.split('\n\n').filter((block) => block.startsWith('|'));
  return tables.flatMap((table) => {
    const [heading = [], , ...rows] = table.trim().split('\n').map(cellsOf);
    return heading[0] === first && heading[1] === second ? rows : [];
  });
}

const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const code = (cell: string | undefined): string => /^`([^`]+)`$/.exec(cell ?? '')?.[1] ?? `(no code: ${cell})`;

const faultOf = (settings: unknown): string => {
  try {
    checkSettings(settings);
    return 'none';
  } catch (error) {
    return isSpandrelFault(error) ? error.code : String(error);
  }
};

/** `{ export: { protocol: value } }` for `export.protocol`. */
const nested = (setting: string, value: unknown): unknown =>
  setting.split('.').reduceRight((inner: unknown, name) => ({ [name]: inner }), value);

describe('the page of settings', () => {
  test('has a row for each setting, with what a fault says is allowed, and no other', () => {
    const rows = rowsUnder('Setting', 'Allowed').map(([setting, allowed]) => [code(setting), allowed]);
    expect(rows.sort()).toEqual([...built('', settingsTable)].map((row) => [...row]).sort());
  });

  const planned = rowsUnder('Setting', 'What it will be').map(([cell]) => code(cell));

  test('has a row for each setting that is not built yet, and no other', () => {
    const settings = planned.filter((row) => !row.includes(' = '));
    expect(settings.sort()).toEqual([...notBuilt('', settingsTable)].sort());
  });

  test.each(planned)('%s is refused as not built', (row) => {
    const [setting, value = '1'] = row.split(' = ');
    expect(faultOf(nested(setting as string, JSON.parse(value)))).toBe('SPANDREL_SETTING_NOT_BUILT');
  });
});

describe('the page of environment variables', () => {
  const environmentPage = textOf('docs/reference/environment.md');

  const texts = (): string[] =>
    filesIn('lib', '.ts')
      .flatMap((path) => [...nodesOf(syntaxOf(path))])
      .filter(ts.isStringLiteral)
      .map(({ text }) => text);

  test('has a row for each variable of the table, with what is allowed, and no other', () => {
    const rows = rowsUnder('Variable', 'Allowed', environmentPage).map(([name, allowed]) => [code(name), allowed]);
    const table = Object.entries(environmentTable).map(([name, rule]) => [name, rule.allowed]);
    expect(rows.sort()).toEqual(table.sort());
  });

  test('names the other variables the code reads, and the settings that go over them', () => {
    const rows = rowsUnder('Variable', 'Stands in for', environmentPage);
    const read = texts().filter((text) => /^(NO_COLOR|FORCE_COLOR|COLUMNS|TERM)$/.test(text));
    expect(rows.map(([name]) => code(name)).sort()).toEqual([...new Set(read)].sort());
    const settings = new Set([...built('', settingsTable)].map(([setting]) => setting));
    expect(rows.filter(([, setting]) => !settings.has(code(setting)))).toEqual([]);
  });

  test('leaves out no variable of OpenTelemetry that the code names', () => {
    const named = texts().filter((text) => /^OTEL_[A-Z_]+$/.test(text));
    expect(named.filter((name) => !environmentPage.includes(`\`${name}\``))).toEqual([]);
  });
});
