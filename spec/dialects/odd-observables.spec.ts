/**
 * Observables that are not quite what the library makes: constants of the process, a `subscribe` of one's own, prototypes
 * made by hand, ones that are kept longer than the telemetry.
 */
import { runInThisContext } from 'node:vm';
import { defer, EMPTY, lastValueFrom, NEVER, Observable, of, Subject, Subscriber } from 'rxjs';
import { Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Feed {
  @Traced()
  give<T>(source: T): T {
    return source;
  }

  @Traced()
  pass<T>(source: T): T {
    return this.give(source);
  }

  @Traced()
  inner(): string {
    return 'value';
  }
}

const feed = new Feed();
const given = span('Feed.give');
const inner = span('Feed.inner');
type Run = (subscriber: Subscriber<unknown>) => void;

test('EMPTY and NEVER, which are one object for all, are values', async () => {
  const before = [EMPTY, NEVER].map((one) => Reflect.ownKeys(one));
  expect([feed.give(EMPTY), feed.give(NEVER)]).toEqual([EMPTY, NEVER]);
  expect(await recorded.trees()).toEqual([given, given]);
  EMPTY.subscribe();
  NEVER.subscribe().unsubscribe();
  expect([EMPTY, NEVER].map((one) => Reflect.ownKeys(one))).toEqual(before);
  expect(await recorded.trees()).toEqual([given, given]);
});

test.each([
  '(subscriber) => subscriber.complete()',
  'e=>e.complete()',
  '$=>{$.complete()}',
  '(e => {\n  e.complete();\n})',
  '(function (subscriber) { return subscriber.complete(); })',
  '(function(e){return e.complete()})',
  '(function empty_1(e) { e.complete() })',
  '(function noop() { })',
  '(function(){})',
  '()=>{}',
])('also as a bundler leaves them: %s', async (text) => {
  const source = new Observable(runInThisContext(text) as Run);
  feed.give(source).subscribe().unsubscribe();
  expect([await recorded.trees(), Object.hasOwn(source, 'subscribe')]).toEqual([[given], false]);
});

test.each([
  'e => e.next(1)',
  'e => e.error(1)',
  'e => { e.next(1); e.complete() }',
  '(e) => (globalThis.parseInt(1), e.complete())',
  '(function (e) { return () => {} })',
])('what does anything at all is watched: %s', async (text) => {
  const source = feed.give(new Observable(runInThisContext(text) as Run));
  expect(await recorded.trees()).toEqual([]);
  source.subscribe({ error: () => undefined }).unsubscribe();
  expect((await recorded.trees()).map(({ name }) => name)).toEqual(['Feed.give']);
});

test('each method that gave it has its call of a subscription', async () => {
  const source = new Subject<number>();
  feed.pass(source).subscribe().unsubscribe();
  expect(await recorded.trees()).toEqual([span('Feed.pass', {}, given)]);
});

test('the call has ended when the handler of its end is run', async () => {
  feed.give(of(1)).subscribe({ complete: () => void feed.inner() });
  expect((await recorded.spans()).map(({ name }) => name)).toEqual(['Feed.give', 'Feed.inner']);
  feed.give(new Observable((subscriber) => subscriber.error(1))).subscribe({ error: () => void feed.inner() });
  expect((await recorded.spans()).slice(2).map(({ name }) => name)).toEqual(['Feed.give', 'Feed.inner']);
});

test('a class with a subscribe of its own gives a value, and a getter of that name is not read', async () => {
  class Own extends Observable<number> {
    override subscribe(): never {
      return 'own' as never;
    }
  }
  class Base {
    subscribe(): string {
      return 'base';
    }
  }
  let reads = 0;
  class Reading extends Base {
    ['@@observable'](): this {
      return this;
    }
  }
  Object.defineProperty(Reading.prototype, 'subscribe', {
    get: () => {
      reads += 1;
      return () => 'read';
    },
  });
  const [own, reading] = [feed.give(new Own()), feed.give(new Reading())];
  expect(reads).toBe(0);
  expect(await recorded.trees()).toEqual([given, given]);
  expect([own.subscribe(), reading.subscribe(), reads]).toEqual(['own', 'read', 1]);
  expect(await recorded.trees()).toEqual([given, given]);
});

test('a subscribe put on the one object, as a spy does, is called as ever, and what it throws is the caller’s', async () => {
  const source = of(1, 2);
  const calls: number[] = [];
  const broken = new RangeError('broken');
  source.subscribe = function (this: Observable<number>, ...args: unknown[]) {
    calls.push(args.length);
    if (calls.length === 2) throw broken;
    return Observable.prototype.subscribe.apply(this, args as never);
  };
  const seen: number[] = [];
  const next = (value: number): void => void seen.push(value);
  feed.give(source).subscribe(next);
  expect([seen, await recorded.trees()]).toEqual([[1, 2], [given]]);
  const subscriber = new Subscriber<number>();
  const before = Reflect.ownKeys(subscriber);
  expect(() => source.subscribe(subscriber)).toThrow(broken);
  expect(Reflect.ownKeys(subscriber).filter((key) => !before.includes(key))).toEqual([]);
  // The way with several functions is deprecated, and goes through all the same
  (source.subscribe as (...args: unknown[]) => unknown)(next, undefined, () => seen.push(0));
  expect([calls, seen]).toEqual([
    [1, 1, 3],
    [1, 2, 1, 2, 0],
  ]);
  const failed = failedSpan('Feed.give', { type: 'RangeError', message: 'broken' });
  expect(await recorded.trees()).toEqual([given, failed, given]);
});

test('prototypes made by hand, without a constructor', async () => {
  const literal = {
    subscribe: (observer: { complete(): void }) => observer.complete(),
    '@@observable': () => literal,
  };
  const members = Object.entries(Object.getOwnPropertyDescriptors(Observable.prototype));
  const borrowed = Object.create(
    null,
    Object.fromEntries(members.filter(([name]) => name !== 'constructor')),
  ) as object;
  const made = Object.assign(Object.create(borrowed) as Observable<number>, {
    _subscribe: (subscriber: Subscriber<number>) => {
      subscriber.next(7);
      subscriber.complete();
    },
  });
  const seen: unknown[] = [];
  const first = feed.give(Object.create(literal) as typeof literal);
  feed.give(made);
  expect(await recorded.trees()).toEqual([]);
  first.subscribe({ complete: () => seen.push('complete') });
  made.subscribe({ next: (value) => seen.push(value) });
  expect([seen, await recorded.trees()]).toEqual([
    ['complete', 7],
    [given, given],
  ]);
});

test('one that is kept longer than the telemetry is told to nobody, and nothing stays on it', async () => {
  const source = defer(() => of(feed.inner()));
  const before = Reflect.ownKeys(source);
  feed.give(source);
  await recorded.stop();
  recorded.start();
  expect(await lastValueFrom(source)).toBe('value');
  expect((await recorded.spans()).map(({ name, parentSpanContext }) => [name, parentSpanContext])).toEqual([
    ['Feed.inner', undefined],
  ]);
  expect(Reflect.ownKeys(source)).toEqual(before);
  expect(await lastValueFrom(feed.give(source))).toBe('value');
  expect(await recorded.trees()).toEqual([inner, span('Feed.give', {}, inner)]);
});

test('a subscription that a source makes for its reading is no call of the program', async () => {
  const source = feed.give(of(5));
  const read = (): number => {
    let last = 0;
    source.subscribe((value) => {
      last = value;
    });
    return last;
  };
  class Told {
    @Traced({ attributes: { read } })
    run(): void {}
  }
  new Told().run();
  expect(await recorded.trees()).toEqual([span('Told.run', { attributes: { read: 5 } })]);
});

test('a subscriber that subscribes again as it completes stays as shallow as it was', async () => {
  const times = 5000;
  let current: Subscriber<number> | undefined;
  const source = feed.give(
    new Observable<number>((subscriber) => {
      current = subscriber;
    }),
  );
  const seen: number[] = [];
  class Again extends Subscriber<number> {
    left = times;
    override next(value: number): void {
      seen.push(value);
    }
    override complete(): void {
      this.left -= 1;
      if (this.left > 0) source.subscribe(this);
      else super.complete();
    }
  }
  source.subscribe(new Again());
  for (let i = 1; i < times; i += 1) current?.complete();
  current?.next(1);
  current?.complete();
  expect(seen).toEqual([1]);
  expect(await recorded.spans()).toHaveLength(times);
});
