/**
 * Every declaration mistake is a fault of the catalogue, thrown where it was written: code, place, what, consequence,
 * remedy.
 */
import { Counted, call, Gauged, InFlight, isSpandrelFault, Timed, Traced, traced, Untraced } from 'spandrel';
import { catalogue, type FaultCode } from '../../lib/faults/catalogue.js';
import { dialect } from '../support/dialect.js';
import { faultOf } from '../support/thrown-by.js';

/** A decorator the compiler lets stand anywhere: these mistakes are type errors, too. */
const anywhere = (decorator: unknown): ((...args: unknown[]) => void) => decorator as (...args: unknown[]) => void;
const bad = (options: unknown): never => options as never;

/** The standard dialect does not tell a member's decorator its class. */
const at = (member: string): string => (dialect === 'legacy' ? `Placed.${member}` : member);

type Row = readonly [mistake: string, declare: () => unknown, code: FaultCode, where: string, what: string];

/** A row for each wrong option: what it is called, and what the fault shows of it. */
function badOptions(): Row[] {
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
    ['Traced', () => Traced(bad({ attributes: { a: null } })), 'attributes = {"a":null}'],
    ['Traced', () => Traced(bad({ attributes: { a: { b: 1 } } })), 'attributes = {"a":{"b":1}}'],
    ['Traced', () => Traced(bad({ attributes: { a: [{ b: 1 }] } })), 'attributes = {"a":[{"b":1}]}'],
    ['Traced', () => Traced(bad({ attributes: { a: Symbol('s') } })), 'attributes = {"a":"Symbol(s)"}'],
    [
      'Traced',
      () => Traced(bad({ attributes: call.arg(0) })),
      'attributes = {"from":"arg","index":0,"path":[],"maps":[]}',
    ],
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
    ['InFlight', () => InFlight('faults.a', { attributes: { r: call.result() } }), 'attributes = '],
    ['InFlight', () => InFlight('faults.a', { attributes: { r: call.error().map(String) } }), 'attributes = '],
    ['InFlight', () => InFlight('faults.a', { attributes: { r: call.outcome() } }), 'attributes = '],
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

const rows: readonly Row[] = [
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
        static run(): void {}
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
    (name): Row => [
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
  ...[
    anywhere(Traced),
    anywhere(Untraced),
    anywhere(Counted),
    anywhere(Timed),
    anywhere(Gauged),
    anywhere(InFlight),
  ].map(
    (word): Row => [
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
    (word): Row => [
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
    ([place, method]): Row => [
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
        @Gauged('faults.a')
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
    'traced twice',
    () => {
      class Placed {
        @Traced('a')
        @Traced('b')
        run(): void {}
      }
      return Placed;
    },
    'SPANDREL_TWICE',
    at('run'),
    '@Traced is declared more than once',
  ],
  [
    'untraced twice',
    () => {
      class Placed {
        @Untraced()
        @Untraced()
        run(): void {}
      }
      return Placed;
    },
    'SPANDREL_TWICE',
    at('run'),
    '@Untraced is declared more than once',
  ],
  [
    'one metric twice on one method, in other letters',
    () => {
      class Placed {
        @Counted('faults.twice', { attributes: { a: 1 } })
        @Counted('Faults.Twice')
        run(): void {}
      }
      return Placed;
    },
    'SPANDREL_TWICE',
    at('run'),
    '@Counted is declared more than once for the metric faults.twice',
  ],
  [
    'a class traced twice',
    () => {
      @Traced()
      @Traced()
      class Placed {}
      return Placed;
    },
    'SPANDREL_TWICE',
    'Placed',
    '@Traced is declared more than once',
  ],
  [
    'traced and untraced',
    () => {
      class Placed {
        @Untraced()
        @Traced()
        run(): void {}
      }
      return Placed;
    },
    'SPANDREL_CONTRADICTION',
    at('run'),
    '@Untraced contradicts @Traced on the same element',
  ],
  ...(
    [
      [
        'kind',
        () => Counted('faults.defined'),
        () => Gauged('faults.defined'),
        'Gauged, unit "", combine sum',
        'Counted, unit ""',
      ],
      [
        'unit',
        () => Counted('faults.unit', { unit: 'By' }),
        () => Counted('faults.unit'),
        'Counted, unit ""',
        'Counted, unit "By"',
      ],
      [
        'letters',
        () => Counted('faults.letters'),
        () => Timed('Faults.Letters'),
        'Timed, unit "s"',
        'Counted, unit ""',
      ],
      [
        'buckets',
        () => Timed('faults.buckets'),
        () => Timed('faults.buckets', { buckets: [1, 2] }),
        'Timed, unit "s", buckets [1, 2]',
        'Timed, unit "s"',
      ],
      [
        'combine',
        () => Gauged('faults.combine'),
        () => Gauged('faults.combine', { combine: 'max' }),
        'Gauged, unit "", combine max',
        'Gauged, unit "", combine sum',
      ],
      [
        'description',
        () => Counted('faults.text', { description: 'One' }),
        () => Counted('faults.text', { description: 'Two' }),
        '"Two"',
        '"One"',
      ],
    ] as const
  ).map(
    ([difference, first, second, here, other]): Row => [
      `a metric defined otherwise: ${difference}`,
      () => {
        class Earlier {
          @anywhere(first())
          made(): number {
            return 1;
          }
        }
        class Placed {
          @anywhere(second())
          run(): number {
            return 1;
          }
        }
        return [Earlier, Placed];
      },
      'SPANDREL_METRIC_REDEFINED',
      at('run'),
      `the metric ${difference === 'letters' ? 'Faults.Letters' : difference === 'kind' ? 'faults.defined' : difference === 'description' ? 'faults.text' : `faults.${difference}`} is defined as ${here}, but ${dialect === 'legacy' ? 'Earlier.made' : 'made'} defines it as ${other}`,
    ],
  ),
  [
    'called as no dialect calls a decorator',
    () => anywhere(Traced())(1, 2),
    'SPANDREL_UNKNOWN_DIALECT',
    '',
    '@Traced was called with neither the arguments of TypeScript’s experimentalDecorators nor of standard decorators',
  ],
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

test.each(rows)('%s', (_, declare, code, where, what) => {
  const fault = faultOf(declare);
  expect([fault.code, fault.where]).toEqual([code, where]);
  expect(fault.what.startsWith(what) ? what : fault.what).toBe(what);
  expect(isSpandrelFault(fault)).toBe(true);
  for (const part of [code, where, fault.what, fault.consequence, fault.remedy]) expect(fault.message).toContain(part);
  // `{file}` is an example of a unit.
  expect(fault.message.replace('{file}', '')).not.toMatch(/[{]\w+[}]/);
  expect(fault.consequence.length * fault.remedy.length).toBeGreaterThan(0);
  expect(fault.stack?.startsWith(`SpandrelFault: ${fault.message}`)).toBe(true);
  expect(fault.stack).toContain('declaration-faults.spec.ts');
});

test('every declaration fault of the catalogue can be raised', () => {
  const declared = (Object.keys(catalogue) as FaultCode[]).filter((code) => catalogue[code].kind === 'declaration');
  expect([...new Set(rows.map(([, , code]) => code))].sort()).toEqual(declared.sort());
});

test('what is left out counts as its default, and a description need only be said once', () => {
  class Same {
    @Timed('faults.same.time', { unit: 's' })
    @Counted('faults.same.count', { description: 'Said' })
    @Gauged('faults.same.gauge', { combine: 'sum' })
    @InFlight('faults.same.flight', { unit: '{call}' })
    one(): number {
      return 1;
    }
    @Timed('faults.same.time')
    @Counted('faults.same.count')
    @Gauged('faults.same.gauge')
    @InFlight('faults.same.flight')
    two(): number {
      return 1;
    }
  }
  expect(Same.name).toBe('Same');
});

test('a fault leaves the class’s other annotations as they were', () => {
  expect(() => {
    class Placed {
      @Counted('faults.left', { unit: '{a}' })
      @Counted(bad(''))
      run(): void {}
    }
    return Placed;
  }).toThrow('SPANDREL_METRIC_NAME');
  class Other {
    @Counted('faults.left', { unit: '{b}' })
    run(): void {}
  }
  expect(Other.name).toBe('Other');
});

test.each([
  ['call.arg()', () => call.arg(-1), 'the index = -1'],
  ['call.arg()', () => call.arg(1.5), 'the index = 1.5'],
  ['call.arg()', () => call.arg('0' as never), 'the index = "0"'],
  ['call.arg()', () => call.arg(0, ''), 'the path = ""'],
  ['call.result()', () => call.result('a..b'), 'the path = "a..b"'],
  ['call.self()', () => call.self('.a'), 'the path = ".a"'],
  ['call.error()', () => call.error('a[b]'), 'the path = "a[b]"'],
  ['call.error()', () => call.error('a[0]b'), 'the path = "a[0]b"'],
  ['call.result()', () => call.result(5 as never), 'the path = 5'],
  ['map() of a source', () => call.arg(0).map('upper' as never), 'a function = "upper"'],
])('%s given something impossible (%#)', (word, make, what) => {
  const fault = faultOf(make);
  expect([fault.code, fault.what]).toEqual(['SPANDREL_BAD_OPTION', `${word} was given ${what}`]);
});
