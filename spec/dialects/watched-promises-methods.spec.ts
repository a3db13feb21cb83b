/**
 * What counts as a use of a promise that is more than a promise: a method that answers later. One that throws, or answers
 * at once, is none; whatever it gets and gives is what it would be without us.
 */
import { context } from '@opentelemetry/api';
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

  @Counted('maker.counted')
  @InFlight('maker.counting')
  count<T>(value: T): T {
    return value;
  }
}

/** Does what it is told to. */
class Kit<T> extends Promise<T> {
  run<R>(work: () => R, ..._more: unknown[]): R {
    return work();
  }

  do<R>(work: (self: this) => R): R {
    return work(this);
  }

  echo(...args: unknown[]): unknown[] {
    return args;
  }

  self(): this {
    return this;
  }
}

const maker = new Maker();
const kit = (): Kit<number> => maker.give(new Kit<number>((resolve) => resolve(1)));
const answered = (answer: unknown) => span('Maker.give', { attributes: { answer: answer as string } });
const settled = () => new Promise((resolve) => setImmediate(resolve));
const open = () => recorded.points('maker.open');

async function expectOpen(): Promise<void> {
  await settled();
  expect(await recorded.trees()).toEqual([]);
  expect(await open()).toEqual([[{}, 1]]);
}

/** The call goes on, and a later await ends it. */
async function expectStillOpen(given: Kit<number>): Promise<void> {
  await expectOpen();
  expect(await given).toBe(1);
  expect(await recorded.trees()).toEqual([answered(1)]);
  expect(await open()).toEqual([[{}, 0]]);
  expect(await recorded.points('maker.given')).toEqual([[{}, 1]]);
  expect(recorded.faults()).toEqual([]);
}

test('a method that throws is no use, and the error is the caller’s', async () => {
  const given = kit();
  const error = new RangeError('at once');
  let caught: unknown;
  try {
    given.run(() => {
      throw error;
    });
  } catch (thrown) {
    caught = thrown;
  }
  expect(caught).toBe(error);
  await expectStillOpen(given);
});

const step = () => ({ done: true, value: 1 });

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a number', 0],
  ['a text', 'text'],
  ['a symbol', Symbol.iterator],
  ['a function', () => 1],
  ['an object', { a: 1 }],
  ['an iterator written by hand', { next: step, return: step, throw: step }],
  // biome-ignore lint/suspicious/noThenProperty: it is what this test is about
  ['a thenable', { then: (done: (value: number) => void) => done(1) }],
])('a method that gives %s is no use', async (_, value) => {
  const look = () => (typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptors(value) : value);
  const before = look();
  const given = kit();
  expect(given.run(() => value)).toBe(value);
  expect(look()).toEqual(before);
  await expectStillOpen(given);
});

test('a method gets what it was called with, functions too', async () => {
  const given = kit();
  const args = [() => 1, () => 2, () => 3, 4];
  expect(given.echo(...args).every((arg, i) => arg === args[i])).toBe(true);
  expect(given.echo()).toEqual([]);
  await expectStillOpen(given);
});

test('a method that gives its own object is no use, and puts nothing on it', async () => {
  const given = kit();
  const { then } = given;
  expect(given.self()).toBe(given);
  expect(given.then === then).toBe(true);
  await expectStillOpen(given);
});

test('what a method calls on its own object, before it returns, is no use', async () => {
  const given = kit();
  expect(
    given.do((self) => {
      void self.then(() => 2);
      void self.run(() => Promise.resolve(3));
      return 'done';
    }),
  ).toBe('done');
  await expectStillOpen(given);
});

test('a generator that a method gives is a use until it ends', async () => {
  const numbers = kit().run(function* () {
    yield 1;
    return 'over';
  });
  expect(numbers.next()).toEqual({ done: false, value: 1 });
  await expectOpen();
  expect(numbers.next()).toEqual({ done: true, value: 'over' });
  expect(await recorded.trees()).toEqual([answered('over')]);
  expect(await open()).toEqual([[{}, 0]]);
  expect(await recorded.points('maker.given')).toEqual([[{}, 1]]);
});

test('a plain promise that a method gives is a use, however it settles', async () => {
  expect(await kit().run(() => Promise.resolve('later'))).toBe('later');
  await expect(kit().run(() => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
  expect(await recorded.trees()).toEqual([
    answered('later'),
    failedSpan('Maker.give', { type: 'RangeError', message: 'no' }),
  ]);
  expect(await open()).toEqual([[{}, 0]]);
});

test('another promise of its kind that a method gives is watched instead', async () => {
  const other = new Kit<number>((resolve) => resolve(2));
  expect(kit().run(() => other)).toBe(other);
  await expectOpen();
  expect(await other).toBe(2);
  expect(await recorded.trees()).toEqual([answered(2)]);
  expect(Object.getOwnPropertyNames(other)).toEqual([]);
});

test('a method that is the language’s then by another name is a use by what it gives', async () => {
  class Chained<T> extends Promise<T> {
    declare chain: Promise<T>['then'];
  }
  Chained.prototype.chain = Promise.prototype.then;
  const chained = maker.give(new Chained<number>((resolve) => resolve(1)));
  expect(await chained.chain((value) => value + 1)).toBe(2);
  expect(await recorded.trees()).toEqual([answered(2)]);
});

test('one plain promise that a method gives again and again is one, also when it is rejected', async () => {
  const no = Promise.reject(new RangeError('no'));
  const given = kit();
  const first = given.run(() => no);
  expect(given.run(() => no) === first).toBe(true);
  await expect(first).rejects.toThrow('no');
  // After the call is over it is the method's own.
  expect(given.run(() => no) === no).toBe(true);
  expect(await recorded.trees()).toEqual([failedSpan('Maker.give', { type: 'RangeError', message: 'no' })]);
});

test('where the language derives no plain promise the method’s own comes back, and is no use', async () => {
  const known = new Promise<number>(() => {});
  const fresh = Promise.resolve(3);
  kit().run(() => known);
  const given = kit();
  const species = Object.getOwnPropertyDescriptor(Promise, Symbol.species) as PropertyDescriptor;
  let both: Promise<number>[];
  Object.defineProperty(Promise, Symbol.species, { get: () => Kit, configurable: true });
  try {
    both = [given.run(() => known), given.run(() => fresh)];
  } finally {
    Object.defineProperty(Promise, Symbol.species, species);
  }
  expect([both[0] === known, both[1] === fresh]).toEqual([true, true]);
  await settled();
  expect(await recorded.trees()).toEqual([]);
  expect(await given).toBe(1);
  expect(await recorded.trees()).toEqual([answered(1)]);
});

test('a use that is under way is never ended by age, whatever else was given meanwhile', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  try {
    let release = (_: string): void => {};
    const given = kit();
    const slow = given.run(() => new Promise<string>((resolve) => (release = resolve)));
    given.run(() => new Kit<number>((resolve) => resolve(2)));
    await jest.advanceTimersByTimeAsync(1_300_000);
    expect(await recorded.trees()).toEqual([]);
    release('slow');
    expect(await slow).toBe('slow');
    expect(await recorded.trees()).toEqual([answered('slow')]);
    expect(recorded.faults()).toEqual([]);
  } finally {
    jest.useRealTimers();
  }
});

test('without a span it is measured all the same', async () => {
  const given = maker.count(new Kit<number>((resolve) => resolve(1)));
  expect(given.echo(1)).toEqual([1]);
  expect(await recorded.points('maker.counting')).toEqual([[{}, 1]]);
  expect(await given.run(() => Promise.resolve(2))).toBe(2);
  expect(await recorded.points('maker.counting')).toEqual([[{}, 0]]);
  expect(await recorded.points('maker.counted')).toEqual([[{}, 1]]);
  expect(recorded.faults()).toEqual([]);
});

test('a use that can’t be put inside the span is made outside it, and that is told', async () => {
  const given = kit();
  jest.spyOn(context, 'with').mockImplementationOnce(() => {
    throw new Error('no room');
  });
  expect(given.echo(1)).toEqual([1]);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_ADVICE_FAILED', where: 'Maker.give', count: 1 }]);
  expect(recorded.warnings().join()).toContain('no room');
  expect(await given).toBe(1);
  expect(await recorded.trees()).toEqual([answered(1)]);
});
