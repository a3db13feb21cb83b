/**
 * Covers of several calls on one thing, copied with it or taken off it: each tells of its own call, and none stands for
 * more than the method it covers.
 */
import { Counted, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  recorded.start();
});
afterEach(async () => {
  jest.useRealTimers();
  await recorded.stop();
});

class Maker {
  @Traced()
  @Counted('covers.given')
  give<T>(value: T): T {
    return value;
  }
}

/** A reply of a client: what is asked of it later is answered one by one. */
class Reply<T> extends Promise<T> {
  answers: (() => void)[] = [];

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  async text(): Promise<string> {
    await new Promise<void>((resolve) => this.answers.push(resolve));
    return 'text';
  }

  refuse(): Promise<never> {
    return new Promise((_, reject) => this.answers.push(() => reject(new RangeError('refused'))));
  }

  number(): number {
    return 1;
  }

  pages(): Generator<number> {
    return numbers();
  }
}

function* numbers(): Generator<number> {
  yield 1;
  yield 2;
}

const maker = new Maker();
const given = span('Maker.give');
const reply = (): Reply<number> => new Reply((resolve) => resolve(1));
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};
const copyOf = <T extends object>(thing: object, onto: T): T =>
  Object.defineProperties(onto, Object.getOwnPropertyDescriptors(thing));

test('the end of one call leaves the covers of another on', async () => {
  const one = maker.give(reply());
  const first = one.text();
  maker.give(one);
  one.answers[0]?.();
  await first;
  expect(await recorded.trees()).toEqual([given]);
  const second = one.text();
  one.answers[1]?.();
  expect(await second).toBe('text');
  expect(await recorded.trees()).toEqual([given, given]);
  expect(Object.getOwnPropertyNames(one)).toEqual(['answers']);
});

test('of several uses a failure counts more than an answer, whichever comes first', async () => {
  const one = maker.give(reply());
  const uses = Promise.allSettled([one.refuse(), one.text()]);
  one.answers[0]?.();
  await Promise.resolve();
  one.answers[1]?.();
  expect((await uses).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await recorded.trees()).toEqual([failedSpan('Maker.give', { type: 'RangeError', message: 'refused' })]);
});

test('a use whose answer is left half way is dropped, once', async () => {
  const one = maker.give(reply());
  const steps = one.pages();
  expect(steps.next().value).toBe(1);
  await jest.advanceTimersByTimeAsync(601_000);
  const abandoned = { attributes: { 'spandrel.abandoned': true } };
  expect(await recorded.trees()).toEqual([span('Maker.give', abandoned)]);
  expect(Object.getOwnPropertyNames(one)).toEqual(['answers']);
  expect([...steps]).toEqual([2]);
  expect(await recorded.trees()).toHaveLength(1);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_ABANDONED', where: 'Maker.give', count: 1 }]);
});

test('of several uses that are left half way the call is dropped once', async () => {
  const one = maker.give(reply());
  const left = [one.pages(), one.pages()].map((steps) => [steps, steps.next().value]);
  await jest.advanceTimersByTimeAsync(601_000);
  expect(left).toHaveLength(2);
  expect(await recorded.trees()).toEqual([span('Maker.give', { attributes: { 'spandrel.abandoned': true } })]);
  expect(await recorded.points('covers.given')).toEqual([[{}, 1]]);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_ABANDONED', where: 'Maker.give', count: 1 }]);
});

test('it looks like what it covers, also an async method', () => {
  const one = maker.give(reply());
  expect(Object.getPrototypeOf(one.text)).toBe(Object.getPrototypeOf(Reply.prototype.text));
  expect(Object.getPrototypeOf(one.refuse)).toBe(Function.prototype);
});

test('an own method, copied onto another of its class, is still the own one', async () => {
  // biome-ignore lint/suspicious/noThenProperty: it is what this test is about
  const own = Object.assign(reply(), { then: (done: (value: string) => void) => done('own') });
  maker.give(own);
  const copy = copyOf(own, Promise.resolve('native'));
  expect(await new Promise((resolve) => void (copy.then as (done: typeof resolve) => void)(resolve))).toBe('own');
});

test('on something that has a method of its own, it is the method it was taken from', async () => {
  class Other extends Reply<number> {
    override refuse(): Promise<never> {
      return Promise.resolve('other') as never;
    }
  }
  const one = maker.give(reply());
  const other = Object.assign(new Other((resolve) => resolve(2)), { refuse: () => 'own' });
  const refused = one.refuse.call(other as never);
  other.answers[0]?.();
  await expect(refused).rejects.toThrow('refused');
});

test('on nothing, or on what inherits no such method, it throws what the method throws', () => {
  const one = maker.give(reply());
  const steps = maker.give(numbers());
  const { next } = steps;
  const bare = Object.getPrototypeOf(numbers.prototype).next as typeof next;
  for (const self of [undefined, null, 'text', {}]) {
    expect(thrownBy(() => next.call(self as never))).toEqual(thrownBy(() => bare.call(self as never)));
  }
  const other = copyOf(one, Object.create({ text: 1, refuse: 1, number: 1 }) as Reply<number>);
  expect(other.number()).toBe(1);
});
