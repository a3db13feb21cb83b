/**
 * What stands over the methods of what a call gave cannot be told from them, and does nothing but on that one object.
 */
import { Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Maker {
  @Traced()
  give<T>(value: T): T {
    return value;
  }

  @Traced()
  *steps(): Generator<number, string> {
    yield 1;
    return 'end';
  }
}

/** A promise around another, whose methods need what is private to it. */
class Request<T> extends Promise<T> {
  readonly #inner: Promise<T>;

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  constructor(start: (resolve: (value: T) => void) => void) {
    super(() => undefined);
    this.#inner = new Promise(start);
  }

  // biome-ignore lint/suspicious/noThenProperty: it is what this class is about
  override then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#inner.then(fulfilled, rejected);
  }

  override catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.#inner.catch(rejected);
  }

  json(_space?: number, _more?: string): Promise<string> {
    return this.then((value) => JSON.stringify(value));
  }
}

const maker = new Maker();
const given = span('Maker.give');
const request = (): Request<number> => maker.give(new Request<number>((resolve) => resolve(1)));

test('it looks like the method: name, length, what hangs on it, and nothing to enumerate', () => {
  const tagged = Object.assign(
    function tagged(this: unknown, _a: unknown): unknown {
      return this;
    },
    { tag: 'kept' },
  );
  Object.defineProperty(Request.prototype, 'tagged', { value: tagged, configurable: true, writable: true });
  try {
    const one = request() as Request<number> & { tagged: typeof tagged };
    const bare = Request.prototype;
    for (const name of ['then', 'catch', 'json'] as const) {
      expect([one[name].name, one[name].length]).toEqual([bare[name].name, bare[name].length]);
      expect(Object.hasOwn(one, name)).toBe(true);
      expect(Reflect.ownKeys(one[name])).toEqual(Reflect.ownKeys(bare[name]));
      const { enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(one, name) as PropertyDescriptor;
      expect([enumerable, writable, configurable]).toEqual([false, true, true]);
      for (const key of ['name', 'length']) {
        expect(Object.getOwnPropertyDescriptor(one[name], key)).toEqual(
          Object.getOwnPropertyDescriptor(bare[name], key),
        );
      }
    }
    expect([one.tagged.tag, one.tagged.name, one.tagged.length]).toEqual(['kept', 'tagged', 1]);
    expect(one.tagged(1)).toBe(one);
    expect(Object.keys(one)).toEqual([]);
  } finally {
    Reflect.deleteProperty(Request.prototype, 'tagged');
  }
});

test('an own then that could be enumerated still can', async () => {
  // biome-ignore lint/suspicious/noThenProperty: it is what this test is about
  const own = Object.assign(Promise.resolve(1), { then: (done: (value: string) => void) => done('own') });
  maker.give(own);
  expect(Object.keys(own)).toEqual(['then']);
  expect(await new Promise((resolve) => void (own.then as (done: typeof resolve) => void)(resolve))).toBe('own');
  expect(Object.keys(own)).toEqual(['then']);
  expect(await recorded.trees()).toEqual([given]);
});

test('taken off and called on another, it is the method', async () => {
  const [one, other] = [request(), new Request<number>((resolve) => resolve(2))];
  const { json } = one;
  expect(await json.call(other)).toBe('2');
  expect(await recorded.trees()).toEqual([]);
  expect(await json.call(one)).toBe('1');
  expect(await recorded.trees()).toEqual([given]);
  const steps = maker.steps();
  const { next } = steps;
  const bare = (function* () {
    yield 5;
  })();
  expect(next.call(bare as never)).toEqual({ done: false, value: 5 });
  expect(() => next.call(undefined as never)).toThrow(TypeError);
  expect(() => next.call({} as never)).toThrow(TypeError);
});

test.each([
  ['a native promise', () => Promise.resolve('native')],
  ['an object that inherits nothing of the kind', () => Object.create(null) as Promise<string>],
])('copied with all own properties onto %s, it is what that would have', async (_, make) => {
  const one = request();
  const copy = make();
  Object.defineProperties(copy, Object.getOwnPropertyDescriptors(one));
  if (copy instanceof Promise) {
    expect(await copy.then((value) => value)).toBe('native');
    expect(await copy.catch(() => 'caught')).toBe('native');
  } else {
    // Nothing to inherit: the method itself, which knows that this is none of its own.
    expect(() => (copy as Promise<string>).then()).toThrow(TypeError);
  }
  expect(await recorded.trees()).toEqual([]);
  expect(await one).toBe(1);
  expect(await recorded.trees()).toEqual([given]);
});

test('what somebody puts over it stays, and so does a cover beneath it', async () => {
  const one = request();
  const mine = (): Promise<string> => Promise.resolve('mine');
  one.json = mine;
  expect(await one).toBe(1);
  expect(await recorded.trees()).toEqual([given]);
  expect(one.json).toBe(mine);
  expect(Object.getOwnPropertyNames(one)).toEqual(['json']);
});

test('several calls that gave it are all told, and all covers come off', async () => {
  const one = maker.give(request());
  expect(await one.json()).toBe('1');
  expect(Object.getOwnPropertyNames(one)).toEqual([]);
  expect(await recorded.trees()).toEqual([given, given]);
});
