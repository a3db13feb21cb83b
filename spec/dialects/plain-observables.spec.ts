/**
 * Observables of other families than RxJS, as the TC39 proposal has them: what their subscribers and their sources are
 * handed, and what ends the call.
 */
import { trace } from '@opentelemetry/api';
import { Counted, InFlight, Traced } from 'spandrel';
import { collectGarbage } from '../support/collect-garbage.js';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

type Handler = (...sent: unknown[]) => unknown;
type Observer = Partial<Record<'start' | 'next' | 'error' | 'complete', Handler>>;

/** `run` gets the arguments of `subscribe`, and what it gives is given to the subscriber. */
class Plain {
  readonly run: Handler;
  constructor(run: Handler) {
    this.run = run;
  }
  subscribe(...args: unknown[]): unknown {
    return this.run(...args);
  }
  // Many families have operators, too.
  pipe(): this {
    return this;
  }
  ['@@observable'](): this {
    return this;
  }
}

class Feed {
  @Traced()
  @Counted('plain.read')
  @InFlight('plain.reading')
  give<T>(source: T): T {
    return source;
  }
}

const feed = new Feed();
const given = span('Feed.give');
const broken = new RangeError('broken');
const failed = failedSpan('Feed.give', { type: 'RangeError', message: 'broken' });
const active = () => trace.getActiveSpan()?.spanContext().spanId;
const reading = async () => (await recorded.points('plain.reading')).map(([, value]) => value);

/** Notes what each handler is called with, and in which span. */
class Noting implements Observer {
  readonly seen: unknown[] = [];
  start(...sent: unknown[]): void {
    this.seen.push(['start', sent, active()]);
  }
  next(...sent: unknown[]): string {
    this.seen.push(['next', sent, active()]);
    return 'more';
  }
  error(...sent: unknown[]): void {
    this.seen.push(['error', sent, active()]);
  }
  complete(...sent: unknown[]): void {
    this.seen.push(['complete', sent, active()]);
  }
}

test('the source is inside, and its observer is told as ever, outside', async () => {
  const inside: unknown[] = [];
  let observer: Observer = {};
  const subscription = { unsubscribe: () => 'stopped' };
  const source = feed.give(
    new Plain((...args) => {
      observer = args[0] as Observer;
      observer.start?.(subscription);
      inside.push(active(), observer.next?.(1, 2), args.slice(1));
      return subscription;
    }),
  );
  const noting = new Noting();
  expect(source.subscribe(noting, 'and', 'more')).toBe(subscription);
  expect([await recorded.trees(), await reading()]).toEqual([[], [1]]);
  observer.complete?.();
  const [only] = await recorded.spans();
  expect(inside).toEqual([only?.spanContext().spanId, 'more', ['and', 'more']]);
  expect(noting.seen).toEqual([
    ['start', [subscription], undefined],
    ['next', [1, 2], undefined],
    ['complete', [], undefined],
  ]);
  expect(await recorded.trees()).toEqual([given]);
  expect([await reading(), await recorded.points('plain.read')]).toEqual([[0], [[{}, 1]]]);
});

const ends: [string, (observer: Observer, subscription: { unsubscribe(): unknown }) => unknown, unknown, unknown[]][] =
  [
    ['complete', (observer) => observer.complete?.(), given, [['complete', [], undefined]]],
    ['error', (observer) => observer.error?.(broken), failed, [['error', [broken], undefined]]],
    ['unsubscribe', (_, subscription) => subscription.unsubscribe(), given, []],
  ];

test.each(ends)('it ends with %s, and not again', async (_, end, expected, seen) => {
  let observer: Observer = {};
  let stopped = 0;
  class Subscription {
    unsubscribe(): string {
      expect(this).toBe(subscription);
      stopped += 1;
      return 'stopped';
    }
  }
  const subscription = new Subscription();
  const source = feed.give(
    new Plain((given) => {
      observer = given as Observer;
      return subscription;
    }),
  );
  const noting = new Noting();
  source.subscribe(noting);
  expect([await recorded.trees(), await reading()]).toEqual([[], [1]]);
  end(observer, subscription);
  expect([await recorded.trees(), await reading(), noting.seen]).toEqual([[expected], [0], seen]);
  const before = stopped;
  expect(subscription.unsubscribe()).toBe('stopped');
  expect([stopped - before, await recorded.trees()]).toEqual([1, [expected]]);
});

test('an observer without handlers: the end is heard, and an error stays one that nobody handles', async () => {
  const handed: Observer[] = [];
  const source = feed.give(new Plain((observer) => handed.push(observer as Observer)));
  source.subscribe({});
  expect(handed.map((one) => [one.start, one.next, one.error])).toEqual([[undefined, undefined, undefined]]);
  expect(handed[0]?.complete?.()).toBe(undefined);
  expect(await recorded.trees()).toEqual([given]);
});

test('functions in place of an observer; whatever else it is given is passed as it is', async () => {
  const handed: unknown[][] = [];
  const source = feed.give(new Plain((...args) => handed.push(args)));
  const noting = new Noting();
  const further = () => 'further';
  source.subscribe(
    (...sent: unknown[]) => noting.next(...sent),
    (...sent: unknown[]) => noting.error(...sent),
    (...sent: unknown[]) => noting.complete(...sent),
    further,
  );
  source.subscribe();
  source.subscribe(null);
  source.subscribe(undefined, 'scope');
  const [[next, error, complete, last] = [], ...others] = handed as Handler[][];
  expect(last).toBe(further);
  expect(others).toEqual([[], [null], [undefined, 'scope']]);
  expect([next?.(1), complete?.(), error?.(broken)]).toEqual(['more', undefined, undefined]);
  expect(noting.seen).toEqual([
    ['next', [1], undefined],
    ['complete', [], undefined],
    ['error', [broken], undefined],
  ]);
  expect([await recorded.trees(), await reading()]).toEqual([[given], [3]]);
  source.subscribe(undefined, () => undefined);
  (handed.at(-1) as Handler[])[1]?.(broken);
  expect(await recorded.trees()).toEqual([given, failed]);
});

test('a function that ends the subscription ends the call', async () => {
  const source = feed.give(
    new Plain(
      () =>
        function (this: unknown, ...args: unknown[]) {
          return [this, args];
        },
    ),
  );
  const stop = source.subscribe({}) as Handler;
  expect(await recorded.trees()).toEqual([]);
  expect(stop.call('me', 1, 2)).toEqual(['me', [1, 2]]);
  expect(await recorded.trees()).toEqual([given]);
});

test('what subscribe throws is the caller’s', async () => {
  const source = feed.give(
    new Plain(() => {
      throw broken;
    }),
  );
  expect(() => source.subscribe({})).toThrow(broken);
  expect([await recorded.trees(), await reading()]).toEqual([[failed], [0]]);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a number', 5],
  ['an object', { closed: false }],
  ['one whose unsubscribe is no function', { unsubscribe: { now: true } }],
  ['one that is frozen', Object.freeze({ unsubscribe: () => 'frozen' })],
])('it gives what the source gives for a subscription: %s', async (_, subscription) => {
  let observer: Observer = {};
  const source = new Plain((given) => {
    observer = given as Observer;
    return subscription;
  });
  const before = JSON.stringify(subscription);
  expect(feed.give(source).subscribe(new Noting())).toBe(subscription);
  expect(JSON.stringify(subscription)).toBe(before);
  expect(await recorded.trees()).toEqual([]);
  observer.complete?.();
  expect(await recorded.trees()).toEqual([given]);
});

test('a source that let go of its observer without a word will send nothing: the subscription is abandoned', async () => {
  const source = feed.give(new Plain(() => undefined));
  for (let i = 0; i < 10; i += 1) source.subscribe(new Noting());
  for (let i = 0; i < 20 && recorded.faults().length === 0; i += 1) await collectGarbage();
  expect(recorded.faults()).toMatchObject([{ code: 'SPANDREL_ABANDONED', where: 'Feed.give' }]);
  const [first] = await recorded.trees();
  expect(first).toEqual(span('Feed.give', { attributes: { 'spandrel.abandoned': true } }));
  // One that has ended is not.
  const { length } = await recorded.trees();
  const ending = feed.give(new Plain((observer) => (observer as Observer).complete?.()));
  for (let i = 0; i < 10; i += 1) ending.subscribe(new Noting());
  for (let i = 0; i < 3; i += 1) await collectGarbage();
  const told = (await recorded.trees()).filter(({ attributes }) => attributes['spandrel.abandoned'] === undefined);
  expect([length > 0, told]).toEqual([true, new Array(10).fill(given)]);
});
