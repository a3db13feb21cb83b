/**
 * Callback style, where an option says which argument is the callback: the call ends when it is first called, and the
 * callback runs in the surroundings of the caller.
 */
import type { Journal } from '../journal.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { anError, aRangeError, someThrown, type Thrown } from '../thrown.js';

type Callback = (...args: unknown[]) => unknown;
type Calling = (callback: Callback, journal: Journal) => unknown;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const received = (journal: Journal): Callback =>
  function callback(this: unknown, ...args: unknown[]): unknown {
    journal.out(`is called back with ${args.length}`, ...args, 'this is', this);
    return 'an answer';
  };

/** The last of its arguments is the callback. */
const calling =
  (how: Calling) =>
  (journal: Journal): Body =>
    function (...args) {
      const callback = args.at(-1) as Callback;
      journal.begin(this, args.slice(0, -1));
      // One that nobody holds any more would end its call.
      journal.label(callback, 'the callback, as the method has it');
      const { name, length } = callback;
      journal.in('the callback is', typeof callback, name, length, ...Object.keys(callback));
      return how(callback, journal);
    };

const used: Scenario['use'] = async (invoke, journal) => {
  journal.caught(() => journal.out('got', invoke()));
  await nextTurn();
};

const answer = (callback: Callback, journal: Journal, ...args: unknown[]): void =>
  journal.in('was answered', Reflect.apply(callback, 'this one', args));

const failing = (failure: Thrown, later: boolean): Calling => {
  return (callback, journal) => {
    journal.label(failure.value, failure.label);
    if (later) setImmediate(() => answer(callback, journal, failure.value));
    else answer(callback, journal, failure.value);
    return undefined;
  };
};

/** Nothing is no failure. */
const realFailures = someThrown.filter(({ value }) => value !== null && value !== undefined);

const outcomes: readonly Outcome[] = [
  {
    outcome: 'called at once',
    body: calling((callback, journal) => {
      answer(callback, journal, null, 'the result');
      return 'returned';
    }),
    use: used,
    calls: [{ result: { value: 'the result' } }],
  },
  {
    outcome: 'called later',
    body: calling((callback, journal) => {
      setImmediate(() => answer(callback, journal, undefined, 'the result'));
      return 'returned';
    }),
    use: used,
    calls: [{ result: { value: 'the result' } }],
  },
  {
    outcome: 'called without anything',
    body: calling((callback, journal) => answer(callback, journal)),
    use: used,
    calls: [{ result: { value: undefined } }],
  },
  {
    outcome: 'called twice',
    body: calling((callback, journal) => {
      answer(callback, journal, null, 'first');
      answer(callback, journal, new Error('second'));
    }),
    use: used,
    calls: [{ result: { value: 'first' } }],
  },
  { outcome: 'never called', body: calling(() => 'returned'), use: used, calls: [{ open: true }] },
  ...realFailures.flatMap((failure) =>
    [false, true].map(
      (later): Outcome => ({
        outcome: `called with ${failure.label} ${later ? 'later' : 'at once'}`,
        body: calling(failing(failure, later)),
        use: used,
        calls: [{ failure }],
      }),
    ),
  ),
  {
    outcome: 'that throws before it calls',
    body: calling((_callback, journal) => {
      throw journal.label(anError.value, anError.label);
    }),
    use: used,
    calls: [{ failure: anError }],
  },
  {
    outcome: 'that throws after it called',
    body: calling((callback, journal) => {
      answer(callback, journal, null, 'the result');
      throw journal.label(anError.value, anError.label);
    }),
    use: used,
    calls: [{ result: { value: 'the result' } }],
  },
  {
    outcome: 'whose callback throws',
    args: (journal) => [
      'first',
      () => {
        journal.out('is called back');
        throw journal.label(aRangeError.value, aRangeError.label);
      },
    ],
    body: calling((callback, journal) => {
      try {
        callback(null, 'the result');
      } catch (error) {
        journal.in('the callback failed', error);
      }
    }),
    use: used,
    calls: [{ result: { value: 'the result' } }],
  },
  {
    outcome: 'that gives a promise too',
    ticks: 'any',
    body: calling(async (callback, journal) => {
      await nextTurn();
      answer(callback, journal, null, 'the result');
      return 'resolved';
    }),
    use: async (invoke, journal) => {
      await journal.settled('the promise', invoke() as Promise<unknown>);
      await nextTurn();
    },
    calls: [{ result: { value: 'the result' } }],
  },
  {
    outcome: 'where there is none',
    args: () => ['first', 'no function'],
    body: (journal) =>
      function (...args) {
        journal.begin(this, args);
        return 'returned';
      },
    use: used,
    calls: [{ result: { value: 'returned' } }],
  },
  {
    outcome: 'without any argument',
    args: () => [],
    body: (journal) =>
      function (...args) {
        journal.begin(this, args);
        return 'returned';
      },
    use: used,
    calls: [{ result: { value: 'returned' } }],
  },
];

const withCallback = (journal: Journal): readonly unknown[] => ['first', undefined, received(journal)];

export const callbacks: readonly Scenario[] = [
  ...ofKind('a callback', { callback: 'last', args: withCallback, ticks: 'any' }, outcomes),
  ...ofKind('a callback by its place', { callback: 2, args: withCallback, ticks: 'any' }, outcomes.slice(0, 5)),
];
