/**
 * What a call that is not recorded gives may go on long after it: a generator, an observable. It goes on where the call
 * was, so that what is below it follows the same decision and finds the program's own values.
 */
import { context, createContextKey, TraceFlags } from '@opentelemetry/api';
import { Observable } from 'rxjs';
import { Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';
import { under } from '../support/sampled-by.js';

const tenant = createContextKey('tenant');

class Mill {
  kept: { subscribe(next: (value: unknown) => void): unknown } | undefined;
  lines: Iterator<unknown> | undefined;

  /** Both begin below it, and are used when it is over. */
  @Traced()
  prepare(): void {
    this.kept = this.observed();
    this.lines = this.listed();
  }

  @Traced()
  observed(): Observable<unknown> {
    return new Observable((subscriber) => {
      this.leaf();
      subscriber.next(context.active().getValue(tenant));
      subscriber.complete();
    });
  }

  @Traced()
  listed(): Iterator<unknown> {
    return this.#lines();
  }

  @Traced()
  leaf(): void {}

  *#lines(): Generator<unknown> {
    this.leaf();
    yield context.active().getValue(tenant);
  }
}

afterEach(() => recorded.stop());

test('it goes on where the call was', async () => {
  recorded.start();
  const mill = new Mill();
  context.with(under(TraceFlags.NONE).setValue(tenant, 'acme'), () => mill.prepare());
  const told: unknown[] = [];
  mill.kept?.subscribe((value) => told.push(value));
  expect(told).toEqual(['acme']);
  expect(mill.lines?.next()).toEqual({ done: false, value: 'acme' });
  expect(mill.lines?.next()).toEqual({ done: true, value: undefined });
  expect(await recorded.trees()).toEqual([]);
});
