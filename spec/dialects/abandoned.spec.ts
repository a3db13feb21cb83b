/**
 * What a call gave and nobody uses to its end: the call is ended where it was last used, marked, and counted.
 */
import { Readable } from 'node:stream';
import { type Observable, Subject } from 'rxjs';
import { bootstrap, type CallFacts, Counted, InFlight, type Telemetry, Traced } from 'spandrel';
import { collectGarbage } from '../support/collect-garbage.js';
import { recorded, span } from '../support/recorded-telemetry.js';

class Sub<T> extends Promise<T> {}

class Lists {
  @Traced()
  @Counted('lists.read')
  @InFlight('lists.reading')
  *numbers(): Generator<number> {
    for (let i = 0; ; i += 1) yield i;
  }

  @Traced()
  async *pages(): AsyncGenerator<number> {
    for (let i = 0; ; i += 1) yield i;
  }

  @Traced()
  handed(): Generator<number> {
    return this.#inner();
  }

  *#inner(): Generator<number> {
    yield 1;
  }

  @Traced()
  promised(): Sub<number> {
    return new Sub((resolve) => resolve(1));
  }

  @Traced()
  stream(): Readable {
    return Readable.from([1]);
  }

  @Traced({ callback: 'last', attributes: { told: ({ args, self }: CallFacts) => `${args.length} ${self}` } })
  lost(_done: () => void): void {}

  @Traced()
  feed<T>(source: Observable<T>): Observable<T> {
    return source;
  }
}

const abandoned = (name: string) => span(name, { attributes: { 'spandrel.abandoned': true } });
const fault = (where: string, count = 1) => ({ code: 'SPANDREL_ABANDONED', where, count });

let time: jest.SpiedFunction<typeof performance.now>;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  time = jest.spyOn(performance, 'now');
  recorded.start();
});
afterEach(async () => {
  jest.useRealTimers();
  await recorded.stop();
});

test('an iterator left alone is ended after ten minutes, where it was last used', async () => {
  const numbers = new Lists().numbers();
  numbers.next();
  await jest.advanceTimersByTimeAsync(60_000);
  const lastUse = performance.now();
  numbers.next();
  await jest.advanceTimersByTimeAsync(599_000);
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('lists.reading')).toEqual([[{}, 1]]);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(await recorded.trees()).toEqual([abandoned('Lists.numbers')]);
  const [{ duration } = { duration: [0, 0] }] = await recorded.spans();
  expect(Math.round(duration[0] as number)).toBe(
    Math.round((lastUse - (time.mock.results[0]?.value as number)) / 1000),
  );
  expect(await recorded.points('lists.read')).toEqual([[{}, 1]]);
  expect(await recorded.points('lists.reading')).toEqual([[{}, 0]]);
  expect(recorded.faults()).toEqual([fault('Lists.numbers')]);
  // It is an iterator as before.
  expect(numbers.next()).toEqual({ done: false, value: 2 });
  expect(numbers.return(5)).toEqual({ done: true, value: 5 });
  expect(await recorded.trees()).toHaveLength(1);
});

test('also an async one, one that was handed out, and a promise nobody asks', async () => {
  const lists = new Lists();
  const pages = lists.pages();
  await pages.next();
  const handed = lists.handed();
  const promised = lists.promised();
  lists.numbers();
  await jest.advanceTimersByTimeAsync(601_000);
  expect(await recorded.trees()).toEqual(['Lists.pages', 'Lists.handed', 'Lists.promised'].map(abandoned));
  expect(recorded.faults()).toEqual(['Lists.handed', 'Lists.pages', 'Lists.promised'].map((where) => fault(where)));
  expect([await pages.next(), [...handed], await promised]).toEqual([{ done: false, value: 1 }, [1], 1]);
});

test('a step that takes long is no rest', async () => {
  class Slow {
    @Traced()
    async *wait(until: Promise<number>): AsyncGenerator<number> {
      yield 0;
      yield await until;
      yield 2;
    }
  }
  let release = (_value: number): void => {};
  const steps = new Slow().wait(
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  expect(await steps.next()).toEqual({ done: false, value: 0 });
  // Two are asked for, and the first of them takes long.
  const asked = [steps.next(), steps.next()];
  await jest.advanceTimersByTimeAsync(6_000_000);
  expect(await recorded.trees()).toEqual([]);
  release(1);
  expect(await Promise.all(asked)).toEqual([1, 2].map((value) => ({ done: false, value })));
  expect(await steps.next()).toEqual({ done: true, value: undefined });
  expect(await recorded.trees()).toEqual([span('Slow.wait')]);
  expect(recorded.faults()).toEqual([]);
});

test('more than ten thousand at rest are not kept: those that rested longest are ended', async () => {
  const lists = new Lists();
  const kept = Array.from({ length: 10_003 }, () => {
    const numbers = lists.numbers();
    numbers.next();
    return numbers;
  });
  expect(recorded.faults()).toEqual([fault('Lists.numbers', 3)]);
  expect(await recorded.points('lists.reading')).toEqual([[{}, 10_000]]);
  for (const numbers of kept) numbers.return(0);
  expect(await recorded.points('lists.read')).toEqual([[{}, 10_003]]);
  expect(await recorded.points('lists.reading')).toEqual([[{}, 0]]);
});

test('shutdown ends what is at rest, so that its span is not lost', async () => {
  const numbers = new Lists().numbers();
  numbers.next();
  await recorded.stop();
  expect(await recorded.trees()).toEqual([abandoned('Lists.numbers')]);
  expect(numbers.next().value).toBe(1);
});

test('a stream or a callback that was collected', async () => {
  jest.useRealTimers();
  const lists = new Lists();
  // The last ones may still lie on the stack.
  for (let i = 0; i < 10; i += 1) {
    lists.stream();
    lists.lost(() => {});
  }
  const ended = (): string[] => recorded.faults().map(({ where }) => where);
  for (let i = 0; i < 20 && ended().length < 2; i += 1) await collectGarbage();
  expect(ended()).toEqual(['Lists.lost', 'Lists.stream']);
  // What the user gave it is not kept for that.
  const told = { 'spandrel.abandoned': true, told: '0 undefined' };
  for (const tree of await recorded.trees()) {
    expect(tree).toEqual(tree.name === 'Lists.lost' ? span(tree.name, { attributes: told }) : abandoned(tree.name));
  }
});

test('a subscription that is over is not dropped when it is collected', async () => {
  jest.useRealTimers();
  const lists = new Lists();
  const sources = Array.from({ length: 10 }, () => new Subject<number>());
  for (const source of sources) lists.feed(source).subscribe();
  for (const source of sources.splice(0)) source.complete();
  for (let i = 0; i < 3; i += 1) await collectGarbage();
  expect(recorded.faults()).toEqual([]);
  expect(await recorded.trees()).toEqual(new Array(10).fill(span('Lists.feed')));
});

test('one timer is enough for all that are at rest', () => {
  const timers = jest.getTimerCount();
  const kept = Array.from({ length: 5 }, () => new Lists().numbers());
  for (const numbers of kept) numbers.next();
  // Another one may be the delivery's.
  expect(jest.getTimerCount() - timers).toBeLessThanOrEqual(2);
});

test('what is dropped after shutdown is not told of to the telemetry that follows', async () => {
  const lists = new Lists();
  const pages = lists.pages();
  const asked = pages.next();
  for (let i = 0; i < 10; i += 1) lists.stream();
  await recorded.stop();
  await asked;
  recorded.start();
  await jest.advanceTimersByTimeAsync(660_000);
  jest.useRealTimers();
  await collectGarbage();
  expect(recorded.faults()).toEqual([]);
  expect(await recorded.trees()).toEqual([]);
});

test('how long is a setting', async () => {
  await recorded.stop();
  const telemetry: Telemetry = bootstrap({ export: { protocol: 'none' }, limits: { idleMs: 100 } });
  jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const numbers = new Lists().numbers();
  numbers.next();
  await jest.advanceTimersByTimeAsync(150);
  expect(telemetry.health().faults.map(({ code, where }) => [code, where])).toEqual([
    ['SPANDREL_ABANDONED', 'Lists.numbers'],
  ]);
  await telemetry.shutdown();
});
