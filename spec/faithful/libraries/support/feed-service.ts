/**
 * A service of observables, with a log of what its sources do; and an observer that writes what it hears into the log.
 */
import {
  BehaviorSubject,
  concat,
  from,
  interval,
  lastValueFrom,
  Observable,
  type Observer,
  of,
  ReplaySubject,
  range,
  Subject,
} from 'rxjs';
import { catchError, finalize, tap } from 'rxjs/operators';
import { type Log, type Mark, told } from './twice.js';

export function feed(mark: Mark, log: Log) {
  class Feed {
    readonly subject = new Subject<number>();
    readonly state = new BehaviorSubject(1);
    readonly history = new ReplaySubject<number>(2);

    @mark
    numbers(): Observable<number> {
      log.push('numbers called');
      return new Observable<number>((subscriber) => {
        log.push('subscribed');
        for (let n = 1; n <= 3; n += 1) subscriber.next(n);
        subscriber.complete();
        return () => void log.push('torn down');
      });
    }

    /** Its source goes on for as long as it is let. */
    @mark
    endless(): Observable<number> {
      return range(0, 10_000).pipe(
        tap((n) => n > 100 && log.push('ran away')),
        finalize(() => log.push('finalized')),
      );
    }

    @mark
    ticks(): Observable<number> {
      return interval(1).pipe(finalize(() => log.push('stopped')));
    }

    @mark
    failing(): Observable<number> {
      return concat(
        of(1),
        new Observable<never>(() => {
          throw new RangeError('broken');
        }),
      );
    }

    @mark
    handling(): Observable<unknown> {
      return this.failing().pipe(catchError((error: unknown) => of(told(error))));
    }

    @mark
    later(): Observable<number> {
      return from(Promise.resolve(7));
    }

    @mark
    what<T>(given: T): T {
      return given;
    }

    @mark
    total(): Promise<number> {
      return lastValueFrom(this.numbers());
    }
  }
  return new Feed();
}

/** An observer that writes all it hears into the log. */
export const noting = (log: Log, done = (): void => {}): Observer<unknown> => ({
  next: (value) => void log.push(value),
  error: (error) => {
    log.push(told(error));
    done();
  },
  complete: () => {
    log.push('complete');
    done();
  },
});
