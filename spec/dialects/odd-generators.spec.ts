/**
 * Generators that somebody changed, or that give what no generator of the language gives by itself.
 */
import { Counted, InFlight, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(async () => {
  jest.useRealTimers();
  await recorded.stop();
});

class Steps {
  @Traced()
  @InFlight('odd.steps.open')
  give<T>(iteration: T): T {
    return iteration;
  }

  @Traced()
  *delegating(inner: Iterable<unknown>): Generator<unknown, string> {
    yield* inner;
    return 'end';
  }

  @Traced()
  async *waiting(until: Promise<number>): AsyncGenerator<number> {
    yield 0;
    yield await until;
  }

  @Traced()
  *numbers(): Generator<number> {
    for (let i = 0; ; i += 1) yield i;
  }
}

const steps = new Steps();
const given = span('Steps.give');

function* two(): Generator<number> {
  yield 1;
  yield 2;
}

test('one that is only counted is stepped on beside its advice', async () => {
  class Counting {
    @Counted('odd.steps.counted')
    *run(): Generator<number> {
      yield 1;
    }
  }
  expect([...new Counting().run()]).toEqual([1]);
  expect(await recorded.points('odd.steps.counted')).toEqual([[{}, 1]]);
  expect(recorded.faults()).toEqual([]);
});

test('one whose step can’t be covered ends its call as it is given', async () => {
  const fixed = two();
  Object.defineProperty(fixed, 'next', { value: fixed.next, writable: false, configurable: false });
  expect([...steps.give(fixed)]).toEqual([1, 2]);
  expect(await recorded.points('odd.steps.open')).toEqual([[{}, 0]]);
  expect(await recorded.trees()).toEqual([given]);
});

test('a sync one that can be iterated with await, too, gives its results at once', async () => {
  const both = steps.give(Object.assign(two(), { [Symbol.asyncIterator]: () => both }));
  expect(both.next()).toEqual({ done: false, value: 1 });
  const seen: number[] = [];
  for await (const value of both as unknown as AsyncIterable<number>) seen.push(value);
  expect(seen).toEqual([2]);
  expect(await recorded.trees()).toEqual([given]);
});

test('yield* over an iterator that gives promises: they come as they are', async () => {
  const promise = Promise.resolve({ done: true, value: 5 });
  const inner = { [Symbol.iterator]: () => ({ next: () => promise }) };
  const iteration = steps.delegating(inner as never);
  expect(iteration.next()).toBe(promise);
  await promise;
  expect(await recorded.trees()).toEqual([]);
  iteration.return('left');
  expect(await recorded.trees()).toEqual([span('Steps.delegating')]);
});

test('yield* over an iterator whose results are proxies: nothing is asked of them on our account', async () => {
  const asked: (string | symbol)[] = [];
  const result = new Proxy(
    { done: false, value: 5 },
    {
      get: (target, name) => {
        asked.push(name);
        return Reflect.get(target, name) as unknown;
      },
      getOwnPropertyDescriptor: (target, name) => {
        asked.push('descriptor');
        return Reflect.getOwnPropertyDescriptor(target, name);
      },
    },
  );
  const iteration = steps.delegating({ [Symbol.iterator]: () => ({ next: () => result }) } as never);
  expect([iteration.next() === result, asked]).toEqual([true, ['done']]);
  iteration.return('left');
  expect(await recorded.trees()).toEqual([span('Steps.delegating')]);
});

test.each([
  ['null', null, 0],
  ['nothing', undefined, 0],
  ['a number', 5, 0],
  ['a result without a value', { done: true }, 1],
])('a next of one’s own that gives %s', async (_, result, ended) => {
  const iteration = steps.give(Object.assign(two(), { next: () => result as never }));
  expect(iteration.next()).toBe(result);
  // Nor does it keep other calls from being told.
  steps.give(5);
  expect(await recorded.trees()).toEqual(new Array(1 + ended).fill(given));
  iteration.return(0);
  expect(await recorded.trees()).toEqual([given, given]);
});

test('nothing of ours stays on one that has ended, or failed', async () => {
  const [ended, failed] = [steps.give(two()), steps.give(two())];
  expect([Reflect.ownKeys(ended), [...ended]]).toEqual([
    ['next', 'return', 'throw'],
    [1, 2],
  ]);
  expect(() => failed.throw(new RangeError('broken'))).toThrow('broken');
  expect([ended, failed].map((one) => Reflect.ownKeys(one))).toEqual([[], []]);
  expect((await recorded.trees()).map(({ status }) => status)).toEqual(['unset', 'error']);
});

test('a step that is waited for is no rest, when the one before it is answered', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  let release = (_value: number): void => {};
  const until = new Promise<number>((resolve) => {
    release = resolve;
  });
  const iteration = steps.waiting(until);
  const [first, second] = [iteration.next(), iteration.next()];
  expect(await first).toEqual({ done: false, value: 0 });
  await jest.advanceTimersByTimeAsync(660_000);
  expect([await recorded.trees(), recorded.faults()]).toEqual([[], []]);
  release(1);
  expect(await second).toEqual({ done: false, value: 1 });
  expect(await iteration.next()).toEqual({ done: true, value: undefined });
  expect(await recorded.trees()).toEqual([span('Steps.waiting')]);
});

test('those that were never begun are not at rest, and end none that is', async () => {
  const begun = steps.numbers();
  begun.next();
  const others = Array.from({ length: 10_001 }, () => steps.numbers());
  expect([others.length, recorded.faults()]).toEqual([10_001, []]);
  begun.return(0);
  expect(await recorded.trees()).toEqual([span('Steps.numbers')]);
});
