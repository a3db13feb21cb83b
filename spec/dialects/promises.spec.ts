/**
 * A call that gives a promise lasts until it settles; the promise settles as it would have.
 */
import { trace } from '@opentelemetry/api';
import { Counted, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Returns {
  @Traced()
  @Counted('returns.count')
  give(value: unknown): unknown {
    return value;
  }

  @Traced()
  async resolve(value: unknown): Promise<unknown> {
    await Promise.resolve();
    return value;
  }

  @Traced()
  @Counted('returns.rejected')
  async reject(value: unknown): Promise<never> {
    await Promise.resolve();
    throw value;
  }
}

class CustomPromise<T> extends Promise<T> {}

test('a native promise settles as it would have, its span with it', async () => {
  const returns = new Returns();
  const value = { value: 1 };
  const error = new RangeError('no');
  const [resolved, rejected] = [returns.resolve(value), returns.reject(error)];
  expect([resolved, rejected].map((promise) => Object.getPrototypeOf(promise) === Promise.prototype)).toEqual([
    true,
    true,
  ]);
  await expect(rejected).rejects.toBe(error);
  expect(await resolved).toBe(value);
  for (const reason of [undefined, null, 'text']) {
    const caught = await returns.reject(reason).then(
      () => 'resolved',
      (given: unknown) => [given],
    );
    expect(caught).toEqual([reason]);
  }
  expect(await recorded.trees()).toEqual([
    span('Returns.resolve'),
    failedSpan('Returns.reject', { type: 'RangeError', message: 'no' }),
    failedSpan('Returns.reject', { type: 'undefined', message: 'undefined', stack: null }),
    failedSpan('Returns.reject', { type: 'null', message: 'null', stack: null }),
    failedSpan('Returns.reject', { type: 'string', message: 'text', stack: null }),
  ]);
});

test('a span ends when the promise settles, not before', async () => {
  const returns = new Returns();
  let release = (_value: unknown): void => {};
  const pending = returns.give(
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('returns.count')).toEqual([]);
  release('late');
  expect(await pending).toBe('late');
  expect(await recorded.trees()).toEqual([span('Returns.give')]);
  expect(await recorded.points('returns.count')).toEqual([[{}, 1]]);
});

test('a promise that never settles leaves no span and holds nobody up', async () => {
  void new Returns().give(new Promise(() => {}));
  expect(await recorded.trees()).toEqual([]);
});

test('what a library hung on its promise is still there', async () => {
  const promise = Object.assign(Promise.resolve(1), { cancel: () => 'cancelled' });
  const given = new Returns().give(promise) as typeof promise;
  expect(given.cancel()).toBe('cancelled');
  expect(await given).toBe(1);
});

test('inside the call its span is the active one, outside it is not', async () => {
  class Active {
    @Traced()
    sync(): unknown {
      return trace.getActiveSpan()?.spanContext().spanId;
    }
    @Traced()
    async later(): Promise<unknown> {
      const before = trace.getActiveSpan()?.spanContext().spanId;
      await new Promise((resolve) => setTimeout(resolve, 1));
      const after = trace.getActiveSpan()?.spanContext().spanId;
      return before === after && after;
    }
  }
  const active = new Active();
  const ids = [active.sync(), await active.later()];
  expect(trace.getActiveSpan()).toBeUndefined();
  expect((await recorded.spans()).map((one) => one.spanContext().spanId)).toEqual(ids);
});

test('what only looks like a promise is returned as itself, and the call settles once, as it returns', async () => {
  const lookAlikes = [new Proxy(Promise.resolve(1), {}), Object.create(Promise.prototype) as unknown];
  const returns = new Returns();
  for (const value of lookAlikes) expect(returns.give(value)).toBe(value);
  expect(await recorded.trees()).toEqual(lookAlikes.map(() => span('Returns.give')));
  expect(await recorded.points('returns.count')).toEqual([[{}, lookAlikes.length]]);
  expect(recorded.faults()).toEqual([]);
});

test('where the language’s own promises derive something else, the very promise is returned', async () => {
  const species = Object.getOwnPropertyDescriptor(Promise, Symbol.species) as PropertyDescriptor;
  const promise = Promise.resolve('kept');
  const returns = new Returns();
  let given: unknown;
  Object.defineProperty(Promise, Symbol.species, { configurable: true, get: () => CustomPromise });
  try {
    given = returns.give(promise);
  } finally {
    Object.defineProperty(Promise, Symbol.species, species);
  }
  expect(given).toBe(promise);
  expect(await promise).toBe('kept');
  expect(await recorded.trees()).toEqual([span('Returns.give')]);
  expect(await recorded.points('returns.count')).toEqual([[{}, 1]]);
});
