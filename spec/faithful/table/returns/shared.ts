/**
 * One and the same thing given by two calls, as caches do: it is watched for both, and each call is told once.
 */
import { Readable } from 'node:stream';
import type { Journal } from '../journal.js';
import { RequestPromise } from '../request-promise.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { TinyObservable } from '../tiny-observable.js';
import { counting, type Iterating } from './generators.js';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Makes the thing at its first call and gives the same at its second; then another. */
const giving =
  (make: (journal: Journal) => unknown) =>
  (journal: Journal): Body => {
    let kept: unknown;
    return function (...args) {
      journal.begin(this, args);
      const value = kept ?? journal.label(make(journal), 'the thing');
      kept = kept === undefined ? value : undefined;
      return value;
    };
  };

const given =
  <T>(use: (thing: T, journal: Journal) => void | Promise<void>): Scenario['use'] =>
  (invoke, journal) => {
    const [first, second] = [invoke(), invoke()];
    journal.out('got', first, second, first === second);
    return use(second as T, journal);
  };

const inTime =
  <T>(use: (thing: T, journal: Journal) => void | Promise<void>): Scenario['use'] =>
  async (invoke, journal) => {
    await given(use)(invoke, journal);
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  };

const rows: readonly Outcome[] = [
  {
    outcome: 'a value',
    body: giving(() => ({})),
    use: given(() => {}),
    calls: [{}, {}],
  },
  {
    outcome: 'a generator',
    body: giving((journal) => counting(journal, undefined, [])),
    use: given<Iterating>((iteration, journal) => journal.out('all', ...iteration)),
    // What the iteration does is within the call that gave it first.
    calls: [{ steps: 3 }, { steps: 1 }],
  },
  {
    outcome: 'a promise of one’s own class',
    ticks: 'any',
    body: giving((journal) => new RequestPromise(journal)),
    use: given<RequestPromise>((request, journal) => journal.settled('it', request)),
    calls: [{}, {}],
  },
  {
    outcome: 'a web stream',
    ticks: 'any',
    body: giving(
      () =>
        new ReadableStream({
          pull(controller) {
            controller.enqueue('chunk');
            controller.close();
          },
        }),
    ),
    use: inTime<ReadableStream>(async (stream, journal) => {
      for await (const chunk of stream) journal.out('chunk', chunk);
    }),
    calls: [{}, {}],
  },
  {
    outcome: 'a Node stream',
    ticks: 'any',
    body: giving(() => Readable.from(['chunk'])),
    use: inTime<Readable>(async (stream, journal) => {
      for await (const chunk of stream) journal.out('chunk', chunk);
    }),
    calls: [{}, {}],
  },
  {
    outcome: 'an observable',
    ticks: 'any',
    body: (journal) => {
      const observable = new TinyObservable((observer) => {
        journal.in('is subscribed to');
        journal.step();
        observer.next(1);
        observer.complete();
        return undefined;
      });
      return () => journal.label(observable, 'the thing');
    },
    use: inTime<TinyObservable>((observable, journal) => {
      observable.subscribe({ next: (value) => journal.out('next', value), complete: () => journal.out('complete') });
    }),
    calls: [{}],
  },
];

export const sharedThings: readonly Scenario[] = ofKind('the same thing, given twice', { twice: true }, rows);
