/**
 * Options that have no meaning, one mistake a row.
 */
import { Counted, call, Gauged, InFlight, Timed, Traced } from 'spandrel';
import { anywhere, at, bad, type Mistake } from '../support/declaration-mistake.js';

/** A row for each wrong option: what it is called, and what the fault shows of it. */
function badOptions(): Mistake[] {
  const onMethod = (decorator: (...args: unknown[]) => void) => () => {
    class Placed {
      @decorator
      run(): void {}
    }
    return Placed;
  };
  const options: readonly [word: string, decorator: unknown, what: string][] = [
    ['Traced', () => Traced(bad({ kind: 'outer' })), 'kind = "outer"'],
    ['Traced', () => Traced(bad({ name: '  ' })), 'name = "  "'],
    ['Traced', () => Traced(bad({ name: 5 })), 'name = 5'],
    ['Traced', () => Traced(bad(null)), 'options = null'],
    ['Traced', () => Traced(bad(5)), 'options = 5'],
    ['Traced', () => Traced(bad(['name'])), 'options = ["name"]'],
    ['Traced', () => Traced(bad({ attributes: 'path' })), 'attributes = "path"'],
    ['Traced', () => Traced(bad({ attributes: { a: null } })), 'attributes["a"] = null'],
    ['Traced', () => Traced(bad({ attributes: { a: { b: 1 } } })), 'attributes["a"] = {"b":1}'],
    ['Traced', () => Traced(bad({ attributes: { a: [{ b: 1 }] } })), 'attributes["a"] = [{"b":1}]'],
    ['Traced', () => Traced(bad({ attributes: { a: Symbol('s') } })), 'attributes["a"] = Symbol(s)'],
    ['Traced', () => Traced(bad({ attributes: call.arg(0) })), 'attributes = "call.arg(0)"'],
    ['Traced', () => Traced(bad({ links: 'x' })), 'links = "x"'],
    ['Traced', () => Traced(bad({ parent: 'remote' })), 'parent = "remote"'],
    ['Traced', () => Traced(bad({ parent: { traceparent: 'x' } })), 'parent = {"traceparent":"x"}'],
    ['Traced', () => Traced(bad({ expected: 'Error' })), 'expected = "Error"'],
    ['Traced', () => Traced(bad({ expected: [] })), 'expected = []'],
    ['Traced', () => Traced(bad({ expected: [Error, Object] })), 'expected = ["function Error","function Object"]'],
    ['Counted', () => Counted('faults.a', bad({ unit: 5 })), 'unit = 5'],
    ['Counted', () => Counted('faults.a', bad({ unit: 'ß' })), 'unit = "ß"'],
    ['Counted', () => Counted('faults.a', { unit: 's'.repeat(64) }), `unit = "${'s'.repeat(64)}"`],
    ['Counted', () => Counted('faults.a', bad({ description: 5 })), 'description = 5'],
    ['Counted', () => Counted('faults.a', { amount: -1 }), 'amount = -1'],
    ['Counted', () => Counted('faults.a', { amount: Number.NaN }), 'amount = NaN'],
    ['Counted', () => Counted('faults.a', { amount: Infinity }), 'amount = Infinity'],
    ['Counted', () => Counted('faults.a', bad({ amount: '1' })), 'amount = "1"'],
    ['Counted', () => Counted('faults.a', bad({ when: 'failure' })), 'when = "failure"'],
    ['Timed', () => Timed('faults.a', bad({ unit: 'min' })), 'unit = "min"'],
    ['Timed', () => Timed('faults.a', { buckets: [] }), 'buckets = []'],
    ['Timed', () => Timed('faults.a', { buckets: [1, 1] }), 'buckets = [1,1]'],
    ['Timed', () => Timed('faults.a', { buckets: [2, 1] }), 'buckets = [2,1]'],
    ['Timed', () => Timed('faults.a', { buckets: [1, Infinity] }), 'buckets = [1,"Infinity"]'],
    ['Gauged', () => Gauged('faults.a', bad({ combine: 'mean' })), 'combine = "mean"'],
    [
      'InFlight',
      () => InFlight('faults.a', bad({ attributes: { r: call.result() } })),
      'attributes["r"] = "call.result()"',
    ],
    [
      'InFlight',
      () => InFlight('faults.a', bad({ attributes: { r: call.error().map(String) } })),
      'attributes["r"] = "call.error().map(…)"',
    ],
    [
      'InFlight',
      () => InFlight('faults.a', bad({ attributes: { r: call.outcome() } })),
      'attributes["r"] = "call.outcome()"',
    ],
    [
      'Gauged',
      () => Gauged('faults.a', bad({ attributes: { ok: 1, r: call.arg(0, 'x.y') } })),
      'attributes["r"] = "call.arg(0, \\"x.y\\")"',
    ],
    [
      'Gauged',
      () => Gauged('faults.a', bad({ attributes: { r: call.result() } })),
      'attributes["r"] = "call.result()"',
    ],
    ['Counted', () => Counted('faults.a', bad({ amount: call.outcome() })), 'amount = "call.outcome()"'],
    ['Traced', () => Traced(bad({ parent: call.result('headers') })), 'parent = "call.result(\\"headers\\")"'],
    ['Traced', () => Traced(bad({ links: call.error() })), 'links = "call.error()"'],
    ['Traced', () => Traced(bad({ links: [42] })), 'links = [42]'],
    ['Traced', () => Traced({ include: ['run'] }), 'include = ["run"]'],
    ['Traced', () => Traced({ prefix: 'p' }), 'prefix = "p"'],
    ['Counted', () => Counted('faults.a', { exclude: ['run'] }), 'exclude = ["run"]'],
    ['Timed', () => Timed('faults.a', { inherited: true }), 'inherited = true'],
  ];
  return options.map(([word, decorator, what]) => [
    `@${word} ${what}`,
    () => onMethod(anywhere((decorator as () => unknown)()))(),
    'SPANDREL_BAD_OPTION',
    at('run'),
    `@${word} was given ${what}`,
  ]);
}

export const optionMistakes: readonly Mistake[] = [
  ...badOptions(),
  [
    'an option of a class that is no list',
    () => {
      @Traced({ include: bad('run') })
      class Placed {}
      return Placed;
    },
    'SPANDREL_BAD_OPTION',
    'Placed',
    '@Traced was given include = "run"',
  ],
  [
    'a selection of something else',
    () => {
      @Counted('faults.a', { exclude: bad([1]) })
      class Placed {}
      return Placed;
    },
    'SPANDREL_BAD_OPTION',
    'Placed',
    '@Counted was given exclude = [1]',
  ],
  [
    'a flag that is none',
    () => {
      @Traced({ inherited: bad('yes') })
      class Placed {}
      return Placed;
    },
    'SPANDREL_BAD_OPTION',
    'Placed',
    '@Traced was given inherited = "yes"',
  ],
  [
    'an unknown option',
    () => {
      class Placed {
        @Traced(bad({ nmae: 'x' }))
        run(): void {}
      }
      return Placed;
    },
    'SPANDREL_UNKNOWN_OPTION',
    at('run'),
    '@Traced was given an unknown option nmae',
  ],
  [
    'an unknown option with an inherited name',
    () => {
      class Placed {
        @Counted('faults.a', bad({ toString: 'x' }))
        run(): void {}
      }
      return Placed;
    },
    'SPANDREL_UNKNOWN_OPTION',
    at('run'),
    '@Counted was given an unknown option toString',
  ],
  [
    'an option of a later version',
    () => {
      class Placed {
        @Traced(bad({ sensitivity: 'internal' }))
        get size(): number {
          return 1;
        }
      }
      return Placed;
    },
    'SPANDREL_OPTION_NOT_BUILT',
    at('size (getter)'),
    '@Traced was given sensitivity, which this version does not have yet',
  ],
  ...['', '1st', 'with space', 'a'.repeat(256), 'ünïcode'].map(
    (name): Mistake => [
      `the metric name ${name.slice(0, 20)}`,
      () => {
        class Placed {
          @Counted(name)
          run(): void {}
        }
        return Placed;
      },
      'SPANDREL_METRIC_NAME',
      at('run'),
      `@Counted was given the metric name ${name.length > 78 ? `"${name.slice(0, 78)}…` : JSON.stringify(name)}`,
    ],
  ),
  [
    'no metric name',
    () => {
      class Placed {
        @Timed(bad(undefined))
        run(): void {}
      }
      return Placed;
    },
    'SPANDREL_METRIC_NAME',
    at('run'),
    '@Timed was given the metric name undefined',
  ],
];
