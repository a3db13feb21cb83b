/**
 * Async generator functions: as generator functions, with steps that come later. A step’s promise may settle one turn later
 * than without annotations.
 */
import type { Journal } from '../journal.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { anError, someThrown } from '../thrown.js';
import { asked, countingLater, drivenLater, laterDrives, laterUnbegun } from './async-drives.js';

const counted = (journal: Journal): Body =>
  async function* (...args) {
    return yield* countingLater(journal, this, args);
  };

const others: readonly Outcome[] = [
  ...someThrown.flatMap((failure): Outcome[] => [
    {
      outcome: `throws ${failure.label} in the middle`,
      body: (journal) =>
        async function* (...args) {
          journal.label(failure.value, failure.label);
          journal.begin(this, args);
          yield 1;
          throw failure.value;
        },
      use: drivenLater(async (iteration, journal) => {
        for (let turn = 0; turn < 3; turn += 1) await asked(journal, 'next', iteration.next());
      }),
      calls: [{ failure }],
    },
    {
      outcome: `yields a promise that fails with ${failure.label}`,
      body: (journal) =>
        async function* (...args) {
          journal.label(failure.value, failure.label);
          journal.begin(this, args);
          yield Promise.reject(failure.value);
          yield 'not reached';
        },
      use: drivenLater(async (iteration, journal) => {
        for (let turn = 0; turn < 2; turn += 1) await asked(journal, 'next', iteration.next());
      }),
      calls: [{ failure }],
    },
  ]),
  {
    outcome: 'throws as it is called',
    body: (journal) => {
      const refuse = (): never => {
        journal.either('refuses');
        throw anError.value;
      };
      return async function* (_first, _second = refuse(), _third = 0) {
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
    body: (journal) =>
      async function* (...args) {
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
      },
    use: drivenLater(async (iteration, journal) => {
      await asked(journal, 'next', iteration.next());
      await asked(journal, 'throw', iteration.throw('nonsense'));
      await asked(journal, 'return', iteration.return('early'));
      await asked(journal, 'next', iteration.next());
    }),
    calls: [{ result: { value: 'early' } }],
  },
  {
    outcome: 'without an end, some taken',
    ticks: 'any',
    body: (journal) =>
      async function* (...args) {
        journal.begin(this, args);
        for (let n = 0; ; n += 1) yield n;
      },
    use: drivenLater(async (iteration, journal) => {
      for await (const n of iteration) {
        if (n !== 20) continue;
        journal.out('enough');
        break;
      }
    }),
    calls: [{}],
  },
];

export const asyncGenerators: readonly Scenario[] = ofKind(
  'an async generator function',
  { generator: true, ticks: 1, heardAfter: true },
  [
    ...laterDrives.map(
      ([outcome, drive, call, given]): Outcome => ({
        ...given,
        outcome,
        body: counted,
        use: drivenLater(drive),
        calls: [call],
      }),
    ),
    ...laterUnbegun.map(
      ([outcome, drive]): Outcome => ({ outcome, body: counted, use: drivenLater(drive), calls: [] }),
    ),
    ...others,
  ],
);
