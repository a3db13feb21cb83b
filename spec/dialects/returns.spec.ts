/**
 * A woven call gives what the bare one gives: values and throws of anything, with the same `this` and arguments.
 */
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
}

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
