/**
 * Values that could be taken for something that lasts, or that tell when they are looked at: they come back untouched and
 * never run, and the call ends as they are returned.
 */
import type { Journal } from '../journal.js';
import { type Outcome, ofKind, type Scenario } from '../scenario.js';

interface LookAlike<T> {
  readonly name: string;
  readonly make: (journal: Journal) => T;
  /** What the caller does with it once it has it. */
  readonly use: (value: T, journal: Journal) => unknown;
}

/** A query builder runs its query when it is awaited, each time. */
class Query {
  readonly #journal: Journal;
  readonly #failure: unknown;

  constructor(journal: Journal, failure?: unknown) {
    this.#journal = journal;
    this.#failure = failure;
  }

  where(): this {
    return this;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is what makes it one
  then(resolve: (rows: string) => unknown, reject: (error: unknown) => unknown): Promise<unknown> {
    this.#journal.either('the query runs');
    const ran = this.#failure === undefined ? Promise.resolve('rows') : Promise.reject(this.#failure);
    return ran.then(resolve, reject);
  }
}

function touchy(journal: Journal, target: object): object {
  const traps = [
    'get',
    'has',
    'ownKeys',
    'getPrototypeOf',
    'getOwnPropertyDescriptor',
    'isExtensible',
    'apply',
  ] as const;
  const told = traps.map((trap) => [
    trap,
    (...args: unknown[]) => {
      journal.either(`${trap} of the proxy`, typeof args[1] === 'string' ? args[1] : '');
      return Reflect.apply(Reflect[trap], undefined, args) as unknown;
    },
  ]);
  return new Proxy(target, Object.fromEntries(told) as ProxyHandler<object>);
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function countdown(journal: Journal): IterableIterator<number> {
  let left = 2;
  return {
    [Symbol.iterator]() {
      return this;
    },
    next() {
      journal.either('a step');
      left -= 1;
      return left < 0 ? { done: true, value: undefined } : { done: false, value: left };
    },
    return(value?: number) {
      journal.either('is left');
      return { done: true, value };
    },
  };
}

const kind = <T>(
  name: string,
  make: (journal: Journal) => T,
  use: (value: T, journal: Journal) => unknown = () => undefined,
): LookAlike<unknown> => ({ name, make, use: use as LookAlike<unknown>['use'] });

const lookAlikes: readonly LookAlike<unknown>[] = [
  kind('a query builder that is never run', (journal) => new Query(journal)),
  kind(
    'a query builder that is awaited',
    (journal) => new Query(journal).where(),
    (query, journal) => journal.settled('the query', query as unknown as PromiseLike<unknown>),
  ),
  kind(
    'a query builder that is awaited twice',
    (journal) => new Query(journal),
    async (query, journal) => {
      await journal.settled('the query', query as unknown as PromiseLike<unknown>);
      await journal.settled('the query again', query as unknown as PromiseLike<unknown>);
    },
  ),
  kind(
    'a query builder whose query fails',
    (journal) => new Query(journal, 'no rows'),
    (query, journal) => journal.settled('the query', query as unknown as PromiseLike<unknown>),
  ),
  kind('an object whose then is a getter', (journal) =>
    Object.defineProperty({}, 'then', { get: () => journal.either('then is read') }),
  ),
  // biome-ignore lint/suspicious/noThenProperty: it is what it looks like
  kind('a function with a then', (journal) => Object.assign(() => 1, { then: () => journal.either('then runs') })),
  kind('a proxy', (journal) => touchy(journal, {})),
  kind('a proxy of a function', (journal) => touchy(journal, () => 1)),
  kind('a proxy of an array', (journal) => touchy(journal, [])),
  kind('a revoked proxy', revoked),
  kind('what has a promise for a prototype', () => Object.create(Promise.prototype) as unknown),
  kind(
    'an array iterator',
    () => [1, 2].values(),
    (iterator, journal) => journal.out('steps', ...iterator),
  ),
  kind(
    'a map iterator, left early',
    () => new Map([['a', 1]]).keys(),
    (iterator, journal) => {
      for (const key of iterator) {
        journal.out('key', key);
        break;
      }
    },
  ),
  kind('a hand-written iterator', countdown, (iterator, journal) => journal.out('steps', ...iterator)),
  kind('a hand-written iterator, left early', countdown, (iterator, journal) => {
    for (const one of iterator) {
      journal.out('step', one);
      break;
    }
  }),
  kind(
    'a hand-written async iterable',
    (journal) => ({
      [Symbol.asyncIterator]: () => {
        const steps = countdown(journal);
        return { next: () => Promise.resolve(steps.next()) };
      },
    }),
    async (iterable, journal) => {
      for await (const one of iterable) journal.out('step', one);
    },
  ),
  kind('what only says it is a stream', () => ({
    getReader: 1,
    locked: false,
    [Symbol.toStringTag]: 'ReadableStream',
  })),
  kind(
    'what only has a subscribe',
    (journal) => ({ subscribe: () => journal.either('subscribed') }),
    (value, journal) => {
      value.subscribe();
      journal.out('subscribed');
    },
  ),
];

const outcome = ({ name, make, use }: LookAlike<unknown>): Outcome => ({
  outcome: name,
  body: (journal) =>
    function (...args) {
      journal.begin(this, args);
      const value = journal.label(make(journal), 'the value');
      journal.in('gives', value);
      return value;
    },
  use(invoke, journal) {
    const value = invoke();
    journal.out('got', value);
    return use(value, journal) as void | Promise<void>;
  },
  calls: [{}],
});

export const lookAlikeValues: readonly Scenario[] = ofKind('a look-alike', {}, lookAlikes.map(outcome));
