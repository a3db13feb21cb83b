/**
 * What an async function gives is a promise the language has just made, and is looked at less than others; whatever was done to
 * promises, or to the function, the call settles with it, and the program gets what it would have got.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { Counted, InFlight, Traced, traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Loads {
  @Traced()
  @Counted('fresh.count')
  @InFlight('fresh.flight')
  async load(value: unknown): Promise<unknown> {
    await turn();
    if (value instanceof Error) throw value;
    return value;
  }

  @Counted('fresh.alone')
  async counted(value: unknown): Promise<unknown> {
    await turn();
    return value;
  }

  @Traced()
  async atOnce(value: unknown): Promise<unknown> {
    return value;
  }

  @Traced()
  @Counted('fresh.given')
  give(promise: Promise<unknown>): Promise<unknown> {
    return promise;
  }

  @Traced()
  static async make(): Promise<unknown> {
    // biome-ignore lint/complexity/noThisInStatic: it is what is tested
    return this;
  }
}

const wrong = new RangeError('wrong');
const failure = { type: 'RangeError', message: 'wrong' };

test('async methods and functions, arrows and those of a prototype: plain promises, one a call', async () => {
  const loads = new Loads();
  const arrow = traced('arrow', async (value: unknown) => value);
  const object = { load: traced('ofObject', async (value: unknown) => value) };
  const given = [loads.load(1), loads.atOnce(2), Loads.make(), arrow(3), object.load(4), loads.counted(5)];
  for (const promise of given) {
    expect(Object.getPrototypeOf(promise)).toBe(Promise.prototype);
    expect(Object.getOwnPropertyNames(promise)).toEqual([]);
  }
  expect(new Set(given).size).toBe(6);
  expect(await recorded.points('fresh.flight')).toEqual([[{}, 1]]);
  expect(await Promise.all(given)).toEqual([1, 2, Loads, 3, 4, 5]);
  await expect(loads.load(wrong)).rejects.toBe(wrong);
  expect((await recorded.trees()).map(({ name }) => name).sort()).toEqual(
    ['Loads.load', 'Loads.load', 'Loads.atOnce', 'Loads.make', 'arrow', 'ofObject'].sort(),
  );
  expect(await recorded.points('fresh.count')).toEqual([
    [{ 'error.type': 'RangeError' }, 1],
    [{}, 1],
  ]);
  expect(await recorded.points('fresh.alone')).toEqual([[{}, 1]]);
  expect(await recorded.points('fresh.flight')).toEqual([[{}, 0]]);
});

test('an async function that gives a promise, a thenable, a generator, or what throws in `then`', async () => {
  const loads = new Loads();
  // biome-ignore lint/suspicious/noThenProperty: the language calls it
  const thenable = { then: (take: (value: unknown) => void) => take('from a thenable') };
  const throwing = Object.defineProperty({}, 'then', {
    get: () => {
      throw wrong;
    },
  });
  expect(await loads.atOnce(Promise.resolve('inner'))).toBe('inner');
  expect(await loads.atOnce(thenable)).toBe('from a thenable');
  await expect(loads.atOnce(throwing)).rejects.toBe(wrong);
  const steps = (function* () {
    yield 1;
  })();
  expect(await loads.atOnce(steps)).toBe(steps);
  expect((await recorded.trees()).length).toBe(3);
  expect([...steps]).toEqual([1]);
  expect(await recorded.trees()).toEqual([
    span('Loads.atOnce'),
    span('Loads.atOnce'),
    failedSpan('Loads.atOnce', failure),
    span('Loads.atOnce'),
  ]);
});

test('an async function of another realm, a bound one, and a proxy around one', async () => {
  const foreign = runInNewContext(
    '(async function foreign(value) { if (value === 2) throw value; return value; })',
  ) as (value: number) => Promise<number>;
  const functions = [
    traced('foreign', foreign),
    traced(
      'bound',
      async function (this: unknown, value: number): Promise<number> {
        if (value === 2) throw value;
        return value;
      }.bind(undefined),
    ),
    traced('proxied', new Proxy(async (value: number) => (value === 2 ? Promise.reject(value) : value), {})),
    traced(
      'replaced',
      new Proxy(async (value: number) => value, {
        apply: (_target, _self, [value]: number[]) =>
          Object.assign(value === 2 ? Promise.reject(value) : Promise.resolve(value), { cancel: () => 'cancelled' }),
      }),
    ),
  ];
  for (const one of functions) {
    expect(await one(1)).toBe(1);
    await expect(one(2)).rejects.toBe(2);
  }
  const last = functions[3]?.(3) as Promise<number> & { cancel(): string };
  expect([last.cancel(), await last]).toEqual(['cancelled', 3]);
  const failed = (name: string) => failedSpan(name, { type: 'number', message: '2', stack: null }, { at: name });
  const both = ['foreign', 'bound', 'proxied', 'replaced'].flatMap((name) => [span(name, { at: name }), failed(name)]);
  expect(
    (await recorded.trees()).map(({ attributes, ...tree }) => ({ ...tree, failed: attributes['error.type'] })),
  ).toEqual(
    [...both, span('replaced')].map(({ attributes, ...tree }) => ({ ...tree, failed: attributes['error.type'] })),
  );
});

describe('while promises are changed by somebody', () => {
  class Other<T> extends Promise<T> {}
  const changes: [string, object, PropertyKey, PropertyDescriptor][] = [
    ['then', Promise.prototype, 'then', { value: () => 'not then', writable: true, configurable: true }],
    ['species', Promise, Symbol.species, { get: () => Other, configurable: true }],
    [
      'a species that throws',
      Promise,
      Symbol.species,
      {
        get: () => {
          throw new Error('no species');
        },
        configurable: true,
      },
    ],
    ['constructor', Promise.prototype, 'constructor', { value: Other, writable: true, configurable: true }],
  ];

  test.each(changes)(
    '%s: what is given settles as it would, and nothing is left behind',
    async (_, holder, key, change) => {
      const unhandled: unknown[] = [];
      const note = (reason: unknown): void => void unhandled.push(reason);
      const kept = Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
      const loads = new Loads();
      const given: Promise<unknown>[] = [];
      process.on('unhandledRejection', note);
      Object.defineProperty(holder, key, change);
      try {
        given.push(loads.load('value'), loads.load(wrong), loads.counted(1));
      } finally {
        Object.defineProperty(holder, key, kept);
      }
      for (const promise of given) expect(Object.getPrototypeOf(promise)).toBe(Promise.prototype);
      const settled = await Promise.allSettled(given);
      expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason))).toEqual(['value', wrong, 1]);
      await turn();
      await turn();
      process.off('unhandledRejection', note);
      expect(unhandled).toEqual([]);
      expect((await recorded.trees()).map(({ name }) => name)).toEqual(['Loads.load', 'Loads.load']);
      expect((await recorded.points('fresh.count')).reduce((sum, [, value]) => sum + value, 0)).toBe(2);
      expect(await recorded.points('fresh.alone')).toEqual([[{}, 1]]);
      expect(await recorded.points('fresh.flight')).toEqual([[{}, 0]]);
    },
  );
});

test('what hangs on a promise that was not made just now is carried over, seen in a loop or not', async () => {
  const promise = Promise.resolve('value');
  const cancel = (): string => 'cancelled';
  const described = {
    cancel: { value: cancel, enumerable: false, writable: false, configurable: false },
    requestId: { value: 'r1', enumerable: true, writable: true, configurable: true },
    state: { get: () => 'running', enumerable: false, configurable: true },
  };
  Object.defineProperties(promise, described);
  const loads = new Loads();
  const given = loads.give(promise);
  expect(Object.getOwnPropertyDescriptors(given)).toMatchObject(described);
  expect(Object.keys(given)).toEqual(['requestId']);
  expect(await given).toBe('value');
  expect(await recorded.trees()).toEqual([span('Loads.give')]);
  expect(await recorded.points('fresh.given')).toEqual([[{}, 1]]);
});
