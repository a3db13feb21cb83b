/**
 * Annotations where they cannot stand, one mistake a row.
 */
import { Counted, Gauged, InFlight, Timed, Traced, traced, Untraced } from 'spandrel';
import { anywhere, at, type Mistake } from '../support/declaration-mistake.js';
import { dialect } from '../support/dialect.js';

export const placeMistakes: readonly Mistake[] = [
  ...[
    anywhere(Traced),
    anywhere(Untraced),
    anywhere(Counted),
    anywhere(Timed),
    anywhere(Gauged),
    anywhere(InFlight),
  ].map(
    (word): Mistake => [
      `@${word.name} without parentheses on a method`,
      () => {
        class Placed {
          @word
          run(): void {}
        }
        return Placed;
      },
      'SPANDREL_BARE_DECORATOR',
      '',
      `@${word.name} was written without parentheses`,
    ],
  ),
  ...[anywhere(Traced), anywhere(Counted), anywhere(Timed), anywhere(InFlight)].map(
    (word): Mistake => [
      `@${word.name} without parentheses on a class`,
      () => {
        @word
        class Placed {}
        return Placed;
      },
      'SPANDREL_BARE_DECORATOR',
      '',
      `@${word.name} was written without parentheses`,
    ],
  ),
  [
    'on a field',
    () => {
      class Placed {
        @anywhere(Traced())
        field = 1;
      }
      return new Placed();
    },
    'SPANDREL_WRONG_PLACE',
    at('field'),
    '@Traced stands on a field',
  ],
  [
    'on a setter',
    () => {
      class Placed {
        @anywhere(Timed('faults.a'))
        set value(_value: number) {}
      }
      return new Placed();
    },
    'SPANDREL_WRONG_PLACE',
    at('value'),
    '@Timed stands on a setter',
  ],
  [
    '@Gauged on a class',
    () => {
      @anywhere(Gauged('faults.a'))
      class Placed {}
      return Placed;
    },
    'SPANDREL_WRONG_PLACE',
    'Placed',
    '@Gauged stands on a class',
  ],
  [
    '@Untraced on a getter',
    () => {
      class Placed {
        @anywhere(Untraced())
        get [Symbol.toStringTag](): string {
          return '';
        }
      }
      return Placed;
    },
    'SPANDREL_WRONG_PLACE',
    dialect === 'legacy' ? 'Placed[Symbol.toStringTag]' : '[Symbol.toStringTag]',
    '@Untraced stands on a getter',
  ],
  [
    '@InFlight on a getter',
    () => {
      class Placed {
        @anywhere(InFlight('faults.a'))
        get size(): number {
          return 1;
        }
      }
      return Placed;
    },
    'SPANDREL_WRONG_PLACE',
    at('size'),
    '@InFlight stands on a getter',
  ],
  ...(
    [
      ['an async method', async () => 1],
      ['a generator method', function* () {}],
    ] as const
  ).map(
    ([place, method]): Mistake => [
      `@Gauged on ${place}`,
      () => {
        // Applied by hand, as the compiler of each dialect would.
        class Placed {}
        Object.defineProperty(Placed.prototype, 'run', { value: method, configurable: true });
        const decorate = anywhere(Gauged('faults.a'));
        if (dialect === 'legacy') decorate(Placed.prototype, 'run', { value: method });
        else decorate(method, { kind: 'method', name: 'run', static: false, private: false, metadata: {} });
      },
      'SPANDREL_WRONG_PLACE',
      at('run'),
      `@Gauged stands on ${place}`,
    ],
  ),
  [
    '@Gauged on a method with parameters',
    () => {
      class Placed {
        @anywhere(Gauged('faults.a'))
        read(_from: string): number {
          return 1;
        }
      }
      return Placed;
    },
    'SPANDREL_GAUGE_PARAMETERS',
    at('read'),
    '@Gauged stands on a method with parameters',
  ],
  [
    'called as no dialect calls a decorator',
    () => anywhere(Traced())(1, 2),
    'SPANDREL_UNKNOWN_DIALECT',
    '',
    '@Traced was called with neither the arguments of TypeScript’s experimentalDecorators nor of standard decorators',
  ],
  ...[{}, [], Object.create(null), new Map()].map(
    (target): Mistake => [
      'applied by hand to something that is no prototype of a class',
      () => anywhere(Traced())(target, 'run', { value: () => 1 }),
      'SPANDREL_UNKNOWN_DIALECT',
      '',
      '@Traced was called with neither',
    ],
  ),
  [
    'a compiler without decorator metadata',
    () => anywhere(Traced())(() => 1, { kind: 'method', name: 'run', static: false, private: false }),
    'SPANDREL_NO_METADATA',
    'run',
    'the compiler gave @Traced no metadata object (context.metadata)',
  ],
  [
    'a function without any name',
    () =>
      traced(
        {},
        (
          () => () =>
            1
        )(),
      ),
    'SPANDREL_NAMELESS',
    '',
    'the function given to traced() has no name',
  ],
];
