/**
 * A program of its own that forgets to handle failures: of a stream, of a promise of a subclass, of an observable, bare and
 * annotated. Prints what Node would have ended it for, had it not listened.
 */
import { Readable } from 'node:stream';
import { APIPromise } from 'openai/core/api-promise';
import { Observable } from 'rxjs';
import { bootstrap } from 'spandrel';
import { annotated, type Mark } from './twice.js';

const forgetful = (mark: Mark) => {
  class Forgetful {
    @mark
    stream(): Readable {
      return new Readable({ read: () => {} });
    }

    @mark
    promise(): APIPromise<string> {
      return new APIPromise({} as never, Promise.reject(new RangeError('of a promise')) as never);
    }

    @mark
    observable(): Observable<never> {
      return new Observable((subscriber) => subscriber.error(new RangeError('of an observable')));
    }
  }
  return new Forgetful();
};

let deaths: string[] = [];
let died = (): void => {};
process.on('uncaughtException', (error, origin) => {
  deaths.push(`${origin}: ${error.message}`);
  died();
});

const telemetry = bootstrap({ export: { protocol: 'none' } });
const told: unknown[] = [];
for (const mark of [() => {}, annotated] as Mark[]) {
  const service = forgetful(mark);
  const forget: (() => unknown)[] = [
    () => service.stream().destroy(new RangeError('of a stream')),
    () => service.promise(),
    () => service.promise().then(() => {}),
    () => service.promise().withResponse(),
    () => service.observable().subscribe(),
  ];
  for (const one of forget) {
    const death = new Promise<void>((resolve) => {
      died = resolve;
    });
    one();
    await death;
  }
  // Whoever would die of one failure twice does so by now.
  await new Promise(setImmediate);
  told.push(deaths);
  deaths = [];
}
await telemetry.shutdown();
process.stdout.write(JSON.stringify(told));
