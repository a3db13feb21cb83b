/**
 * Annotations that cannot stand beside others, one mistake a row.
 */
import { Counted, Gauged, Timed, Traced, Untraced } from 'spandrel';
import { anywhere, at, type Mistake } from '../support/declaration-mistake.js';
import { dialect } from '../support/dialect.js';

export const conflictMistakes: readonly Mistake[] = [
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
    ([difference, first, second, here, other]): Mistake => [
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
];
