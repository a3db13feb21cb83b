/**
 * The text of a class with as many annotations as asked for, a mix of every kind and form, and of the same class without
 * them: what the measurement compiles.
 */

/** An annotation and a member it stands on; `n` keeps names apart. */
interface Form {
  annotation(n: number): string;
  member(n: number): string;
}

const method = (n: number): string => `method${n}(text: string): string[] { return [text, this.kept]; }`;
const asyncMethod = (n: number): string => `async method${n}(text: string): Promise<string[]> { return [text]; }`;

const forms: readonly Form[] = [
  { annotation: () => '@Traced()', member: method },
  { annotation: (n) => `@Traced('shop.step${n}')`, member: asyncMethod },
  {
    annotation: (n) =>
      `@Traced({ name: 'shop.step${n}', kind: 'client', attributes: { text: call.arg(0), count: call.result('length') } })`,
    member: asyncMethod,
  },
  { annotation: (n) => `@Counted('shop.count${n}', { attributes: { outcome: call.outcome() } })`, member: method },
  { annotation: (n) => `@Timed('shop.time${n}', { unit: 'ms', buckets: [1, 10, 100] })`, member: asyncMethod },
  { annotation: (n) => `@InFlight('shop.flight${n}', { attributes: { text: call.arg(0) } })`, member: asyncMethod },
  {
    annotation: (n) => `@Gauged('shop.size${n}', { unit: '{row}' })`,
    member: (n) => `get size${n}(): number { return 1; }`,
  },
  { annotation: () => '@Traced({ attributes: { count: ({ args }) => args.length } })', member: method },
  {
    annotation: () => `@Traced({ parent: call.arg(0, 'headers'), expected: [RangeError, TypeError] })`,
    member: (n) =>
      `*steps${n}(message: { headers: Record<string, string> }): Generator<string> { for (const name of Object.keys(message.headers)) yield name; }`,
  },
  { annotation: () => '@Untraced()', member: (n) => `quiet${n}<T>(value: T): T { return value; }` },
];

const words = ['call', 'Counted', 'Gauged', 'InFlight', 'Timed', 'Traced', 'Untraced'];

/** What a program starts with: nothing, or the import, used so that it is checked; and a decorator that checks nothing. */
export const opening = {
  none: '',
  imported: `import { ${words.join(', ')} } from 'spandrel';\n${words.map((word) => `void ${word};\n`).join('')}`,
  plain:
    'declare function plain(): { (value: unknown, context: { readonly kind: string }): void; ' +
    '(target: object, key: string | symbol, descriptor: object): void };\n',
} as const;

/** A class with so many members, each bare, with its annotation, or with the decorator that checks nothing. */
export function classText(name: string, members: number, decorated: 'bare' | 'annotated' | 'plain'): string {
  const lines = Array.from({ length: members }, (_, n) => {
    const form = forms[n % forms.length] as Form;
    const decorator = { bare: '', annotated: `${form.annotation(n)} `, plain: '@plain() ' }[decorated];
    return `  ${decorator}${form.member(n)}`;
  });
  return `export class ${name} {\n  kept = '';\n${lines.join('\n')}\n}\n`;
}
