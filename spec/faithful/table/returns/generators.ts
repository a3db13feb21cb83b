/**
 * Generator functions: a call begins with the first step and ends with the iteration, whichever way it ends. One that is
 * never begun is no call.
 */
import type { Journal } from '../journal.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { anError, someThrown } from '../thrown.js';

export type Iterating = Generator<unknown, unknown, unknown>;

/** Counts to three, tells what it is sent, and what becomes of it. */
export function* counting(journal: Journal, self: unknown, args: readonly unknown[]): Iterating {
  journal.begin(self, args);
  try {
    for (let n = 1; n <= 3; n += 1) {
      const sent: unknown = yield n;
      journal.in('was sent', sent);
      if (n === 1) journal.step();
    }
    return 'the end';
  } catch (error) {
    journal.in('catches', error);
    throw error;
  } finally {
    journal.in('finally');
  }
}

const counted = (journal: Journal): Body =>
  function* (...args) {
    return yield* counting(journal, this, args);
  };

/** Goes on after what is thrown into it, and after it is told to leave. */
const stubborn = (journal: Journal): Body =>
  function* (...args) {
    journal.begin(this, args);
    try {
      try {
        yield 'first';
      } catch (error) {
        journal.in('puts up with', error);
        yield 'still here';
      }
    } finally {
      yield 'from finally';
      journal.in('finally');
    }
    return 'the end';
  };

const endless = (journal: Journal): Body =>
  function* (...args) {
    journal.begin(this, args);
    for (let n = 0; ; n += 1) yield n;
  };

export const driven =
  (drive: (iteration: Iterating, journal: Journal) => void): Scenario['use'] =>
  (invoke, journal) => {
    const iteration = invoke() as Iterating;
    journal.out('got a generator', String(iteration), iteration[Symbol.iterator]() === iteration);
    drive(iteration, journal);
    journal.out('over');
  };

const whole = { result: { value: 'the end' }, steps: 2 } as const;

/** How an iteration of `counting` can go. `call`: what is told where the iteration is all there is to the call. */
export const drives: readonly (readonly [
  outcome: string,
  drive: (iteration: Iterating, journal: Journal) => void,
  call: Scenario['calls'][number],
])[] = [
  ['spread', (iteration, journal) => journal.out('all', ...iteration), whole],
  [
    'with values sent, and asked on after its end',
    (iteration, journal) => {
      for (const sent of ['ignored', 'a', 'b', 'c', 'after']) journal.result('next', iteration.next(sent));
      journal.result('return', iteration.return('late'));
      journal.caught(() => iteration.throw(new Error('late')));
    },
    whole,
  ],
  [
    'without any argument',
    (iteration, journal) => {
      for (let turn = 0; turn < 4; turn += 1) journal.result('next', iteration.next());
    },
    whole,
  ],
  [
    'left by break',
    (iteration, journal) => {
      for (const n of iteration) {
        journal.out('step', n);
        if (n === 2) break;
      }
    },
    { steps: 2 },
  ],
  [
    'left by destructuring',
    (iteration, journal) => {
      const [one] = iteration;
      journal.out('one', one);
    },
    {},
  ],
  [
    'told to return',
    (iteration, journal) => {
      journal.result('next', iteration.next());
      journal.result('return', iteration.return('early'));
      journal.result('next', iteration.next());
    },
    { result: { value: 'early' } },
  ],
  ...someThrown.map(
    (failure) =>
      [
        `with ${failure.label} thrown into it`,
        (iteration: Iterating, journal: Journal) => {
          journal.result('next', iteration.next());
          journal.label(failure.value, failure.label);
          journal.caught(() => iteration.throw(failure.value));
          journal.result('next', iteration.next());
        },
        { failure },
      ] as const,
  ),
  [
    'left by an error of the caller',
    (iteration, journal) =>
      journal.caught(() => {
        for (const n of iteration) throw new RangeError(`at ${String(n)}`);
      }),
    {},
  ],
  ['left at rest', (iteration, journal) => journal.result('next', iteration.next()), { open: true }],
];

/** Ways that never begin it. */
export const unbegun: readonly (readonly [string, (iteration: Iterating, journal: Journal) => void])[] = [
  ['never iterated', () => {}],
  ['closed before it began', (iteration, journal) => journal.result('return', iteration.return('closed'))],
  [
    'failed before it began',
    (iteration, journal) => {
      journal.label(anError.value, anError.label);
      journal.caught(() => iteration.throw(anError.value));
      journal.result('next', iteration.next());
    },
  ],
];

const others: readonly Outcome[] = [
  ...someThrown.map(
    (failure): Outcome => ({
      outcome: `throws ${failure.label} in the middle`,
      body: (journal) =>
        function* (...args) {
          journal.label(failure.value, failure.label);
          journal.begin(this, args);
          yield 1;
          throw failure.value;
        },
      use: driven((iteration, journal) => {
        journal.caught(() => {
          for (const n of iteration) journal.out('step', n);
        });
        journal.result('next', iteration.next());
      }),
      calls: [{ failure }],
    }),
  ),
  {
    outcome: 'throws as it is called',
    body: (journal) => {
      const refuse = (): never => {
        journal.either('refuses');
        throw anError.value;
      };
      return function* (_first, _second = refuse(), _third = 0) {
        yield 1;
      };
    },
    use(invoke, journal) {
      journal.label(anError.value, anError.label);
      journal.caught(invoke);
    },
    args: () => ['first'],
    calls: [{ failure: anError, steps: 0 }],
  },
  {
    outcome: 'that goes on after throw and after return',
    body: stubborn,
    use: driven((iteration, journal) => {
      journal.result('next', iteration.next());
      journal.result('throw', iteration.throw('nonsense'));
      journal.result('return', iteration.return('early'));
      journal.result('next', iteration.next());
      journal.result('next', iteration.next());
    }),
    calls: [{ result: { value: 'early' } }],
  },
  {
    outcome: 'without an end, some taken',
    body: endless,
    use: driven((iteration, journal) => {
      let sum = 0;
      for (const n of iteration) {
        sum += n as number;
        if (n === 100) break;
      }
      journal.out('sum', sum);
    }),
    calls: [{}],
  },
  {
    outcome: 'that delegates to one like it and to an array',
    body: (journal) =>
      function* (...args) {
        journal.in('result of the other', yield* counting(journal, this, args));
        yield* ['x', 'y'];
      },
    use: (invoke, journal) => journal.out('all', ...(invoke() as Iterating)),
    calls: [{ steps: 2 }],
  },
];

export const generators: readonly Scenario[] = ofKind('a generator function', { generator: true, heardAfter: true }, [
  ...drives.map(
    ([outcome, drive, call]): Outcome => ({
      outcome,
      body: counted,
      use: driven(drive),
      calls: [call],
    }),
  ),
  ...unbegun.map(([outcome, drive]): Outcome => ({ outcome, body: counted, use: driven(drive), calls: [] })),
  ...others,
]);
