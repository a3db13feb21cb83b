/**
 * `@Counted`: exact counts, whatever else stands on the method.
 */
import { type CallFacts, Counted, call, Timed, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Expected extends Error {}

class Work {
  @Counted('counted.all', {
    unit: '{job}',
    description: 'Jobs',
    attributes: { kind: call.arg(0), outcome: call.outcome() },
  })
  @Counted('counted.good', { when: 'success' })
  @Counted('counted.bad', { when: 'error', attributes: { code: call.error('code') } })
  do(_kind: string, failure?: unknown): void {
    if (failure !== undefined) throw failure;
  }

  @Counted('counted.async.all')
  @Counted('counted.async.good', { when: 'success' })
  @Counted('counted.async.bad', { when: 'error' })
  async later(until: Promise<unknown>, failure?: unknown): Promise<void> {
    await until;
    if (failure !== undefined) throw failure;
  }

  @Traced({ expected: Expected })
  @Counted('counted.expected', { attributes: { outcome: call.outcome(), seen: call.error('message') } })
  @Counted('counted.expected.bad', { when: 'error' })
  answer(): void {
    throw new Expected('an answer');
  }

  @Counted('counted.static')
  static make(): void {}

  @Counted('counted.getter')
  get value(): number {
    return 1;
  }

  @Counted('counted.symbol')
  [Symbol.iterator](): Iterator<number> {
    return [1][Symbol.iterator]();
  }
}

test('calls are counted as they end, a failed one with error.type', async () => {
  const work = new Work();
  work.do('a');
  work.do('a');
  work.do('b');
  expect(() => work.do('b', Object.assign(new RangeError('no'), { code: 9 }))).toThrow(RangeError);
  expect(() => work.do('b', 'text')).toThrow();
  expect(await recorded.points('counted.all')).toEqual([
    [{ 'error.type': 'RangeError', kind: 'b', outcome: 'error' }, 1],
    [{ 'error.type': 'string', kind: 'b', outcome: 'error' }, 1],
    [{ kind: 'a', outcome: 'success' }, 2],
    [{ kind: 'b', outcome: 'success' }, 1],
  ]);
  expect(await recorded.points('counted.good')).toEqual([[{}, 3]]);
  expect(await recorded.points('counted.bad')).toEqual([
    [{ code: 9, 'error.type': 'RangeError' }, 1],
    [{ 'error.type': 'string' }, 1],
  ]);
  expect((await recorded.metrics()).get('counted.all')?.descriptor).toMatchObject({
    unit: '{job}',
    description: 'Jobs',
  });
});

test('promises count when they settle', async () => {
  const work = new Work();
  let release = (): void => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  const good = work.later(until);
  const bad = work.later(until, new TypeError('no')).catch((error: unknown) => error);
  expect(await recorded.points('counted.async.all')).toEqual([]);
  release();
  await Promise.all([good, bad]);
  expect(await recorded.points('counted.async.all')).toEqual([
    [{ 'error.type': 'TypeError' }, 1],
    [{}, 1],
  ]);
  expect(await recorded.points('counted.async.good')).toEqual([[{}, 1]]);
  expect(await recorded.points('counted.async.bad')).toEqual([[{ 'error.type': 'TypeError' }, 1]]);
});

test('an expected error is a success with its error still to be read', async () => {
  expect(() => new Work().answer()).toThrow(Expected);
  expect(await recorded.points('counted.expected')).toEqual([[{ outcome: 'success', seen: 'an answer' }, 1]]);
  expect(await recorded.points('counted.expected.bad')).toEqual([]);
});

test('statics, getters and symbol-named methods', async () => {
  Work.make();
  const work = new Work();
  expect([work.value, work.value, ...work]).toEqual([1, 1, 1]);
  expect(await recorded.points('counted.static')).toEqual([[{}, 1]]);
  expect(await recorded.points('counted.getter')).toEqual([[{}, 2]]);
  expect(await recorded.points('counted.symbol')).toEqual([[{}, 1]]);
});

test('the amount: a number, a source or a function; what is none, or negative, adds nothing', async () => {
  class Amounts {
    @Counted('amount.fixed', { amount: 2.5 })
    @Counted('amount.zero', { amount: 0 })
    @Counted('amount.arg', { amount: call.arg(0) })
    @Counted('amount.result', { amount: call.result('length'), attributes: { n: call.result('length') } })
    @Counted('amount.function', { amount: ({ args }: CallFacts) => Number(args[0]) * 2 })
    take(amount: unknown): unknown[] {
      if (amount === 'fail') throw new Error('failed');
      return new Array(typeof amount === 'number' && amount >= 0 && Number.isInteger(amount) ? amount : 0);
    }
  }
  const amounts = new Amounts();
  for (const amount of [3, 4n, 0, -1, Number.NaN, Infinity, '5', undefined, null, {}]) amounts.take(amount);
  expect(() => amounts.take('fail')).toThrow('failed');
  expect(await recorded.points('amount.fixed')).toEqual([
    [{ 'error.type': 'Error' }, 2.5],
    [{}, 25],
  ]);
  expect(await recorded.points('amount.zero')).toEqual([
    [{ 'error.type': 'Error' }, 0],
    [{}, 0],
  ]);
  expect(await recorded.points('amount.arg')).toEqual([[{}, 7]]);
  expect(await recorded.points('amount.result')).toEqual([
    [{ n: 0 }, 0],
    [{ n: 3 }, 3],
  ]);
  // 6, 8, 0, then -2, NaN, Infinity, 10, NaN, 0, NaN; 'fail' is no number.
  expect(await recorded.points('amount.function')).toEqual([[{}, 24]]);
  expect(recorded.faults()).toEqual([]);
});

test('any number of annotations on one method, in any order', async () => {
  class Many {
    @Timed('order.time.a')
    @Counted('order.count.a')
    @Traced('one')
    @Counted('order.count.b', { attributes: { b: 1 } })
    @Timed('order.time.b', { unit: 'ms' })
    first(): void {}

    @Timed('order.time.b', { unit: 'ms' })
    @Counted('order.count.b', { attributes: { b: 1 } })
    @Traced('one')
    @Counted('order.count.a')
    @Timed('order.time.a')
    second(): void {}
  }
  const many = new Many();
  many.first();
  many.second();
  expect((await recorded.spans()).map(({ name }) => name)).toEqual(['one', 'one']);
  expect(await recorded.points('order.count.a')).toEqual([[{}, 2]]);
  expect(await recorded.points('order.count.b')).toEqual([[{ b: 1 }, 2]]);
  expect(await recorded.points('order.time.a')).toEqual([[{}, 2]]);
  expect(await recorded.points('order.time.b')).toEqual([[{}, 2]]);
});

test('one name on several methods and classes is one metric, described once', async () => {
  class Left {
    @Counted('counted.shared')
    go(): void {}
  }
  class Right {
    @Counted('counted.shared', { description: 'Said here alone' })
    go(): void {}
  }
  new Left().go();
  new Right().go();
  new Right().go();
  expect(await recorded.points('counted.shared')).toEqual([[{}, 3]]);
  expect((await recorded.metrics()).get('counted.shared')?.descriptor.description).toBe('Said here alone');
});

test('the description holds, whichever of the annotations is met first', async () => {
  class First {
    @Counted('counted.described', { description: 'Said first' })
    go(): void {}
  }
  class Second {
    @Counted('counted.described')
    go(): void {}
  }
  new Second().go();
  new First().go();
  expect(await recorded.points('counted.described')).toEqual([[{}, 2]]);
  expect((await recorded.metrics()).get('counted.described')?.descriptor.description).toBe('Said first');
});
