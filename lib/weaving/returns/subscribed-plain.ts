/**
 * Subscriptions to observables of other families, as the TC39 proposal has them: `subscribe(observer)`, or functions in
 * its place. The source gets an observer of ours that hands on; what it gives back ends the subscription.
 */
import type { AnyFunction } from '../../metadata/element.js';
import { Attempt } from '../attempt.js';
import type { Call } from '../call.js';
import { cover } from './cover.js';
import type { Subscribed } from './observable-source.js';

const words = ['next', 'error', 'complete'] as const;

type Word = (typeof words)[number] | 'start';

/** What hands on to a handler of the subscriber's. */
type Handing = (word: Word, receiver: unknown, handler: AnyFunction) => AnyFunction;

export const subscribedPlain: Subscribed = (source, args) => {
  const call = source.call();
  const { advisor } = call.plan;
  const outside = advisor.ambient();
  const handing: Handing = (word, receiver, handler) => {
    const { hand } = {
      hand(...sent: unknown[]): unknown {
        if (word === 'error') call.fail(sent[0]);
        else if (word === 'complete') call.succeed(undefined);
        return new Attempt(handler, receiver, sent).resumedIn(advisor, outside);
      },
    };
    return hand;
  };
  const given = observing(args, handing, call);
  const attempt = source.run(call, given);
  if (attempt.threw) throw attempt.error;
  // A source that is gone, or found no handler for its error, has let go of the observer: nothing will be sent.
  const [ours] = given;
  if (typeof ours === 'object' && ours !== null && !call.over) advisor.lasting.endWith(ours, call);
  return ending(call, attempt.value);
};

/** The arguments with what hands on in place of the observer, or of the functions. */
function observing(args: unknown[], handing: Handing, call: Call): unknown[] {
  const [observer] = args;
  if (typeof observer !== 'object' || observer === null) {
    return args.map((one, i) => {
      const word = words[i];
      return typeof one === 'function' && word !== undefined ? handing(word, undefined, one as AnyFunction) : one;
    });
  }
  const ours: Record<string, unknown> = {};
  for (const word of ['start', ...words] as const) {
    const handler = (observer as Record<string, unknown>)[word];
    if (typeof handler === 'function') ours[word] = handing(word, observer, handler as AnyFunction);
    // The end must be heard; an error that nobody handles is the family's to tell.
    else if (word === 'complete') ours[word] = () => call.succeed(undefined);
  }
  return [ours, ...args.slice(1)];
}

/** The end of the subscription, as an object with `unsubscribe`, or a function, is the end of the call. */
function ending(call: Call, subscription: unknown): unknown {
  if (typeof subscription === 'function') {
    const { unsubscribe } = {
      unsubscribe(this: unknown, ...args: unknown[]): unknown {
        call.succeed(undefined);
        return Reflect.apply(subscription as AnyFunction, this, args as never[]);
      },
    };
    return unsubscribe;
  }
  try {
    const { unsubscribe } = subscription as { unsubscribe?: unknown };
    if (typeof unsubscribe !== 'function') return subscription;
    cover(subscription as object, 'unsubscribe', unsubscribe as AnyFunction, (args) => {
      call.succeed(undefined);
      return Reflect.apply(unsubscribe, subscription, args);
    });
  } catch {
    // It does not let itself be watched: then `complete` and `error` end the call.
  }
  return subscription;
}
