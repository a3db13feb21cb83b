/**
 * Methods that give an observable: the caller gets the very object, and each subscription is a call of its own.
 */
import { trace } from '@opentelemetry/api';
import {
  BehaviorSubject,
  catchError,
  concatMap,
  EMPTY,
  firstValueFrom,
  from,
  lastValueFrom,
  map,
  NEVER,
  Observable,
  of,
  retry,
  Subject,
  Subscriber,
  share,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { Counted, InFlight, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Feed {
  @Traced()
  @Counted('feed.read')
  @InFlight('feed.reading')
  give<T>(source: T): T {
    return source;
  }

  @Traced()
  outer(): Observable<number> {
    return this.give(of(1, 2)).pipe(concatMap((value) => this.give(of(value))));
  }

  @Traced()
  request(source: Observable<number>): Promise<number> {
    return lastValueFrom(this.give(source));
  }
}

const feed = new Feed();
const given = span('Feed.give');
const broken = new RangeError('broken');
const failed = failedSpan('Feed.give', { type: 'RangeError', message: 'broken' });
const active = () => trace.getActiveSpan()?.spanContext().spanId;

test('the method leaves nothing behind, each subscription is a call', async () => {
  const source = of(1, 2, 3);
  expect(feed.give(source)).toBe(source);
  expect(Object.keys(source)).toEqual(Object.keys(of(1)));
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('feed.reading')).toEqual([[{}, 0]]);
  expect(await lastValueFrom(source.pipe(toArray()))).toEqual([1, 2, 3]);
  expect(await lastValueFrom(source)).toBe(3);
  expect(await recorded.trees()).toEqual([given, given]);
  expect(await recorded.points('feed.read')).toEqual([[{}, 2]]);
  expect(await recorded.points('feed.reading')).toEqual([[{}, 0]]);
  expect(recorded.faults()).toEqual([]);
});

test('it ends with complete, error, or unsubscribe', async () => {
  const subject = new Subject<number>();
  const seen: unknown[] = [];
  const first = feed.give(subject).subscribe({ next: (value) => seen.push(value), error: (error) => seen.push(error) });
  subject.next(1);
  expect(await recorded.points('feed.reading')).toEqual([[{}, 1]]);
  first.unsubscribe();
  expect(await recorded.trees()).toEqual([given]);
  subject.subscribe({ error: (error) => seen.push(error) });
  expect(await recorded.points('feed.reading')).toEqual([[{}, 1]]);
  subject.error(broken);
  expect(seen).toEqual([1, broken]);
  expect(first.closed).toBe(true);
  expect(await recorded.trees()).toEqual([given, failed]);
  expect(await recorded.points('feed.reading')).toEqual([[{}, 0]]);
});

test('an infinite source that sends at once can be stopped while it sends', async () => {
  const endless = from(
    (function* () {
      for (let i = 0; ; i += 1) yield i;
    })(),
  );
  expect(await lastValueFrom(feed.give(endless).pipe(take(3), toArray()))).toEqual([0, 1, 2]);
  expect(await recorded.trees()).toEqual([given]);
});

test.each([
  ['empty', () => EMPTY, [], given],
  ['a subject with a value', () => new BehaviorSubject(7).pipe(take(1)), [7], given],
  ['one that fails, caught above', () => throwError(() => broken), [broken], failed],
])('%s', async (_, source, values, expected) => {
  const caught = feed.give(source() as Observable<unknown>).pipe(
    catchError((error: unknown) => of(error)),
    toArray(),
  );
  expect(await lastValueFrom(caught)).toEqual(values);
  expect(await recorded.trees()).toEqual([expected]);
});

test('tries again are calls of their own, a shared source is one', async () => {
  let tries = 0;
  const flaky = new Observable<number>((subscriber) => {
    tries += 1;
    if (tries < 3) subscriber.error(broken);
    else subscriber.next(tries);
    subscriber.complete();
  });
  expect(await lastValueFrom(feed.give(flaky).pipe(retry(5)))).toBe(3);
  expect(await recorded.trees()).toEqual([failed, failed, given]);
  const shared = feed.give(new Subject<number>().asObservable()).pipe(share());
  const subscriptions = [shared.subscribe(), shared.subscribe()];
  for (const subscription of subscriptions) subscription.unsubscribe();
  expect(await recorded.trees()).toEqual([failed, failed, given, given]);
});

test('the source is inside, the subscriber is where it was', async () => {
  const inside: unknown[] = [];
  const source = new Observable<number>((subscriber) => {
    inside.push(active());
    const timer = setTimeout(() => {
      inside.push(active());
      subscriber.next(1);
      subscriber.complete();
    });
    return () => clearTimeout(timer);
  });
  const outside: unknown[] = [];
  await new Promise<void>((resolve) => {
    feed.give(source).subscribe({
      next: () => outside.push(active()),
      complete: () => {
        outside.push(active());
        resolve();
      },
    });
    outside.push(active());
  });
  const [only] = await recorded.spans();
  const id = only?.spanContext().spanId;
  expect([inside, outside]).toEqual([
    [id, id],
    [undefined, undefined, undefined],
  ]);
});

test('it belongs to where it is subscribed to', async () => {
  const source = feed.give(of(5));
  expect(await feed.request(source)).toBe(5);
  expect(await recorded.trees()).toEqual([span('Feed.request', {}, given)]);
});

test('observables of woven methods inside one another', async () => {
  expect(await lastValueFrom(feed.outer().pipe(toArray()))).toEqual([1, 2]);
  expect(await recorded.trees()).toEqual([span('Feed.outer', {}, given, given, given)]);
});

test('given again and again, one subscription is one call', async () => {
  const source = of(1);
  for (let i = 0; i < 20; i += 1) feed.give(source);
  expect(await firstValueFrom(source)).toBe(1);
  expect(await recorded.trees()).toEqual([given]);
});

test('an error nobody handles, and one of the subscriber, are told as ever', async () => {
  const told: unknown[] = [];
  const { config } = await import('rxjs');
  config.onUnhandledError = (error) => told.push(error);
  feed.give(throwError(() => broken)).subscribe();
  feed.give(of(1)).subscribe(() => {
    throw new Error('of the subscriber');
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  config.onUnhandledError = null;
  expect(told).toEqual([broken, new Error('of the subscriber')]);
  expect(await recorded.trees()).toEqual([failed, given]);
});

test('a subscriber of the library passes as itself, without anything left on it', () => {
  const subscriber = new Subscriber<number>();
  const before = Reflect.ownKeys(subscriber);
  expect(feed.give(NEVER.pipe(map(Number))).subscribe(subscriber)).toBe(subscriber);
  subscriber.unsubscribe();
  expect(Reflect.ownKeys(subscriber).filter((key) => !before.includes(key))).toEqual([]);
});

test('one that can’t be watched is a value; after shutdown it is what it was', async () => {
  const frozen = Object.freeze(of(1));
  expect(await firstValueFrom(feed.give(frozen))).toBe(1);
  expect(await recorded.trees()).toEqual([given]);
  const source = feed.give(of(2));
  await recorded.stop();
  expect(await firstValueFrom(source)).toBe(2);
});
