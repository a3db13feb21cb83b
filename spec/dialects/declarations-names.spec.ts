/**
 * Names that spans can go by: classes without one and minified ones as real compilers leave them, and what helps.
 */
import { Traced, Untraced } from 'spandrel';
import { byEsbuild, byTypeScript } from '../support/compiled.js';
import { dialect } from '../support/dialect.js';
import { namesTold, startedWith } from '../support/names-told.js';
import { recorded, span } from '../support/recorded-telemetry.js';
import { faultOf } from '../support/thrown-by.js';

afterEach(() => recorded.stop());

type Runnable = { run(): unknown };
type Default = { default: new () => Runnable };

const written = `
  import { Traced } from 'spandrel';
  class FileParser {
    @Traced() parse() {}
    @Traced() static open() {}
    run() { this.parse(); FileParser.open(); }
  }
  class Indexer { @Traced({ name: 'index.run' }) run() {} }
  @Traced({ prefix: 'search' })
  class Searcher { run() {} }
  export const made = () => [new FileParser(), new Indexer(), new Searcher()];
  export const name = FileParser.name;
`;
type Made = { made(): Runnable[]; name: string };

test.each(['before', 'after'])('a minified class that appears %s bootstrap() is told of once', async (when) => {
  // The one that appears before is the first of this file.
  const before = when === 'after' ? await startedWith() : [];
  const { made, name } = byEsbuild<Made>(written, '--minify');
  expect(name).toMatch(/^[a-z]$/);
  if (when === 'before') {
    made();
    recorded.start();
  }
  for (const one of [...made(), ...made()]) one.run();
  const once = [
    span(`${name}.parse`),
    span(`${name}.open`),
    expect.objectContaining({ name: 'index.run' }),
    expect.objectContaining({ name: 'search.run' }),
  ];
  expect(await recorded.trees()).toEqual([...once, ...once]);
  expect(namesTold(before)).toEqual([`SPANDREL_MINIFIED_NAME ${name}`]);
  const told = recorded.warnings().find((sentence) => sentence.includes('SPANDREL_MINIFIED_NAME'));
  for (const remedy of ['keepNames', 'keep_classnames', '@Traced({ prefix: … })']) expect(told).toContain(remedy);
});

test.each([
  ['esbuild that keeps names', () => byEsbuild<Made>(written, '--minify', '--keep-names')],
  ['TypeScript', () => byTypeScript<Made>(written)],
])('by %s classes have their names, and nothing is told', async (_, compile) => {
  const before = await startedWith();
  const { made } = compile();
  // esbuild names a class after its static initializers.
  await Promise.resolve();
  for (const one of made()) one.run();
  expect((await recorded.trees()).map(({ name }) => name)).toEqual([
    'FileParser.parse',
    'FileParser.open',
    'index.run',
    'search.run',
  ]);
  expect(namesTold(before)).toEqual([]);
});

const compilers = [
  ['TypeScript', (source: string) => byTypeScript<Default>(source)],
  ['esbuild that keeps names', (source: string) => byEsbuild<Default>(source, '--keep-names')],
] as const;

describe.each(compilers)('a default export without a name, by %s', (compiler, compile) => {
  const declare = (text: string) => (): Default => compile(`import { Traced } from 'spandrel'; export default ${text}`);
  const onClass = declare('@Traced() class { run() {} }');
  const onStatic = declare('class { @Traced() static make() {} run() {} }');
  const onInstance = declare('class { @Traced() run() {} @Traced() stop() {} }');
  const fault = (declared: () => unknown): unknown[] => {
    const { code, where, remedy } = faultOf(declared);
    return [code, where, remedy];
  };
  const remedy =
    'name it: class Shop { … }; or @Traced({ prefix: … }) on the class, @Traced({ name: … }) on each method';

  test('is a fault where it is written, when the class is known there', () => {
    expect(fault(onClass)).toEqual(['SPANDREL_NAMELESS', 'run', remedy]);
    // esbuild names a class of the standard dialect after its static members have run: that is told of while running.
    if (dialect === 'legacy' || compiler === 'TypeScript') {
      expect(fault(onStatic)).toEqual(['SPANDREL_NAMELESS', 'make', remedy]);
    }
    if (dialect === 'legacy') expect(fault(onInstance)).toEqual(['SPANDREL_NAMELESS', 'run', remedy]);
  });

  test('never throws at a construction: it is told of once, and spans go by the member', async () => {
    // The legacy dialect has refused it above.
    if (dialect === 'legacy') return expect(onInstance).toThrow('SPANDREL_NAMELESS');
    const before = await startedWith();
    const { default: Nameless } = onInstance();
    new Nameless().run();
    new Nameless().run();
    expect(await recorded.trees()).toEqual([span('run'), span('run')]);
    expect(namesTold(before)).toEqual(['SPANDREL_NAMELESS_CLASS run']);
  });

  test('is no fault where the class has a prefix or the methods have names', async () => {
    const before = await startedWith();
    const { default: Prefixed } = declare('@Traced({ prefix: "shop" }) class { run() {} }')();
    const { default: Named } = declare('class { @Traced("shop.stop") run() {} @Traced(() => "asked") stop() {} }')();
    new Prefixed().run();
    new Named().run();
    expect((await recorded.trees()).map(({ name }) => name)).toEqual(['shop.run', 'shop.stop']);
    expect(namesTold(before)).toEqual([]);
  });
});

test('a name on a class is no fault where one method has it, and a prefix none beside a name function that may fail', async () => {
  recorded.start();
  @Traced({ name: 'shop.pay', include: ['pay'] })
  class Included {
    pay(): void {}
    other(): void {}
  }
  @Traced('shop.refund')
  class Only {
    refund(): void {}
    @Untraced()
    quiet(): void {}
    @Traced('shop.own')
    own(): void {}
    get size(): number {
      return 1;
    }
  }
  @Traced({ prefix: 'asked', name: ({ args }) => args[0] as string })
  class Asked {
    first(_name?: string): void {}
    second(_name?: string): void {}
  }
  new Included().pay();
  for (const key of ['refund', 'quiet', 'own'] as const) new Only()[key]();
  new Asked().first('given');
  new Asked().second();
  expect((await recorded.trees()).map(({ name }) => name)).toEqual([
    ...['shop.pay', 'shop.refund', 'shop.own'],
    ...['given', 'asked.second'],
  ]);
});
