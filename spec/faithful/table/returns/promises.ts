/**
 * Plain promises, of async functions and of others: the call ends when they settle. Their derived promise comes back, so
 * the caller may hear of it one turn later, and not of anything else.
 */
import type { Journal } from '../journal.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { everyThrown, someThrown, type Thrown } from '../thrown.js';

const isPlain = (value: unknown): boolean =>
  value instanceof Promise && Object.getPrototypeOf(value) === Promise.prototype && value.constructor === Promise;

type Use = (promise: Promise<unknown>, journal: Journal) => void | Promise<void>;

const awaited: Use = (promise, journal) => journal.settled('it', promise);

/** What callers do with a promise. */
const uses: Readonly<Record<string, Use>> = {
  awaited,
  'with then': async (promise, journal) => {
    await journal.ask(promise).then(
      (value) => journal.out('then', value),
      (error: unknown) => journal.out('then failed', error),
    );
  },
  'with catch and finally': async (promise, journal) => {
    const last = journal
      .ask(promise)
      .catch((error: unknown) => {
        journal.out('catch', error);
        return 'handled';
      })
      .finally(() => journal.out('finally'));
    journal.out('at last', await last);
  },
  'used twice': async (promise, journal) => {
    await journal.settled('first', promise);
    await journal.settled('second', promise);
  },
  'with others': async (promise, journal) => {
    const [first, second] = await Promise.allSettled([journal.ask(promise), Promise.resolve('other')]);
    journal.out('all', first.status, second.status);
  },
};

const used = (use: Use): Scenario['use'] => {
  return (invoke, journal) => {
    const promise = invoke();
    journal.out('got a plain promise', isPlain(promise));
    return use(promise as Promise<unknown>, journal);
  };
};

type Settles = (journal: Journal) => unknown;

/** An async function that gets to its end, or fails there, in a few turns. */
const asyncBody =
  (end: Settles) =>
  (journal: Journal): Body =>
    async function (...args) {
      journal.begin(this, args);
      try {
        await undefined;
        journal.in('after a turn');
        journal.step();
        return end(journal);
      } finally {
        journal.in('finally');
      }
    };

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const gives =
  (value: unknown): Settles =>
  (journal) =>
    typeof value === 'object' ? journal.label(value, 'the value') : value;
const throwing =
  ({ value, label }: Thrown): Settles =>
  (journal) => {
    journal.label(value, label);
    throw value;
  };

const settledBy = (end: Settles, steps: number, given: Partial<Outcome>): Omit<Outcome, 'outcome'> => ({
  body: asyncBody(end),
  use: used(awaited),
  calls: [{ steps }],
  ...given,
});

const asyncFunctions = ofKind('an async function', { ticks: 1, heardAfter: true }, [
  ...[undefined, null, 'text', { an: 'object' }].map((value) => ({
    ...settledBy(gives(value), 2, { calls: [{ steps: 2, result: { value } }] }),
    outcome: `gives ${String(value)}`,
  })),
  ...everyThrown.map((failure) => ({
    ...settledBy(throwing(failure), 2, { calls: [{ steps: 2, failure }] }),
    outcome: `throws ${failure.label}`,
  })),
  ...Object.entries(uses).flatMap(([name, use]) => [
    {
      ...settledBy(gives('text'), 2, { use: used(use), calls: [{ steps: 2, result: { value: 'text' } }] }),
      outcome: `gives, ${name}`,
    },
    ...someThrown.slice(0, 1).map((failure) => ({
      ...settledBy(throwing(failure), 2, { use: used(use), calls: [{ steps: 2, failure }] }),
      outcome: `throws, ${name}`,
    })),
  ]),
]);

const plainBody =
  (make: (journal: Journal) => Promise<unknown>) =>
  (journal: Journal): Body =>
    function (...args) {
      journal.begin(this, args);
      return make(journal);
    };

const withCancel = (): Promise<unknown> => Object.assign(Promise.resolve(1), { cancel: () => 'cancelled' });

const given = ofKind('a promise', { ticks: 1, heardAfter: true, use: used(awaited) }, [
  { outcome: 'resolved already', body: plainBody(async () => 'text'), calls: [{ result: { value: 'text' } }] },
  ...someThrown.map((failure) => ({
    outcome: `rejected already with ${failure.label}`,
    body: plainBody((journal) => Promise.reject(journal.label(failure.value, failure.label))),
    calls: [{ failure }],
  })),
  {
    outcome: 'resolved with another',
    body: plainBody((journal) => Promise.resolve().then(() => Promise.resolve(journal.label({}, 'the value')))),
    calls: [{ result: { value: {} } }],
  },
  { outcome: 'resolved later', ticks: 'any', body: plainBody(() => nextTurn()), calls: [{}] },
  {
    outcome: 'with something hung on it',
    body: plainBody(withCancel),
    use: used((promise, journal) => {
      journal.out('still there', (promise as unknown as { cancel(): string }).cancel(), ...Object.keys(promise));
      return awaited(promise, journal);
    }),
    calls: [{ result: { value: 1 } }],
  },
  {
    outcome: 'that never settles',
    body: plainBody(() => new Promise(() => {})),
    use: used((promise, journal) => void promise.then(() => journal.out('never'))),
    calls: [{ open: true }],
  },
  {
    outcome: 'settled twice by its maker',
    body: plainBody(
      () =>
        new Promise((resolve, reject) => {
          resolve('first');
          reject(new Error('second'));
          resolve('third');
        }),
    ),
    calls: [{ result: { value: 'first' } }],
  },
] as (Partial<Outcome> & Pick<Outcome, 'outcome'>)[] as Outcome[]);

export const promises: readonly Scenario[] = [...asyncFunctions, ...given];
