/**
 * The tables of options in `docs/reference/annotations.md` and the types say the same: each option, the words it may
 * be, its default. What the table says beside that is prose.
 */
import { Declared, type Member } from './declared.js';
import { doorExports } from './door-exports.js';
import { textOf } from './project-files.js';

const { doors, checker } = doorExports();
const exported = new Map(doors.flatMap(({ names }) => [...names]));

/** The options a type has of its own, without those of the types it extends, unless they are `shownAsOwn`. */
function optionsOf(type: string, shownAsOwn?: string): readonly Member[] {
  const symbol = exported.get(type);
  if (symbol === undefined) throw new Error(`${type} is not exported`);
  const declared = new Declared(symbol, checker, ({ name }) => name !== shownAsOwn);
  const named = new Map(declared.named.map((one) => [one.name, new Declared(one, checker, () => true).signature]));
  return declared.members.map((member) => ({ ...member, type: named.get(member.type) ?? member.type }));
}

interface Row {
  readonly option: string;
  readonly type: string;
  readonly usual: string;
}

/** The rows of the tables of options under a heading, a row of several options as several. */
function rowsUnder(heading: string): Row[] {
  const page = textOf('docs/reference/annotations.md');
  const [, section = ''] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const [own = ''] = section.split(/^#+ /m);
  return own.split('\n\n').flatMap((block) => {
    const [head = '', , ...rows] = block.trim().split('\n');
    if (!/^\| Option /.test(head)) return [];
    return rows.flatMap((row) => {
      const [, names = '', type = '', usual = ''] = row.split('|').map((cell) => cell.trim());
      return [...names.matchAll(/`(\w+)`/g)].map(([, option]) => ({ option: option as string, type, usual }));
    });
  });
}

const words = (text: string): string[] =>
  [...text.matchAll(/['"]([\w-]+)['"]/g)].map(([, word]) => word as string).sort();

const tables: readonly (readonly [heading: string, options: readonly Member[]])[] = [
  ['Traced', [...optionsOf('MethodTracedOptions'), ...optionsOf('TracedOptions', 'ClassOptions')]],
  [
    'Options of the metric annotations',
    [...optionsOf('MetricOptions'), ...optionsOf('InFlightOptions', 'ClassOptions')],
  ],
  ['Counted', optionsOf('CountedOptions')],
  ['Timed', optionsOf('TimedOptions')],
  ['Gauged', optionsOf('GaugedOptions')],
  ['InFlight', optionsOf('InFlightOptions')],
];

describe.each(tables)('the options under %s', (heading, options) => {
  const rows = rowsUnder(heading);
  const named = (name: string): Member | undefined => options.find((option) => option.name === `${name}?`);

  test('are those of the type', () => {
    const inTypes = options.map(({ name }) => name.replace('?', ''));
    expect(rows.map(({ option }) => option).sort()).toEqual([...new Set(inTypes)].sort());
  });

  test('may be the words that the type has', () => {
    const told = rows.filter(({ type }) => type !== '').map(({ option, type }) => [option, words(type)]);
    const typed = told.map(([option]) => [option, words(named(option as string)?.type ?? '')]);
    expect(told).toEqual(typed);
  });

  test('have the default that the comment of the type says', () => {
    const usual = rows.map(({ option }) => {
      const said = /Default (`[^`]+`|\d+)|(`[^`]+`|\('\w+'), the default|(`\w+`) \(default\)/.exec(
        named(option)?.doc ?? '',
      );
      return [option, said?.slice(1).find((one) => one !== undefined)];
    });
    const quoted = (text: string | undefined): string => (text ?? '').replace(/[`'(]/g, '');
    const differing = usual.filter(([option, said]) => {
      const cell = rows.find((row) => row.option === option)?.usual;
      return said !== undefined && cell !== '' && quoted(cell) !== quoted(said);
    });
    expect(differing).toEqual([]);
  });
});
