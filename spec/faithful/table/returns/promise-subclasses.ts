/**
 * Promises of a class of somebody's own, as model clients and drivers give them: lazy, with other ways to be used than
 * `then`. The very object comes back, nobody but the caller uses it, and the call ends when the caller's use has.
 */
import type { Journal } from '../journal.js';
import { RequestPromise } from '../request-promise.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { aRangeError, someThrown } from '../thrown.js';

/** Adds nothing but its name. */
class Named extends Promise<unknown> {}

type Use = (request: RequestPromise, journal: Journal) => void | Promise<void>;

const giving =
  (make: (journal: Journal) => Promise<unknown>) =>
  (journal: Journal): Body =>
    function (...args) {
      journal.begin(this, args);
      return journal.label(make(journal), 'the request');
    };

const used =
  (use: Use): Scenario['use'] =>
  (invoke, journal) => {
    const request = invoke() as RequestPromise;
    journal.out('got', request);
    return use(request, journal);
  };

const awaited: Use = (request, journal) => journal.settled('it', request);

/** Ways to use a request that succeeds, or does not matter. */
const ways: readonly (readonly [name: string, use: Use, call: Scenario['calls'][number]])[] = [
  ['awaited', awaited, { result: { value: 'reply' } }],
  [
    'with then alone',
    async (request, journal) => {
      await request.then((value) => journal.out('then', value));
    },
    { result: { value: 'reply' } },
  ],
  [
    'with finally',
    async (request, journal) => {
      await request.finally(() => journal.out('finally'));
    },
    {},
  ],
  [
    'resolved into another promise',
    async (request, journal) => {
      await journal.settled(
        'it',
        Promise.resolve().then(() => request),
      );
    },
    {},
  ],
  [
    'awaited twice',
    async (request, journal) => {
      const first = journal.settled('first', request);
      await journal.settled('second', request);
      await first;
    },
    { result: { value: 'reply' } },
  ],
  ['by a method of its own', (request, journal) => journal.settled('it', request.asResponse()), {}],
  [
    'by a method that uses it again',
    (request, journal) => {
      journal.asks(1);
      return journal.settled('it', request.withResponse());
    },
    {},
  ],
  ['by a generator of its own', (request, journal) => journal.out('lines', ...request.lines()), {}],
  [
    'by a generator of its own, left early',
    (request, journal) => {
      for (const line of request.lines()) {
        journal.out('line', line);
        break;
      }
    },
    {},
  ],
  ['by another like it', (request, journal) => journal.settled('it', request.retried()), {}],
  [
    'after something that is no use',
    (request, journal) => {
      journal.out('aborted', request.abort(), request.id);
      return awaited(request, journal);
    },
    {},
  ],
  ['by something that is no use', (request, journal) => journal.out('aborted', request.abort()), { open: true }],
  ['never', () => {}, { open: true }],
  [
    'only looked at',
    (request, journal) => {
      const { constructor } = request;
      const own = [
        Object.keys(request),
        JSON.stringify(request),
        constructor === RequestPromise,
        request instanceof Promise,
      ];
      journal.out('is', ...own.map(String), typeof request.then, request.then.name, request.then.length);
      for (const key in request) journal.out('has', key);
    },
    { open: true },
  ],
];

const succeeding = ways.map(
  ([outcome, use, call]): Outcome => ({
    outcome,
    body: giving((journal) => new RequestPromise(journal)),
    use: used(use),
    calls: [call],
  }),
);

const failing = someThrown.flatMap((failure): Outcome[] => {
  const body = giving((journal) => {
    journal.label(failure.value, failure.label);
    return new RequestPromise(journal, failure);
  });
  const handled: Use = async (request, journal) => {
    await request.catch((error: unknown) => journal.out('handled', error));
  };
  return [
    { outcome: `fails with ${failure.label}, awaited`, body, use: used(awaited), calls: [{ failure }] },
    { outcome: `fails with ${failure.label}, with catch`, body, use: used(handled), calls: [{ failure }] },
    {
      outcome: `fails with ${failure.label}, by a method of its own`,
      body,
      use: used((request, journal) => journal.settled('it', request.asResponse())),
      calls: [{ failure }],
    },
  ];
});

function withOwnThen(journal: Journal): Promise<unknown> {
  const promise: Promise<unknown> = Promise.resolve('text');
  // biome-ignore lint/suspicious/noThenProperty: it is what is tested
  promise.then = function (this: Promise<unknown>, ...handlers: never[]) {
    journal.either('its own then');
    return Reflect.apply(Promise.prototype.then, this, handlers) as never;
  };
  return promise;
}

const nameOnly: readonly Outcome[] = [
  {
    outcome: 'of a class that adds nothing, awaited',
    body: giving(() => Named.resolve('text')),
    use: used(awaited),
    calls: [{ result: { value: 'text' } }],
  },
  ...[aRangeError].map(
    (failure): Outcome => ({
      outcome: 'of a class that adds nothing, fails',
      body: giving((journal) => Named.reject(journal.label(failure.value, failure.label))),
      use: used(awaited),
      calls: [{ failure }],
    }),
  ),
  {
    outcome: 'with a then of its own, asked by it',
    body: giving(withOwnThen),
    use: used(async (request, journal) => {
      await request.then((value) => journal.out('then', value));
    }),
    calls: [{ result: { value: 'text' } }],
  },
  // The language does not ask the `then` of a promise whose constructor is its own: that is a use nobody can see.
  {
    outcome: 'with a then of its own, awaited',
    body: giving(withOwnThen),
    use: used(awaited),
    calls: [{ open: true }],
  },
  {
    outcome: 'with a constructor of its own, awaited',
    body: giving(() => Object.defineProperty(Promise.resolve('text'), 'constructor', { value: Named })),
    use: used(awaited),
    calls: [{ result: { value: 'text' } }],
  },
  {
    outcome: 'frozen',
    body: giving(() => Object.freeze(Named.resolve('text'))),
    use: used(awaited),
    calls: [{}],
  },
];

export const promiseSubclasses: readonly Scenario[] = ofKind('a promise of one’s own class', { ticks: 1 }, [
  ...succeeding,
  ...failing,
  ...nameOnly,
]);
