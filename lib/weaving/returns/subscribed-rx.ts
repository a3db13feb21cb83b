/**
 * Subscriptions to observables of RxJS. Their operators stop a source, also while it is sending, through the very
 * subscriber they hand it. So ours is subscribed to by another observable of the same class: its `subscribe` makes of
 * whatever it is given the subscriber the library would make, and that one is watched and handed on.
 */
import type { AnyFunction } from '../../metadata/element.js';
import { Attempt } from '../attempt.js';
import type { Call } from '../call.js';
import { cover } from './cover.js';
import type { Subscribed } from './observable-source.js';

type Subscriber = Record<'next' | 'error' | 'complete', AnyFunction>;

/** The class of observables, made of what is to be done with a subscriber. */
export type RxObservable = new (
  subscribed: (subscriber: Subscriber) => unknown,
) => { subscribe(...args: unknown[]): { unsubscribe?(): void } };

/** RxJS from version 5 on, by the shape of `Observable.prototype`. */
export function isRx(root: object): boolean {
  return ['lift', 'pipe', '_trySubscribe'].every(
    (name) => typeof Object.getOwnPropertyDescriptor(root, name)?.value === 'function',
  );
}

/**
 * `EMPTY` and `NEVER` are one object each for the whole process: watching them would tell of subscriptions that have nothing
 * to do with the method. Told by their text, as bundlers leave it: they complete at once, or do nothing.
 */
export function doesNothing(observable: object): boolean {
  const run: unknown = Object.getOwnPropertyDescriptor(observable, '_subscribe')?.value;
  if (typeof run !== 'function') return false;
  const text = Function.prototype.toString.call(run).replace(/\s|;/g, '');
  return /^(function\w*)?\(?[\w$]*\)?(=>)?(\{(return)?)?([\w$]+\.complete\(\))?\}?$/.test(text);
}

export const subscribedRx =
  (Observable: RxObservable): Subscribed =>
  (source, args) => {
    let thrown: Attempt | undefined;
    const through = new Observable((subscriber) => {
      const call = source.call();
      const uncover = sendOutside(subscriber, call);
      const attempt = source.run(call, [subscriber, ...args.slice(1)]);
      if (attempt.threw) {
        uncover();
        thrown = attempt;
      } else if (!call.over) call.plan.advisor.lasting.endWith(subscriber, call);
      return () => {
        uncover();
        call.succeed(undefined);
      };
    });
    const subscription = Reflect.apply(through.subscribe, through, args) as { unsubscribe?(): void };
    if (thrown === undefined) return subscription;
    // What `subscribe` throws is the caller's; the library would tell the subscriber.
    subscription.unsubscribe?.();
    throw thrown.error;
  };

/** What the source sends is heard, and goes on in the surroundings of now. Returns what takes this off again. */
function sendOutside(subscriber: Subscriber, call: Call): () => void {
  const { advisor } = call.plan;
  const outside = advisor.ambient();
  const uncovers: (() => void)[] = [];
  const uncover = (): void => {
    for (const off of uncovers.splice(0)) off();
  };
  const hear = { next: () => {}, error: (error: unknown) => call.fail(error), complete: () => call.succeed(undefined) };
  for (const name of ['next', 'error', 'complete'] as const) {
    try {
      const method = subscriber[name];
      const send = (args: unknown[]): unknown => {
        if (name !== 'next') uncover();
        hear[name](args[0]);
        return new Attempt(method, subscriber, args).resumedIn(advisor, outside);
      };
      uncovers.push(cover(subscriber, name, method, send));
    } catch {
      // It does not let itself be watched: then the call ends with the subscription.
    }
  }
  return uncover;
}
