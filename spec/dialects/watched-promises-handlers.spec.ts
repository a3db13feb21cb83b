/**
 * `then`, `catch` and `finally` of promises that are more than promises, the language's or their own: each handler hears
 * what it would without us, and the call ends with what they tell.
 */
import { Counted, call, InFlight, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Maker {
  @Traced({ attributes: { answer: call.result() } })
  @Counted('maker.given')
  @InFlight('maker.open')
  give<T>(value: T): T {
    return value;
  }
}

class Sub<T> extends Promise<T> {}

type Handler = (value: unknown) => unknown;

/** As p-cancelable has it: made to be a promise by its prototypes, over one that it holds. */
class Over {
  readonly seen: unknown[][] = [];
  readonly #held: Promise<unknown>;

  constructor(held: Promise<unknown>) {
    this.#held = held;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is what this class is about
  then(...handlers: (Handler | null | undefined)[]): Promise<unknown> {
    this.seen.push(handlers);
    return this.#held.then(...handlers);
  }

  catch(...handlers: (Handler | null | undefined)[]): Promise<unknown> {
    this.seen.push(handlers);
    return this.#held.catch(handlers[0]);
  }

  finally(...handlers: (() => void)[]): Promise<unknown> {
    this.seen.push(handlers);
    return this.#held.finally(handlers[0]);
  }
}
Object.setPrototypeOf(Over.prototype, Promise.prototype);

/** Gives nothing, and calls its handlers later. */
class Silent extends Promise<unknown> {
  seen: unknown[][] = [];
  outcome: 0 | 1 = 0;

  // biome-ignore lint/suspicious/noThenProperty: it is what this class is about
  override then(...handlers: unknown[]): never {
    this.seen.push(handlers);
    const handler = handlers[this.outcome];
    const value = this.outcome === 0 ? 1 : new RangeError('no');
    if (typeof handler === 'function') setImmediate(() => handler(value));
    return undefined as never;
  }
}

/** Its catch and finally are those of the language, by way of its own methods. */
class Caught<T> extends Promise<T> {
  last: unknown;

  override catch<R = never>(handler?: ((reason: unknown) => R | PromiseLike<R>) | null): Promise<T | R> {
    const given = super.catch(handler);
    this.last = given;
    return given;
  }

  override finally(handler?: (() => void) | null): Promise<T> {
    const given = super.finally(handler);
    this.last = given;
    return given;
  }
}

class PlainlyCaught<T> extends Caught<T> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }
}

const maker = new Maker();
const answered = (answer: unknown) => span('Maker.give', { attributes: { answer: answer as string } });
const failed = failedSpan('Maker.give', { type: 'RangeError', message: 'no' });
const no = () => Promise.reject(new RangeError('no'));
const over = (held: Promise<unknown>): Over => maker.give(new Over(held));
const silent = (): Silent => maker.give(new Silent(() => {}));
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const ownOf = (value: unknown) => Object.getOwnPropertyNames(value);

test('the language’s then ends the call, whether what it gave is used or not', async () => {
  const sub = maker.give(Sub.resolve(1));
  const derived = sub.then();
  expect([derived instanceof Sub, ownOf(derived)]).toEqual([true, []]);
  await settled();
  expect(await recorded.trees()).toEqual([answered(1)]);
  expect(await recorded.points('maker.open')).toEqual([[{}, 0]]);
  expect(await derived).toBe(1);
});

test('where there is no handler, or none for the case, the outcome is handed on', async () => {
  await expect(maker.give(Sub.reject(new RangeError('no'))).then(() => 'done')).rejects.toThrow('no');
  await expect(maker.give(Sub.reject(new RangeError('no'))).then()).rejects.toThrow('no');
  expect(await maker.give(Sub.resolve(1)).then(undefined, () => 'caught')).toBe(1);
  expect(await maker.give(Sub.resolve(2)).then(null, null)).toBe(2);
  expect(await maker.give(Sub.reject(new RangeError('no'))).then(null, () => 'caught')).toBe('caught');
  expect(await recorded.trees()).toEqual([failed, failed, answered(1), answered(2), failed]);
});

test('what a handler throws is the caller’s', async () => {
  const derived = maker.give(Sub.resolve(1)).then(() => no());
  await expect(derived).rejects.toThrow('no');
  expect(await recorded.trees()).toEqual([answered(1)]);
});

test('a then of its own gets as many arguments as there are, and only handlers are heard', async () => {
  const one = over(Promise.resolve(1));
  const done = (value: unknown) => value;
  const calls = [[], [null], [undefined, null], [null, null, done, done], [null, done, done]];
  for (const handlers of calls) expect(await one.then(...handlers)).toBe(1);
  await settled();
  expect(one.seen.map((handlers) => handlers.length)).toEqual([0, 1, 2, 4, 3]);
  expect(one.seen[1]).toEqual([null]);
  expect(one.seen[2]).toEqual([undefined, null]);
  expect(one.seen[3]?.map((handler) => handler === done)).toEqual([false, false, true, true]);
  expect(one.seen[4]?.[2]).toBe(done);
  expect(await recorded.trees()).toEqual([answered(1)]);
});

test('a third argument of a watched then is left as it is', () => {
  const extra = () => 1;
  const one = silent();
  Reflect.apply(one.then, one, [() => 1, () => 2, extra, extra]);
  Reflect.apply(one.then, one, [null, 'text', extra]);
  expect(one.seen[0]?.slice(2).every((handler) => handler === extra)).toBe(true);
  expect(one.seen[1]).toEqual([null, 'text', extra]);
});

test.each<[string, 0 | 1, unknown[]]>([
  ['the first of one', 0, [() => 1]],
  ['the first of two', 0, [() => 1, () => 2]],
  ['the first, before nothing', 0, [() => 1, undefined]],
  ['the second, after nothing', 1, [undefined, () => 2]],
  ['the second of two', 1, [() => 1, () => 2]],
])('a then that gives nothing is a use until it calls a handler: %s', async (_, outcome, handlers) => {
  const one = silent();
  one.outcome = outcome;
  expect(Reflect.apply(one.then, one, handlers)).toBeUndefined();
  expect(await recorded.points('maker.open')).toEqual([[{}, 1]]);
  await settled();
  expect(await recorded.trees()).toEqual([outcome === 0 ? answered(1) : failed]);
  expect(await recorded.points('maker.open')).toEqual([[{}, 0]]);
});

test.each([[[]], [[null]], [[undefined, undefined]], [[1, 'text']], [[null, null, () => 1]]])(
  'without a handler it is none: %j',
  async (handlers) => {
    const one = silent();
    one.outcome = 1;
    Reflect.apply(one.then, one, [...handlers]);
    await settled();
    expect(await recorded.trees()).toEqual([]);
    one.outcome = 0;
    Reflect.apply(one.then, one, [() => 1]);
    await settled();
    expect(await recorded.trees()).toEqual([answered(1)]);
  },
);

test('a then that speaks of the language’s is not it', async () => {
  const one = silent();
  const lengths: number[] = [];
  const speaking = Object.defineProperty(new Sub<number>(() => {}), 'then', {
    value: (...handlers: unknown[]) => {
      lengths.push(handlers.length);
      return 'function then() { [native code] }';
    },
    configurable: true,
  });
  maker.give(speaking);
  expect(speaking.then()).toBe('function then() { [native code] }');
  expect(lengths).toEqual([0]);
  await settled();
  expect([await recorded.trees(), one.seen]).toEqual([[], []]);
});

test('a catch that asks another promise is a use of its own', async () => {
  expect(await over(no()).catch(() => 5)).toBe(5);
  expect(await over(Promise.resolve(1)).catch(() => 5)).toBe(1);
  await expect(over(no()).catch()).rejects.toThrow('no');
  expect(await recorded.trees()).toEqual([failed, answered(1), failed]);
});

test('of its arguments only the first is heard, where it is a handler', async () => {
  const one = over(Promise.resolve(1));
  const handler = () => 5;
  void one.catch(handler, handler);
  await one.catch(undefined, null);
  expect(one.seen.map((handlers) => handlers.map((given) => given === handler))).toEqual([
    [false, true],
    [false, false],
  ]);
  expect(one.seen[1]).toEqual([undefined, null]);
});

test('a finally that asks another promise is a use of its own', async () => {
  let done = 0;
  const count = () => void (done += 1);
  const one = over(Promise.resolve(1));
  expect(await one.finally(count)).toBe(1);
  expect(one.seen).toEqual([[count]]);
  await expect(over(no()).finally(count)).rejects.toThrow('no');
  expect(done).toBe(2);
  expect(await recorded.trees()).toEqual([answered(1), failed]);
});

test.each([
  ['catch', Caught],
  ['finally', Caught],
  ['catch', PlainlyCaught],
  ['finally', PlainlyCaught],
] as const)('a %s that asks its own then gives what it would, and the call ends with that then', async (name, Kind) => {
  const caught = maker.give(new Kind<number>((resolve) => resolve(1)));
  const derived = caught[name](() => undefined as never);
  expect([derived === caught.last, ownOf(derived).filter((key) => key !== 'last')]).toEqual([true, []]);
  await settled();
  expect(await recorded.trees()).toEqual([answered(1)]);
  expect(await derived).toBe(1);
  expect(await recorded.points('maker.given')).toEqual([[{}, 1]]);
});
