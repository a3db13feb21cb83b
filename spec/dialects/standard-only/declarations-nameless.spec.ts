/**
 * Class expressions of the standard dialect: when they have a name, as compilers leave them, and what becomes of those that
 * have none.
 */
import { Counted, Gauged, Traced } from 'spandrel';
import { byEsbuild, byTypeScript } from '../../support/compiled.js';
import { namesTold, startedWith } from '../../support/names-told.js';
import { recorded, span } from '../../support/recorded-telemetry.js';
import { faultOf } from '../../support/thrown-by.js';

afterEach(() => recorded.stop());

/** As an argument, a class expression gets no name. */
const unnamed = (written: unknown): unknown => written;

test('one that is annotated on instance members is told of once, and its spans go by its members', async () => {
  const before = await startedWith();
  const make = (): (new () => { run(): void }) =>
    class {
      @Traced()
      run(): void {}
      @Traced('named')
      other(): void {}
    };
  const Nameless = make();
  new Nameless().run();
  new Nameless().run();
  expect(await recorded.trees()).toEqual([span('run'), span('run')]);
  expect(namesTold(before)).toEqual(['SPANDREL_NAMELESS_CLASS run']);
});

test.each<[what: string, where: string, declare: () => unknown]>([
  [
    'of the class',
    'run',
    () =>
      unnamed(
        @Traced()
        class {
          run(): void {}
        },
      ),
  ],
  [
    'of the class for metrics, and of a member',
    'run',
    () =>
      unnamed(
        @Counted('nameless.counted')
        class {
          @Traced()
          run(): void {}
        },
      ),
  ],
  [
    'of a static member',
    'make',
    () =>
      class {
        @Traced()
        static make(): void {}
        run(): void {}
      },
  ],
  [
    'of a private static member',
    '#make',
    () =>
      class {
        @Traced()
        static #make(): void {}
        static made = (): void => this.#make();
        run(): void {}
      },
  ],
])('an annotation %s is a fault where it is written', (_, where, declare) => {
  const fault = faultOf(declare);
  expect([fault.code, fault.where, fault.what]).toEqual(['SPANDREL_NAMELESS', where, 'the class has no name']);
});

test('spans that have another name, and metrics, need none', async () => {
  const before = await startedWith();
  const declare = () => [
    @Traced({ prefix: 'prefixed' })
    class {
      @Traced({ attributes: { own: true } })
      run(): void {}
    },
    class {
      @Traced('named')
      static make(): void {}
      @Counted('nameless.metric')
      count(): void {}
      @Gauged('nameless.gauge')
      static get size(): number {
        return 1;
      }
    },
  ];
  const [Prefixed, Named] = declare() as [new () => { run(): void }, { make(): void }];
  new Prefixed().run();
  Named.make();
  expect((await recorded.trees()).map(({ name }) => name)).toEqual(['prefixed.run', 'named']);
  expect(namesTold(before)).toEqual([]);
});

type Exported = Record<'A' | 'B' | 'C', { new (): { run(): void }; make?(): void }>;
const source = `
  import { Traced } from 'spandrel';
  export const A = @Traced() class { static make() {} run() {} };
  export const B = class { @Traced() static make() {} @Traced() run() {} };
  export const C = class { @Traced() run() {} };
`;

test.each([
  ['TypeScript', (): Exported => byTypeScript<Exported>(source)],
  ['TypeScript for es2015', (): Exported => byTypeScript<Exported>(source, { target: 2 })],
  ['esbuild that keeps names', (): Exported => byEsbuild<Exported>(source, '--keep-names')],
  ['esbuild that keeps names and minifies', (): Exported => byEsbuild<Exported>(source, '--keep-names', '--minify')],
])('a constant’s class has the constant’s name by the time it matters, by %s', async (_, compile) => {
  const before = await startedWith();
  const { A, B, C } = compile();
  await Promise.resolve();
  A.make?.();
  B.make?.();
  for (const One of [A, B, C]) new One().run();
  expect((await recorded.trees()).map(({ name }) => name)).toEqual(['A.make', 'B.make', 'A.run', 'B.run', 'C.run']);
  expect(namesTold(before)).toEqual([]);
});
