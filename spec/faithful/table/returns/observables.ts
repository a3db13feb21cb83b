/**
 * Observables: the very one comes back; the call that made it is none, each subscription is. Observers are told as they
 * would be, in the surroundings of the caller.
 */
import type { Journal } from '../journal.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { someThrown, type Thrown } from '../thrown.js';
import { type Observer, TinyObservable } from '../tiny-observable.js';

type Use = (observable: TinyObservable, journal: Journal) => void | Promise<void>;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Emits two values, at once or later, and then ends, fails or goes on. */
function source(journal: Journal, when: 'at once' | 'later', end: Thrown | 'completes' | 'rests'): TinyObservable {
  return new TinyObservable((observer) => {
    journal.in('is subscribed to');
    // A source keeps whom it will send to.
    journal.label(observer, 'the observer');
    journal.step();
    let left = false;
    const emit = (): void => {
      for (const value of [1, 2]) {
        if (!left) observer.next(value);
      }
      if (end === 'completes') observer.complete();
      else if (end !== 'rests') observer.error(end.value);
    };
    if (when === 'at once') emit();
    else queueMicrotask(emit);
    return () => {
      left = true;
      journal.either('is cleaned up');
    };
  });
}

const giving =
  (...[when, end]: [when: 'at once' | 'later', end: Thrown | 'completes' | 'rests']) =>
  (journal: Journal): Body =>
    function (...args) {
      journal.either('called', this, ...args);
      if (typeof end === 'object') journal.label(end.value, end.label);
      return journal.label(source(journal, when, end), 'the observable');
    };

const used =
  (use: Use): Scenario['use'] =>
  async (invoke, journal) => {
    const observable = invoke() as TinyObservable;
    journal.out('got', observable);
    await use(observable, journal);
    await nextTurn();
  };

const observer = (journal: Journal, name = 'it'): Observer => ({
  next(value) {
    journal.out(`${name} next`, value, this === undefined);
  },
  error(reason) {
    journal.out(`${name} error`, reason);
  },
  complete() {
    journal.out(`${name} complete`);
  },
});

const subscribed: Use = (observable, journal) => {
  const subscription = observable.subscribe(observer(journal));
  journal.out('subscribed', subscription.closed);
};

const ends: readonly (readonly [string, Thrown | 'completes' | 'rests', Scenario['calls'][number]])[] = [
  ['completes', 'completes', {}],
  ...someThrown.map((failure) => [`fails with ${failure.label}`, failure, { failure }] as const),
  ['rests', 'rests', { open: true }],
];

const rows = (['at once', 'later'] as const).flatMap((when) =>
  ends.map(
    ([name, end, call]): Outcome => ({
      outcome: `${name} ${when}`,
      body: giving(when, end),
      use: used(subscribed),
      calls: [call],
    }),
  ),
);

const others: readonly Outcome[] = [
  { outcome: 'never subscribed to', body: giving('at once', 'completes'), use: used(() => {}), calls: [] },
  {
    outcome: 'subscribed to twice',
    body: giving('later', 'completes'),
    use: used((observable, journal) => {
      observable.subscribe(observer(journal, 'first'));
      observable.subscribe(observer(journal, 'second'));
    }),
    calls: [{}, {}],
  },
  {
    outcome: 'subscribed to with functions',
    body: giving('at once', 'completes'),
    use: used((observable, journal) => {
      observable.subscribe(
        (value) => journal.out('next', value),
        (reason) => journal.out('error', reason),
        () => journal.out('complete'),
      );
    }),
    calls: [{}],
  },
  {
    outcome: 'subscribed to with nothing to tell',
    body: giving('at once', 'completes'),
    use: used((observable) => void observable.subscribe({})),
    calls: [{}],
  },
  {
    outcome: 'unsubscribed from, twice',
    body: giving('later', 'completes'),
    use: used((observable, journal) => {
      const subscription = observable.subscribe(observer(journal));
      subscription.unsubscribe();
      journal.out('closed', subscription.closed);
      subscription.unsubscribe();
    }),
    calls: [{}],
  },
  {
    outcome: 'unsubscribed from after its end',
    body: giving('at once', 'completes'),
    use: used((observable, journal) => {
      const subscription = observable.subscribe(observer(journal));
      subscription.unsubscribe();
    }),
    calls: [{}],
  },
  {
    outcome: 'seen through another',
    body: giving('at once', 'completes'),
    use: used((observable, journal) => {
      observable.map((value) => `<${String(value)}>`).subscribe(observer(journal));
    }),
    calls: [{}],
  },
  {
    outcome: 'asked for itself',
    body: giving('at once', 'completes'),
    use: used((observable, journal) => journal.out('itself', observable['@@observable']())),
    calls: [],
  },
];

export const observables: readonly Scenario[] = ofKind('an observable', { ticks: 'any' }, [...rows, ...others]);
