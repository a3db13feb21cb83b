/**
 * RxJS: what a subscriber of an annotated method's observable sees, and when, is what it sees of the bare one's. The
 * method that made it leaves nothing; each subscription is a call.
 */
import { EMPTY, firstValueFrom, isObservable, lastValueFrom, Observable, of, Subject, timer } from 'rxjs';
import { catchError, filter, map, share, shareReplay, take, takeUntil, tap, toArray } from 'rxjs/operators';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { feed, noting } from './support/feed-service.js';
import { expectTelemetry, outcomeOf, told, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const broken = { type: 'RangeError', message: 'broken' };

test('never subscribed to, it never was', async () => {
  await twice(feed, (service) => {
    const piped = service.numbers().pipe(map(String));
    return [isObservable(piped), piped instanceof Observable, Object.keys(service.numbers()).sort()];
  });
  await expectTelemetry();
});

test('each subscription runs the source anew, in the order it would', async () => {
  const { log } = await twice(feed, (service, log) => {
    const numbers = service.numbers();
    numbers.subscribe(noting(log));
    numbers.subscribe({ next: (n) => void log.push(-n) }).unsubscribe();
    numbers.subscribe((n) => void log.push(n * 10));
    const subscription = numbers.subscribe();
    return [subscription.closed, typeof subscription.add];
  });
  expect(log.slice(0, 7)).toEqual(['numbers called', 'subscribed', 1, 2, 3, 'complete', 'torn down']);
  await expectTelemetry(...new Array(4).fill(span('Feed.numbers')));
});

test('as a promise: firstValueFrom, lastValueFrom, toPromise, forEach', async () => {
  const { result } = await twice(feed, async (service, log) => [
    await firstValueFrom(service.numbers()),
    await lastValueFrom(service.numbers()),
    await service.numbers().toPromise(),
    await service.numbers().forEach((n) => void log.push(n)),
    await outcomeOf(lastValueFrom(service.failing())),
    await firstValueFrom(service.failing()),
    await outcomeOf(firstValueFrom(service.what(EMPTY.pipe(filter(Boolean))))),
    await firstValueFrom(service.later()),
    await service.total(),
  ]);
  expect(result).toEqual([
    1,
    3,
    3,
    undefined,
    { rejected: 'RangeError RangeError: broken' },
    1,
    { rejected: expect.stringContaining('EmptyError') },
    7,
    3,
  ]);
  const numbers = span('Feed.numbers');
  await expectTelemetry(
    ...new Array(4).fill(numbers),
    failedSpan('Feed.failing', broken),
    span('Feed.failing'),
    span('Feed.what'),
    span('Feed.later'),
    span('Feed.total', {}, numbers),
  );
});

test('a source that never stops by itself is stopped while it sends', async () => {
  const { log } = await twice(feed, async (service, log) => {
    await lastValueFrom(service.endless().pipe(take(3), toArray())).then((all) => log.push(all));
    await firstValueFrom(service.endless().pipe(map((n) => n * 2))).then((first) => log.push(first));
    service.endless().pipe(take(0)).subscribe(noting(log));
    const stop = new Subject<void>();
    service
      .endless()
      .pipe(takeUntil(stop))
      .subscribe({ next: (n) => n === 4 && stop.next(), complete: () => log.push('until') });
  });
  expect(log).toEqual(['finalized', [0, 1, 2], 'finalized', 0, 'complete', 'until', 'finalized']);
  await expectTelemetry(...new Array(3).fill(span('Feed.endless')));
});

test('unsubscribed: before, while and after it sends', async () => {
  const { log } = await twice(feed, async (service, log) => {
    service.ticks().subscribe(noting(log)).unsubscribe();
    log.push('never ticked');
    await new Promise<void>((resolve) => {
      const subscription = service.ticks().subscribe((n) => {
        log.push(n);
        if (n < 2) return;
        subscription.unsubscribe();
        subscription.unsubscribe();
        resolve();
      });
    });
    const done = service.numbers().subscribe();
    log.push(done.closed);
    done.unsubscribe();
  });
  expect(log.slice(0, 6)).toEqual(['stopped', 'never ticked', 0, 1, 2, 'stopped']);
  await expectTelemetry(span('Feed.ticks'), span('Feed.ticks'), span('Feed.numbers'));
});

test('errors: caught above, within, and by the observer', async () => {
  await twice(feed, async (service, log) => {
    service.failing().subscribe(noting(log));
    service
      .failing()
      .pipe(
        catchError((error: unknown, again) => {
          log.push(told(error));
          return log.length < 4 ? again : of('gave up');
        }),
      )
      .subscribe(noting(log));
    service.handling().subscribe(noting(log));
  });
  const failing = failedSpan('Feed.failing', broken);
  await expectTelemetry(failing, failing, span('Feed.handling', {}, failing));
});

test('subjects: many subscribers, each a call from when it came to when it left', async () => {
  const { log } = await twice(feed, async (service, log) => {
    const { subject, state, history } = service;
    log.push([service.what(subject) === subject, service.what(state) === state, service.what(history) === history]);
    const first = subject.subscribe((n) => log.push(['first', n]));
    subject.next(1);
    const second = subject.asObservable().subscribe((n) => log.push(['second', n]));
    subject.next(2);
    first.unsubscribe();
    subject.next(3);
    log.push([subject.observed, subject.closed]);
    subject.complete();
    log.push([subject.observed, second.closed]);
    state.subscribe(noting(log));
    state.next(2);
    log.push(state.value);
    state.complete();
    for (const n of [1, 2, 3]) history.next(n);
    history.pipe(take(2)).subscribe(noting(log));
  });
  expect(log).toContainEqual(['second', 3]);
  expect(log.slice(-7)).toEqual([1, 2, 2, 'complete', 2, 3, 'complete']);
  await expectTelemetry(...new Array(4).fill(span('Feed.what')));
});

test('shared: two subscribers of a shared source are two calls, and one source', async () => {
  const { log } = await twice(feed, async (service, log) => {
    const shared = service.what(
      service.numbers().pipe(
        tap(() => log.push('source')),
        shareReplay(1),
      ),
    );
    log.push(await firstValueFrom(shared.pipe(toArray())), await lastValueFrom(shared));
    const late = timer(1).pipe(share());
    log.push(await Promise.all([lastValueFrom(service.what(late)), lastValueFrom(service.what(late))]));
  });
  expect(log.slice(-3)).toEqual([[1, 2, 3], 3, [0, 0]]);
  const what = span('Feed.what');
  await expectTelemetry(span('Feed.what', {}, span('Feed.numbers')), what, what, what);
});
