/**
 * RxJS: whose call is whose. Inside a source its subscription is the active span; in an observer, or an operator put on
 * after, it is not; observables of woven methods made of one another nest.
 */
import {
  asapScheduler,
  asyncScheduler,
  concatMap,
  exhaustMap,
  lastValueFrom,
  merge,
  mergeMap,
  Observable,
  observeOn,
  of,
  queueScheduler,
  retry,
  Subject,
  scheduled,
  subscribeOn,
  switchMap,
  timer,
  VirtualTimeScheduler,
  zip,
} from 'rxjs';
import { map, toArray } from 'rxjs/operators';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { expectTelemetry, type Log, type Mark, outcomeOf, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

function orders(mark: Mark, log: Log) {
  class Orders {
    tries = 0;

    @mark
    step(name: string): string {
      log.push(name);
      return name;
    }

    /** A source that does woven work as it is subscribed to, for each value, and as it is torn down. */
    @mark
    source(...values: number[]): Observable<number> {
      return new Observable((subscriber) => {
        this.step('start');
        for (const value of values) subscriber.next(value);
        subscriber.complete();
      });
    }

    @mark
    inPipe(values: Observable<number>): Observable<string> {
      return values.pipe(map((value) => this.step(`inside ${value}`)));
    }

    @mark
    fetch(id: number): Observable<string> {
      return timer(0).pipe(map(() => this.step(`fetched ${id}`)));
    }

    @mark
    switched(ids: Observable<number>): Observable<string> {
      return ids.pipe(switchMap((id) => this.fetch(id)));
    }

    @mark
    merged(...ids: number[]): Observable<string> {
      return of(...ids).pipe(mergeMap((id) => this.fetch(id)));
    }

    @mark
    flaky(): Observable<number> {
      return new Observable((subscriber) => {
        this.tries += 1;
        if (this.tries < 3) throw new RangeError('not yet');
        subscriber.next(this.tries);
        subscriber.complete();
      });
    }

    @mark
    persistent(): Observable<number> {
      return this.flaky().pipe(retry(2));
    }

    @mark
    async handle(): Promise<readonly string[]> {
      return lastValueFrom(this.merged(1).pipe(toArray()));
    }

    @mark
    what<T>(given: T): T {
      return given;
    }
  }
  return new Orders();
}

const step = span('Orders.step');

test('in the source the span is active, in observers and operators put on after it is not', async () => {
  const { log } = await twice(orders, async (service) => {
    await new Promise<void>((resolve) => {
      service
        .source(1)
        .pipe(map(() => service.step('operator')))
        .subscribe({
          next: () => service.step('observer'),
          complete: () => {
            service.step('complete');
            resolve();
          },
        });
    });
    service.step('after');
  });
  expect(log).toEqual(['start', 'operator', 'observer', 'complete', 'after']);
  await expectTelemetry(span('Orders.source', {}, step), step, step, step, step);
});

test('operators put on in the method are inside it, also when the source is somebody else’s', async () => {
  const { result } = await twice(orders, async (service) => {
    const values = new Subject<number>();
    const all = lastValueFrom(service.inPipe(values).pipe(toArray()));
    values.next(1);
    values.complete();
    return all;
  });
  expect(result).toEqual(['inside 1']);
  // What a subject sends runs where `next` was called: the subject is not this method's.
  await expectTelemetry(span('Orders.inPipe'), step);
});

test('the parent is what is active at the subscription', async () => {
  await twice(orders, async (service) => [await service.handle(), await lastValueFrom(service.merged(2))]);
  const merged = span('Orders.merged', {}, span('Orders.fetch', {}, step));
  await expectTelemetry(span('Orders.handle', {}, merged), merged);
});

test('switched away from, an inner observable has ended, and well', async () => {
  const { result } = await twice(orders, async (service) => {
    const ids = new Subject<number>();
    const all = lastValueFrom(service.switched(ids).pipe(toArray()));
    ids.next(1);
    ids.next(2);
    ids.next(3);
    ids.complete();
    return all;
  });
  expect(result).toEqual(['fetched 3']);
  const names = (await recorded.spans()).map(({ name }) => name).sort();
  expect(names).toEqual(['Orders.fetch', 'Orders.fetch', 'Orders.fetch', 'Orders.step', 'Orders.switched']);
});

test('merged, concatenated, exhausted and zipped, each inner one has its call under the outer', async () => {
  const { result } = await twice(orders, async (service) => [
    await lastValueFrom(service.merged(1, 2).pipe(toArray())),
    await lastValueFrom(
      of(3, 4).pipe(
        concatMap((id) => service.fetch(id)),
        toArray(),
      ),
    ),
    await lastValueFrom(
      of(5, 6).pipe(
        exhaustMap((id) => service.fetch(id)),
        toArray(),
      ),
    ),
    await lastValueFrom(zip(service.fetch(7), service.fetch(8))),
    await lastValueFrom(merge(service.fetch(9)).pipe(toArray())),
  ]);
  expect(result).toEqual([
    ['fetched 1', 'fetched 2'],
    ['fetched 3', 'fetched 4'],
    ['fetched 5'],
    ['fetched 7', 'fetched 8'],
    ['fetched 9'],
  ]);
  const fetch = span('Orders.fetch', {}, step);
  await expectTelemetry(span('Orders.merged', {}, fetch, fetch), ...new Array(6).fill(fetch));
});

test('each try of a retry is a call: under the method that retries, or on its own', async () => {
  const { result } = await twice(orders, async (service) => {
    const within = await lastValueFrom(service.persistent());
    service.tries = 0;
    const above = await lastValueFrom(service.flaky().pipe(retry(2)));
    service.tries = 0;
    return [within, above, await outcomeOf(lastValueFrom(service.flaky().pipe(retry(1))))];
  });
  expect(result).toEqual([3, 3, { rejected: 'RangeError RangeError: not yet' }]);
  const failed = failedSpan('Orders.flaky', { type: 'RangeError', message: 'not yet' });
  const flaky = span('Orders.flaky');
  await expectTelemetry(span('Orders.persistent', {}, failed, failed, flaky), failed, failed, flaky, failed, failed);
});

test('schedulers: asap, async, queue, and one of virtual time', async () => {
  const { result } = await twice(orders, async (service) => {
    const all = await Promise.all([
      lastValueFrom(service.what(scheduled([1, 2], asapScheduler)).pipe(toArray())),
      lastValueFrom(service.what(of(3).pipe(observeOn(asyncScheduler)))),
      lastValueFrom(service.what(of(4).pipe(subscribeOn(queueScheduler)))),
    ]);
    const time = new VirtualTimeScheduler();
    const virtual = lastValueFrom(service.what(timer(1_000_000, time)));
    time.flush();
    return [all, await virtual];
  });
  expect(result).toEqual([[[1, 2], 3, 4], 0]);
  await expectTelemetry(...new Array(4).fill(span('Orders.what')));
});

test('an error of the observer, and one without an observer for it, go where they went', async () => {
  const { config } = await import('rxjs');
  const { log } = await twice(orders, async (service, log) => {
    await new Promise<void>((resolve) => {
      config.onUnhandledError = (error: Error) => {
        log.push(error.message);
        if (error.message === 'not yet') resolve();
      };
      service.source(1, 2).subscribe((value) => {
        log.push(value);
        throw new Error(`of the observer ${value}`);
      });
      service.flaky().subscribe();
    });
    config.onUnhandledError = null;
  });
  expect(log).toEqual(['start', 1, 2, 'of the observer 1', 'of the observer 2', 'not yet']);
  await expectTelemetry(
    span('Orders.source', {}, step),
    failedSpan('Orders.flaky', { type: 'RangeError', message: 'not yet' }),
  );
});
