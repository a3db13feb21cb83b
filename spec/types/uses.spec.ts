/**
 * Every option of every annotation, with every value it takes, on every place that is allowed, compiles in both dialects.
 * The table is held against the interfaces of the options: an option that is added is a row that is missing.
 */
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../house/project-files.js';
import { type Dialect, diagnosticsOf, messageOf, programOf, projectOptions } from '../support/in-memory-program.js';
import { classOptions, type Use, uses } from './uses.js';

const opening = `
import type { Context } from '@opentelemetry/api';
import { call, type CallFacts, Counted, Gauged, InFlight, Timed, Traced, traced, Untraced } from 'spandrel';
void [call, Counted, Gauged, InFlight, Timed, Traced, traced, Untraced];
export type Used = CallFacts | Context;
export const tag: unique symbol = Symbol('tag');
export const names: readonly string[] = ['order'];
export const fixed = ['order', 'stop'] as const;
export const bounds: readonly number[] = [1, 2];
export abstract class Abstract extends Error {}
export class Closed extends Error { private constructor() { super(); } static make(): Closed { return new Closed(); } }
export const isClosed = (error: unknown): error is Closed => error instanceof Closed;
export class Base { inherit(): void {} }
`;

const shop =
  ' extends Base { order(): void {} static stop(): void {} private hidden(): void {} protected guarded(): void { this.hidden(); } ' +
  '[tag](): void {} *[Symbol.iterator](): Generator<number> { yield 1; } }';
const classes = [
  `class Shop${shop}`,
  `abstract class Shop${shop}`,
  `class Shop<T extends string>${shop.replace('order(): void {}', 'order(item: T): T { return item; }')}`,
  `class Shop${shop.replace('{', '{ private constructor() { super(); } static make(): Shop { return new Shop(); } ')}`,
  `abstract class Shop${shop.replace('{', '{ protected constructor() { super(); } ')}`,
];

/** The decorator with no options, with each value of each option, and with the first value of all of them. */
function decorators({ opening: word, values }: Use, more: Use['values'] = {}): string[] {
  const all = { ...values, ...more };
  const each = Object.entries(all).flatMap(([option, given]) => given.map((value) => `{ ${option}: ${value} }`));
  const together = Object.entries(all).map(([option, [value = '']]) => `${option}: ${value}`);
  const none = `@${word.replace(/, $/, '')})`;
  return together.length === 0
    ? [none]
    : [none, ...each.map((one) => `@${word}${one})`), `@${word}{ ${together.join(', ')} })`];
}

function onMembers(use: Use, dialect: Dialect): string[] {
  const places = use.places.filter(({ only }) => only === undefined || only === dialect);
  const [some = ''] = decorators(use).slice(-1);
  return [
    ...places.flatMap(({ code }) =>
      [...new Set([`@${use.opening.replace(/, $/, '')})`, some])].map((one) => `${one} ${code}`),
    ),
    ...decorators(use).map((one) => `${one} ${places[use.onClass ? 1 : 0]?.code}`),
  ].map((code) => `class Shop { ${code} }`);
}

function onClasses(use: Use): string[] {
  if (!use.onClass) return [];
  const prefix: Use['values'] = use.opening === 'Traced(' ? { prefix: [`'shop'`, 'undefined'] } : {};
  return decorators(use, { ...classOptions, ...prefix }).flatMap((one) => classes.map((code) => `${one} ${code}`));
}

/** One file an annotation: each declaration in a block of its own, on a line of its own. */
function text(use: Use, dialect: Dialect): string {
  const declarations = [...onMembers(use, dialect), ...onClasses(use)];
  return `${opening}${declarations.map((code) => `{ ${code} void Shop; }`).join('\n')}\n`;
}

describe.each(['standard', 'legacy'] as const)('in the %s dialect', (dialect) => {
  const paths = new Map(uses.map((use, n) => [use, join(root, `.uses/use-${n}.ts`)]));
  const texts = new Map([...paths].map(([use, path]) => [path, text(use, dialect)]));
  const program = programOf(texts, { ...projectOptions(dialect), noUnusedLocals: false, noUnusedParameters: false });

  test.each(uses.map((use) => [use.opening, use] as const))('@%s…) compiles wherever it may stand', (_word, use) => {
    const path = paths.get(use) ?? '';
    const lines = texts.get(path)?.split('\n') ?? [];
    expect(lines.length).toBeGreaterThan(20);
    const found = diagnosticsOf(program, path).map(
      (one) => `${lines[one.file?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? 0]}: ${messageOf(one)}`,
    );
    expect(found).toEqual([]);
  });
});

test('no option is left out', () => {
  const path = join(root, '.uses/options.ts');
  const code = uses.map(({ options }) => options).filter((name) => name !== '');
  const texts = new Map([
    [
      path,
      code
        .map(
          (name) => `import type { ${name} } from 'spandrel';\ndeclare const a${name}: ${name};\nexport { a${name} };`,
        )
        .join('\n'),
    ],
  ]);
  const program = programOf(texts, projectOptions('standard'));
  const checker = program.getTypeChecker();
  const declared = new Map<string, string[]>();
  ts.forEachChild(program.getSourceFile(path) as ts.SourceFile, (node) => {
    if (!ts.isVariableStatement(node)) return;
    const [declaration] = node.declarationList.declarations;
    if (declaration === undefined) return;
    const options = checker.getPropertiesOfType(checker.getTypeAtLocation(declaration)).map(({ name }) => name);
    declared.set(declaration.name.getText().slice(1), options.sort());
  });
  const listed = uses
    .filter(({ options }) => options !== '')
    .map(({ options, values, onClass }) => {
      const ofClass = onClass ? [...Object.keys(classOptions), ...(options === 'TracedOptions' ? ['prefix'] : [])] : [];
      return [options, [...Object.keys(values), ...ofClass].sort()] as const;
    });
  expect(new Map(listed)).toEqual(declared);
});
