/**
 * The declarations that the package ships, checked as a user's project does that checks its libraries, under the options
 * that people turn on, in both dialects: the declarations themselves, and uses of every word against them.
 */
import { join } from 'node:path';
import ts from 'typescript';
import { filesIn, root, textOf } from '../house/project-files.js';
import { diagnosticsOf, messageOf, programOf, projectOptions } from '../support/in-memory-program.js';

const folder = join(root, '.user');

/** What `npm run build` would write of declarations, by where a user finds it. */
function shipped(): Map<string, string> {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'lib/tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    join(root, 'lib'),
  );
  const texts = new Map<string, string>();
  const sources = ['lib/index.ts', 'lib/decorators/index.ts'].map((path) => join(root, path));
  const program = ts.createProgram(sources, { ...options, emitDeclarationOnly: true, noCheck: true, outDir: folder });
  program.emit(undefined, (path, text) => texts.set(path.replace(folder, join(folder, 'spandrel')), text));
  return texts;
}

const declarations = shipped();

/** A library that exports what it made of annotations: each type has a name there. */
const library = `
import { Counted, type OnClass, type OnMember, type OnMethod, type OnReading, call, Gauged, InFlight, type Source, traced, Traced, type TracedOptions, Untraced } from 'spandrel';
export const counted: OnMember & OnClass = Counted('library.calls');
export const running: OnMethod & OnClass = InFlight('library.running');
export const gauged: OnReading = Gauged('library.size');
export const untraced: OnMethod = Untraced();
export const length: Source<number, 'arg'> = call.arg(0).map((text: string) => text.length);
export const read: (path: string) => number = traced('library.read', (path: string) => path.length);
export const options: TracedOptions = { kind: 'client', attributes: { length } };
export class Library {
  @counted @Traced(options) run(): void {}
  @gauged get size(): number { return 1; }
  @running async wait(): Promise<void> {}
  @untraced quiet(): void {}
}
`;

/** Without annotations of types: the compiler finds names for what it infers. */
const inferring = `
import { Counted, Traced, call, traced, Untraced, Gauged, InFlight, type TracedOptions } from 'spandrel';
import { Timed } from 'spandrel/decorators';
export const made = [Counted('n'), Traced(), Untraced(), Gauged('n'), InFlight('n', { include: ['run'] }), Timed('n')] as const;
export const taken = { first: call.arg(0).map((text: string) => text.length), outcome: call.outcome() };
export const read = traced({}, (path: string) => path.length);
export const tracedAs = (options: TracedOptions) => Traced({ ...options, inherited: true });
`;

const files = new Map([
  [join(folder, 'library.ts'), library],
  [join(folder, 'inferring.ts'), inferring],
  ...['annotations.ts', 'call-facts.ts'].map((name) => [join(folder, name), textOf(`spec/types/${name}`)] as const),
]);

const matrix: readonly [what: string, options: ts.CompilerOptions, without?: readonly string[]][] = [
  [
    'strict alone',
    { noUncheckedIndexedAccess: false, erasableSyntaxOnly: false, verbatimModuleSyntax: false, isolatedModules: false },
  ],
  ['exactOptionalPropertyTypes', { exactOptionalPropertyTypes: true }],
  ['noPropertyAccessFromIndexSignature', { noPropertyAccessFromIndexSignature: true }],
  ['noUncheckedIndexedAccess', { noUncheckedIndexedAccess: true }],
  ['erasableSyntaxOnly', { erasableSyntaxOnly: true }],
  ['isolatedModules', { isolatedModules: true, verbatimModuleSyntax: false }],
  ['declarations of its own', { noEmit: false, declaration: true }],
  // What it exports has to say its type there.
  [
    'isolatedDeclarations',
    { noEmit: false, declaration: true, isolatedDeclarations: true },
    ['inferring.ts', 'call-facts.ts', 'annotations.ts'],
  ],
  ['libraries without the DOM, of ES2022', { lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'] }],
  ['useDefineForClassFields off', { useDefineForClassFields: false }],
  [
    'everything at once',
    {
      exactOptionalPropertyTypes: true,
      noPropertyAccessFromIndexSignature: true,
      noImplicitOverride: true,
      noUncheckedSideEffectImports: true,
      allowUnreachableCode: false,
    },
  ],
];

function placed(found: ts.Diagnostic): string {
  const line = (found.file?.getLineAndCharacterOfPosition(found.start ?? 0).line ?? 0) + 1;
  return `${found.file?.fileName.slice(folder.length)}:${line}: ${messageOf(found)}`;
}

test('the package has declarations for both doors', () => {
  expect([...declarations.keys()]).toEqual(
    expect.arrayContaining([join(folder, 'spandrel/index.d.ts'), join(folder, 'spandrel/decorators/index.d.ts')]),
  );
  expect(declarations.size).toBeGreaterThan(filesIn('lib/decorators', '.ts').length);
});

describe.each(['standard', 'legacy'] as const)('in the %s dialect', (dialect) => {
  test.each(matrix)('%s', (_what, given, without = []) => {
    const options: ts.CompilerOptions = {
      ...projectOptions(dialect),
      skipLibCheck: false,
      noUnusedLocals: false,
      ...given,
      paths: {
        spandrel: [join(folder, 'spandrel/index.d.ts')],
        'spandrel/decorators': [join(folder, 'spandrel/decorators/index.d.ts')],
      },
    };
    const own = [...files.keys()].filter((path) => !without.some((name) => path.endsWith(name)));
    const program = programOf(new Map([...declarations, ...files]), options, own);
    const checked = [...own, ...declarations.keys()].filter((path) => program.getSourceFile(path) !== undefined);
    const found = checked.flatMap((path) => [
      ...diagnosticsOf(program, path),
      ...(given.declaration ? program.getDeclarationDiagnostics(program.getSourceFile(path)) : []),
    ]);
    expect(found.map(placed)).toEqual([]);
    expect(checked.length).toBeGreaterThan(own.length + 10);
  });
});
