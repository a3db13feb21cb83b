/**
 * Options that contradict each other or the member they are given for, and names that tell nothing apart, one mistake a row.
 */
import { Counted, call, InFlight, Timed, Traced, traced } from 'spandrel';
import { anywhere, at, bad, type Mistake } from '../support/declaration-mistake.js';
import { dialect } from '../support/dialect.js';

const onMethod = (decorate: unknown) => () => {
  class Placed {
    @anywhere(decorate)
    run(): void {}
  }
  return Placed;
};

const onGetter = (decorate: unknown) => () => {
  class Placed {
    @anywhere(decorate)
    get size(): number {
      return 1;
    }
  }
  return Placed;
};

const onClass = (decorate: unknown) => () => {
  @anywhere(decorate)
  class Placed {
    run(): void {}
  }
  return Placed;
};

const pairs: readonly Mistake[] = [
  [
    'a prefix in front of a name',
    onClass(Traced({ name: 'run', prefix: 'shop' })),
    'SPANDREL_OPTIONS_CONTRADICT',
    'Placed',
    '@Traced was given prefix together with name',
  ],
  ...[
    ['one name', 'run'],
    ['one symbol', Symbol.iterator],
  ].map(
    ([what, key]): Mistake => [
      `${what as string} both in and out`,
      onClass(Traced({ include: ['other', bad(key)], exclude: [/x/, bad(key)] })),
      'SPANDREL_OPTIONS_CONTRADICT',
      'Placed',
      '@Traced was given include together with exclude',
    ],
  ),
  [
    'a metric’s selection that contradicts itself',
    onClass(InFlight('faults.a', { include: ['run'], exclude: ['run'] })),
    'SPANDREL_OPTIONS_CONTRADICT',
    'Placed',
    '@InFlight was given include together with exclude',
  ],
  [
    'an amount from the result of calls that failed',
    onMethod(Counted('faults.a', { when: 'error', amount: call.result('length') })),
    'SPANDREL_OPTIONS_CONTRADICT',
    at('run'),
    '@Counted was given amount together with when = "error"',
  ],
  [
    'an attribute from the result of calls that failed',
    onMethod(Counted('faults.a', { when: 'error', attributes: { ok: 1, size: call.result().map(String) } })),
    'SPANDREL_OPTIONS_CONTRADICT',
    at('run'),
    '@Counted was given attributes["size"] together with when = "error"',
  ],
];

const ofGetters: readonly Mistake[] = (
  [
    ['Traced', Traced({ attributes: { a: call.arg(0) } }), 'attributes["a"] = "call.arg(0)"'],
    ['Traced', Traced({ parent: call.arg(0, 'headers') }), 'parent = "call.arg(0, \\"headers\\")"'],
    ['Traced', Traced({ links: call.arg(0) }), 'links = "call.arg(0)"'],
    ['Traced', Traced({ callback: 'last' }), 'callback = "last"'],
    ['Counted', Counted('faults.a', { amount: call.arg(0) }), 'amount = "call.arg(0)"'],
    ['Counted', Counted('faults.a', { attributes: { a: call.arg(1) } }), 'attributes["a"] = "call.arg(1)"'],
    [
      'Timed',
      Timed('faults.a', { attributes: { a: call.arg(0).map(String) } }),
      'attributes["a"] = "call.arg(0).map(…)"',
    ],
  ] as const
).map(
  ([word, decorate, what]): Mistake => [
    `@${word} on a getter with ${what}`,
    onGetter(decorate),
    'SPANDREL_BAD_OPTION',
    at('size (getter)'),
    `@${word} was given ${what}`,
  ],
);

const callbacks: readonly Mistake[] = [
  [
    'a callback of a generator',
    () => {
      class Placed {
        @anywhere(Traced({ callback: 0 }))
        *run(_done: () => void): Generator<number> {
          yield 1;
        }
      }
      return Placed;
    },
    'SPANDREL_BAD_OPTION',
    at('run'),
    '@Traced was given callback = 0',
  ],
  [
    'a callback of an async generator',
    () => {
      class Placed {
        @anywhere(Traced({ callback: 'last' }))
        async *run(_done: () => void): AsyncGenerator<number> {
          yield 1;
        }
      }
      return Placed;
    },
    'SPANDREL_BAD_OPTION',
    at('run'),
    '@Traced was given callback = "last"',
  ],
  [
    'a callback of a plain generator function',
    () =>
      (traced as (...args: unknown[]) => unknown)({ callback: 'last' }, function* steps() {
        yield 1;
      }),
    'SPANDREL_BAD_OPTION',
    'steps',
    'traced() was given callback = "last"',
  ],
];

const names: readonly Mistake[] = [
  [
    'one name for several methods',
    () => {
      @Traced('shop')
      class Placed {
        run(): void {}
        static make(): void {}
      }
      return Placed;
    },
    'SPANDREL_ONE_NAME',
    'Placed',
    '@Traced gives the one name shop to 2 methods of the class',
  ],
  [
    'one name for a method and what it inherits',
    () => {
      class Base {
        run(): void {}
      }
      @Traced({ name: 'shop', inherited: true })
      class Placed extends Base {
        stop(): void {}
      }
      return Placed;
    },
    'SPANDREL_ONE_NAME',
    'Placed',
    '@Traced gives the one name shop to 2 methods of the class',
  ],
  [
    'a nameless class with a static method, and no other name for its spans',
    () => {
      // As a compiler of either dialect calls a class that is exported by default without a name.
      const unnamed = (): (new () => object) => class {};
      const Unnamed = unnamed();
      const make = { make() {} };
      Object.defineProperty(Unnamed, 'make', { value: make.make, configurable: true });
      const decorate = anywhere(Traced());
      if (dialect === 'legacy') decorate(Unnamed, 'make', { value: make.make });
      else {
        const started: ((this: unknown) => void)[] = [];
        const addInitializer = (one: (this: unknown) => void): unknown => started.push(one);
        const context = { kind: 'method', name: 'make', static: true, private: false, metadata: {}, addInitializer };
        decorate(make.make, context);
        for (const one of started) one.call(Unnamed);
      }
    },
    'SPANDREL_NAMELESS',
    'make',
    'the class has no name',
  ],
];

export const contradictionMistakes: readonly Mistake[] = [
  ...pairs,
  ...ofGetters,
  ...callbacks,
  ...names,
  ...['#secret', '#size'].map(
    (key): Mistake => [
      `a private member in the legacy dialect: ${key}`,
      () => {
        class Placed {}
        // No compiler does: TypeScript refuses it, as does esbuild, and swc leaves the decorator out.
        anywhere(Traced())(Placed.prototype, key, undefined);
      },
      'SPANDREL_LEGACY_PRIVATE',
      `Placed.${key}`,
      `@Traced stands on ${key}, a #private member, under TypeScript’s experimentalDecorators`,
    ],
  ),
];
