/**
 * What callers do with an async generator, and one to do it with.
 */
import type { Journal } from '../journal.js';
import type { Scenario } from '../scenario.js';
import { anError, someThrown } from '../thrown.js';

export type Streaming = AsyncGenerator<unknown, unknown, unknown>;
type Drive = (iteration: Streaming, journal: Journal) => void | Promise<void>;

/** Counts to three, waiting before each, and tells what becomes of it. */
export async function* countingLater(journal: Journal, self: unknown, args: readonly unknown[]): Streaming {
  journal.begin(self, args);
  try {
    for (let n = 1; n <= 3; n += 1) {
      await undefined;
      const sent: unknown = yield n;
      journal.in('was sent', sent);
      if (n === 1) journal.step();
    }
    return 'the end';
  } catch (error) {
    journal.in('catches', error);
    throw error;
  } finally {
    await undefined;
    journal.in('finally');
  }
}

export const drivenLater =
  (drive: Drive): Scenario['use'] =>
  async (invoke, journal) => {
    const iteration = invoke() as Streaming;
    journal.out('got an async generator', String(iteration), iteration[Symbol.asyncIterator]() === iteration);
    await drive(iteration, journal);
    journal.out('over');
  };

export async function asked(journal: Journal, text: string, step: Promise<IteratorResult<unknown>>): Promise<void> {
  try {
    journal.result(text, await journal.ask(step));
  } catch (error) {
    journal.out(`${text} failed`, error);
  }
}

const whole = { result: { value: 'the end' }, steps: 2 } as const;

/** How an iteration of `countingLater` can go. */
export const laterDrives: readonly (readonly [
  outcome: string,
  drive: Drive,
  call: Scenario['calls'][number],
  given?: Pick<Scenario, 'parallel'>,
])[] = [
  [
    'for await, to its end',
    async (iteration, journal) => {
      journal.asks(4);
      for await (const n of iteration) journal.out('step', n);
    },
    { steps: 2 },
  ],
  [
    'with values sent, and asked on after its end',
    async (iteration, journal) => {
      for (const sent of ['ignored', 'a', 'b', 'c', 'after']) await asked(journal, 'next', iteration.next(sent));
      await asked(journal, 'return', iteration.return('late'));
      await asked(journal, 'throw', iteration.throw('late'));
    },
    whole,
  ],
  [
    'asked for all its steps at once',
    async (iteration, journal) => {
      const steps = ['a', 'b', 'c', 'd', 'e'].map((sent) => asked(journal, sent, iteration.next(sent)));
      await Promise.all(steps);
    },
    whole,
    { parallel: true },
  ],
  [
    'told to return while a step is under way',
    async (iteration, journal) => {
      await Promise.all([
        asked(journal, 'next', iteration.next()),
        asked(journal, 'return', iteration.return('early')),
        asked(journal, 'next after', iteration.next()),
      ]);
    },
    { result: { value: 'early' } },
    { parallel: true },
  ],
  [
    'failed while a step is under way',
    async (iteration, journal) => {
      journal.label(anError.value, anError.label);
      await Promise.all([
        asked(journal, 'next', iteration.next()),
        asked(journal, 'throw', iteration.throw(anError.value)),
        asked(journal, 'next after', iteration.next()),
      ]);
    },
    { failure: anError },
    { parallel: true },
  ],
  [
    'left by break',
    async (iteration, journal) => {
      journal.asks(3);
      for await (const n of iteration) {
        journal.out('step', n);
        if (n === 2) break;
      }
    },
    { steps: 2 },
  ],
  [
    'told to return a promise',
    async (iteration, journal) => {
      await asked(journal, 'next', iteration.next());
      await asked(journal, 'return', iteration.return(Promise.resolve('early')));
    },
    { result: { value: 'early' } },
  ],
  ...someThrown.map(
    (failure) =>
      [
        `with ${failure.label} thrown into it`,
        async (iteration: Streaming, journal: Journal) => {
          journal.label(failure.value, failure.label);
          await asked(journal, 'next', iteration.next());
          await asked(journal, 'throw', iteration.throw(failure.value));
          await asked(journal, 'next', iteration.next());
        },
        { failure },
      ] as const,
  ),
  ['left at rest', (iteration, journal) => asked(journal, 'next', iteration.next()), { open: true }],
];

export const laterUnbegun: readonly (readonly [string, Drive])[] = [
  ['never iterated', () => {}],
  ['closed before it began', (iteration, journal) => asked(journal, 'return', iteration.return('closed'))],
  [
    'failed before it began',
    (iteration, journal) => {
      journal.label(anError.value, anError.label);
      return asked(journal, 'throw', iteration.throw(anError.value));
    },
  ],
];
