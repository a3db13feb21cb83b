/**
 * When a call settles, by what exactly it gave: each is told as it returns or later, and never by the call that comes after.
 */
import { Counted, InFlight, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Settling {
  @Traced()
  @InFlight('settling.open')
  give<T>(value: T): T {
    return value;
  }

  @Traced()
  async later<T>(value: T): Promise<T> {
    return value;
  }

  @Traced()
  self(): this {
    return this;
  }

  @Counted('settling.steps')
  *counted(): Generator<number, string> {
    yield 1;
    return 'end';
  }

  @Traced({ callback: 'last' })
  handed(done: () => void): unknown {
    return done;
  }

  @Traced({ callback: 0 })
  first(done: (error: unknown) => void, other: () => string): string {
    done(null);
    return other();
  }
}

const settling = new Settling();
const given = span('Settling.give');

/** A promise by its prototypes alone, as p-cancelable is. */
class Lookalike {
  readonly inner: Promise<unknown>;
  constructor(inner: Promise<unknown>) {
    this.inner = inner;
  }
  // biome-ignore lint/suspicious/noThenProperty: it is what this class is about
  then(...handlers: unknown[]): unknown {
    return this.inner.then(...(handlers as []));
  }
}
Object.setPrototypeOf(Lookalike.prototype, Promise.prototype);

class Query {
  static runs = 0;
  where(): this {
    return this;
  }
  // biome-ignore lint/suspicious/noThenProperty: it is what this class is about
  then(done: (rows: string) => void): void {
    Query.runs += 1;
    done('rows');
  }
}

test.each([
  ['null', null],
  ['undefined', undefined],
  ['a number', 1],
  ['an object without a prototype', Object.create(null) as object],
  ['a function', () => 1],
  ['an instance', new (class Thing {})()],
  ['an array iterator', [1].values()],
])('%s is told as it returns', async (_, value) => {
  expect(settling.give(value)).toBe(value);
  expect(await recorded.points('settling.open')).toEqual([[{}, 0]]);
  expect(await recorded.trees()).toEqual([given]);
});

test.each([null, undefined, 1, 'text'])('a promise of %p is told as it settles', async (value) => {
  expect(await settling.later(value)).toBe(value);
  expect(await recorded.trees()).toEqual([span('Settling.later')]);
});

test('what the method was called on is a value, also where that is a stream or a promise', async () => {
  class Own extends Promise<number> {
    @Traced()
    self(): this {
      return this;
    }
  }
  const own = new Own((resolve) => resolve(1));
  expect(own.self()).toBe(own);
  expect(settling.self()).toBe(settling);
  expect(Object.getOwnPropertyNames(own)).toEqual([]);
  expect((await recorded.trees()).map(({ name }) => name)).toEqual(['Own.self', 'Settling.self']);
});

test('a proxy is not looked into', async () => {
  const traps: string[] = [];
  const handler = new Proxy(
    {},
    {
      get: (_, trap) => {
        traps.push(String(trap));
        return undefined;
      },
    },
  );
  const proxy = new Proxy(Promise.resolve(1), handler);
  expect(settling.give(proxy)).toBe(proxy);
  expect(traps).toEqual([]);
  expect(await recorded.trees()).toEqual([given]);
});

test('a thenable is as it was, and is not run', async () => {
  const query = new Query();
  expect(settling.give(query)).toBe(query);
  await new Promise(setImmediate);
  expect([Query.runs, Object.getOwnPropertyNames(query)]).toEqual([0, []]);
  expect(await recorded.trees()).toEqual([given]);
  expect(await new Promise((resolve) => query.where().then(resolve))).toBe('rows');
  expect([Query.runs, await recorded.trees()]).toEqual([1, [given]]);
});

test('a promise by its prototypes is watched, one that has nothing of its own is a value', async () => {
  const promise = settling.give(new Lookalike(Promise.resolve(2)));
  expect(await recorded.trees()).toEqual([]);
  expect(await new Promise((resolve) => void promise.then(resolve))).toBe(2);
  expect(await recorded.trees()).toEqual([given]);
  settling.give(Object.create(Promise.prototype));
  expect(await recorded.trees()).toEqual([given, given]);
});

test('an observable may go by the symbol of observables', async () => {
  const symbols = Symbol as { observable?: symbol };
  const before = symbols.observable;
  const key = before ?? Symbol('observable');
  if (before === undefined) Object.defineProperty(Symbol, 'observable', { value: key, configurable: true });
  class Source {
    subscribe(observer: { complete?: () => void }): { unsubscribe(): void } {
      observer.complete?.();
      return { unsubscribe: () => undefined };
    }
  }
  Object.defineProperty(Source.prototype, key, { value: () => undefined });
  class Feed {
    subscribe(): void {}
  }
  try {
    const source = settling.give(new Source());
    expect(await recorded.trees()).toEqual([]);
    source.subscribe({});
    expect(await recorded.trees()).toEqual([given]);
    settling.give(new Feed());
    expect(await recorded.trees()).toEqual([given, given]);
  } finally {
    if (before === undefined) Reflect.deleteProperty(Symbol, 'observable');
  }
});

test('nothing of ours stays on a generator that is over', async () => {
  const whole = settling.counted();
  expect([...whole]).toEqual([1]);
  const left = settling.counted();
  for (const one of left) if (one === 1) break;
  const untouched = settling.counted();
  untouched.return('closed');
  for (const generator of [whole, left, untouched]) expect(Object.getOwnPropertyNames(generator)).toEqual([]);
  expect(await recorded.points('settling.steps')).toEqual([[{}, 2]]);
});

test('a generator that is first stepped on after shutdown is bare', async () => {
  const asked: string[] = [];
  class Named {
    @Traced({
      name: () => {
        asked.push('name');
        return 'named';
      },
    })
    *steps(): Generator<number> {
      yield 1;
    }
  }
  const steps = new Named().steps();
  await recorded.stop();
  expect([...steps]).toEqual([1]);
  expect(asked).toEqual([]);
});

test('the callback is where it is said to be', async () => {
  const order: string[] = [];
  const answer = settling.first(
    () => order.push('done'),
    () => {
      order.push('other');
      return 'other';
    },
  );
  expect([answer, order]).toEqual(['other', ['done', 'other']]);
  expect(await recorded.trees()).toEqual([span('Settling.first')]);
});

test('whatever kind of method a reading calls, it is no call of the program', async () => {
  class Reading {
    @Counted('settling.read')
    counted(): number {
      return 1;
    }
    @Traced()
    *steps(): Generator<number> {
      yield 1;
    }
    @Traced({ callback: 'last' })
    ask(done: () => number): number {
      return done();
    }
    @Traced({ attributes: { read: ({ self }) => readAll(self as Reading) } })
    run(): void {}
  }
  const readAll = (one: Reading): number => one.counted() + [...one.steps()].length + one.ask(() => 1);
  new Reading().run();
  expect(await recorded.trees()).toEqual([span('Reading.run', { attributes: { read: 3 } })]);
  expect(await recorded.points('settling.read')).toEqual([]);
});

test('a stand-in that was kept passes the very callback after shutdown', async () => {
  const { handed } = settling;
  const done = (): void => {};
  expect(handed.call(settling, done)).not.toBe(done);
  await recorded.stop();
  expect(handed.call(settling, done)).toBe(done);
});
