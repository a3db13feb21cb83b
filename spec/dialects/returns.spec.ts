/**
 * A woven call gives what the bare one gives: values, throws of anything, promises, with the same `this` and arguments.
 */
import { trace } from '@opentelemetry/api';
import { Counted, Timed, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Returns {
  @Traced()
  @Counted('returns.count')
  @Timed('returns.time')
  give(value: unknown): unknown {
    return value;
  }

  @Traced()
  @Counted('returns.thrown')
  throw(value: unknown): never {
    throw value;
  }

  @Traced()
  self(..._args: unknown[]): [self: unknown, count: number, args: unknown[]] {
    // biome-ignore lint/complexity/noArguments: it is what is tested
    return [this, arguments.length, [...arguments]];
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

test('values come back as they are, and are not touched', async () => {
  const touched: string[] = [];
  const touchy = new Proxy(
    {},
    {
      get: (_, key) => void touched.push(String(key)),
      getPrototypeOf: () => {
        throw new Error('do not look');
      },
    },
  );
  // biome-ignore lint/suspicious/noThenProperty: a lazy thenable, as query builders are
  const thenable = { then: () => void touched.push('then') };
  const getter = Object.defineProperty({}, 'then', { get: () => touched.push('then getter') });
  const values = [undefined, null, 0, -0, Number.NaN, '', 'text', 1n, Symbol('s'), [], {}, Object.freeze({}), () => 1];
  const returns = new Returns();
  for (const value of [...values, touchy, thenable, getter]) expect(Object.is(returns.give(value), value)).toBe(true);
  expect(touched).toEqual([]);
  expect(await recorded.trees()).toEqual(new Array(16).fill(span('Returns.give')));
  expect(await recorded.points('returns.count')).toEqual([[{}, 16]]);
  expect(await recorded.points('returns.time')).toEqual([[{}, 16]]);
});

test('whatever is thrown is what is thrown, and is told once', async () => {
  class Quiet extends Error {
    // V8 writes the stack when it is first read, and reads the message for it.
    override readonly stack = 'a stack of its own';
    override get message(): string {
      throw new Error('the message throws');
    }
  }
  class NamelessError extends Error {}
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('do not look');
      },
      getPrototypeOf: () => {
        throw new Error('do not look');
      },
    },
  );
  const quiet = new Quiet();
  const system = Object.assign(new Error('no such file'), { code: 'ENOENT' });
  const frozen = Object.freeze(new RangeError('frozen'));
  const thrown: [value: unknown, type: string, message: string, stack?: string | null][] = [
    [new TypeError('type'), 'TypeError', 'type'],
    [frozen, 'RangeError', 'frozen'],
    [quiet, 'Quiet', '', 'a stack of its own'],
    [system, 'ENOENT', 'no such file', 'Error: no such file'],
    [new NamelessError('nameless'), 'NamelessError', 'nameless', 'Error: nameless'],
    [new DOMException('stopped', 'AbortError'), 'AbortError', 'stopped', 'AbortError: stopped'],
    [null, 'null', 'null', null],
    [undefined, 'undefined', 'undefined', null],
    ['text', 'string', 'text', null],
    [0, 'number', '0', null],
    [Symbol('s'), 'symbol', 'Symbol(s)', null],
    [{ message: 'like an error', name: 'Alice' }, '_OTHER', 'like an error', null],
    [{}, '_OTHER', '', null],
    [hostile, '_OTHER', '', null],
    [() => 'function', '_OTHER', '', null],
  ];
  const returns = new Returns();
  for (const [value] of thrown) {
    let caught: unknown = 'nothing was thrown';
    try {
      returns.throw(value);
    } catch (error) {
      caught = error;
    }
    expect(Object.is(caught, value)).toBe(true);
  }
  expect(await recorded.trees()).toEqual(
    thrown.map(([, type, message, stack]) =>
      failedSpan('Returns.throw', { type, message, ...(stack === undefined ? {} : { stack }) }),
    ),
  );
  const counted = new Map<string, number>();
  for (const [, type] of thrown) counted.set(type, (counted.get(type) ?? 0) + 1);
  expect(await recorded.points('returns.thrown')).toEqual(
    [...counted]
      .map(([type, count]) => [{ 'error.type': type }, count])
      .sort(([a], [b]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  );
  expect(recorded.faults()).toEqual([]);
});

test('this and the arguments are those of the caller', async () => {
  const returns = new Returns();
  const { self } = returns;
  const other = { other: true };
  expect(returns.self(1, undefined)).toEqual([returns, 2, [1, undefined]]);
  expect(self.call(other as never, 1)).toEqual([other, 1, [1]]);
  expect(Reflect.apply(self, undefined, [])).toEqual([undefined, 0, []]);
  expect(Reflect.apply(self, 5, [])).toEqual([5, 0, []]);
  expect(await recorded.trees()).toEqual(new Array(4).fill(span('Returns.self')));
});

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

test('a promise of a subclass is returned as itself', async () => {
  const promise = new CustomPromise<number>((resolve) => resolve(1));
  expect(new Returns().give(promise)).toBe(promise);
  expect(await promise).toBe(1);
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

test('each level of a rethrow has its own failure', async () => {
  class Layers {
    @Traced()
    outer(): void {
      try {
        this.middle();
      } catch (error) {
        throw new Error('outer failed', { cause: error });
      }
    }
    @Traced()
    middle(): void {
      this.inner();
    }
    @Traced()
    inner(): void {
      throw new RangeError('inner failed');
    }
    @Traced()
    handling(): string {
      try {
        this.inner();
      } catch {
        return 'handled';
      }
      return 'not reached';
    }
  }
  const layers = new Layers();
  expect(() => layers.outer()).toThrow('outer failed');
  expect(layers.handling()).toBe('handled');
  const inner = { type: 'RangeError', message: 'inner failed' };
  expect(await recorded.trees()).toEqual([
    failedSpan(
      'Layers.outer',
      { type: 'Error', message: 'outer failed' },
      {},
      failedSpan('Layers.middle', inner, {}, failedSpan('Layers.inner', inner)),
    ),
    span('Layers.handling', {}, failedSpan('Layers.inner', inner)),
  ]);
});

test('the exception event lies within its span and carries the whole stack', async () => {
  const error = new Error('with a stack');
  expect(() => new Returns().throw(error)).toThrow(error);
  const [failed] = await recorded.spans();
  const [event] = failed?.events ?? [];
  expect(event?.attributes?.['exception.stacktrace']).toBe(error.stack);
  expect(event?.time).toEqual(failed?.endTime);
});
