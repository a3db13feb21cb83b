/**
 * A method that gives an observable has only said what would happen: it happens at each subscription. So the call that
 * gave it is taken back, and each subscription is a call of its own, from `subscribe` to `complete`, `error` or the end of
 * the subscription. The caller gets the very object; its `subscribe` is covered. What is emitted goes out to where the
 * subscriber is.
 */
import type { AnyFunction } from '../../metadata/element.js';
import { adviceFailed, type Failures } from '../advice-failed.js';
import { Attempt } from '../attempt.js';
import { Call } from '../call.js';
import type { CallSite } from '../call-site.js';
import { quiet } from '../quiet.js';
import { cover } from './cover.js';
import { chainOf, observableIn } from './kind-of.js';

/** The part of an observable's subscriber that it sends to. */
type Subscriber = Record<'next' | 'error' | 'complete', AnyFunction>;
type ObservableClass = new (subscribed: (subscriber: Subscriber) => unknown) => object;

/** By whom an observable is watched already: a method may give the same one at each call. */
const watchedBy = new WeakMap<object, WeakSet<CallSite>>();

/** Takes `call` back and watches for subscriptions; `false` where the object does not let itself be watched. */
export function observeObservable(call: Call, observable: object): boolean {
  try {
    const { plan } = call;
    const chain = chainOf(observable);
    const root = observableIn(chain);
    const method = (observable as { subscribe?: AnyFunction }).subscribe;
    const made = root && (Object.getOwnPropertyDescriptor(root, 'constructor')?.value as unknown);
    if (typeof method !== 'function' || typeof made !== 'function') return false;
    const watchers = watchedBy.get(observable) ?? new WeakSet();
    if (!watchers.has(plan.site)) {
      const source = new Source(call, observable, method, made as ObservableClass);
      const uncover = cover(observable, 'subscribe', method, (args) => {
        // Some live as long as the process (RxJS has one empty observable for all).
        if (!plan.live.on) uncover();
        return source.subscribe(args);
      });
      watchedBy.set(observable, watchers.add(plan.site));
    }
    call.withdraw();
    return true;
  } catch {
    return false;
  }
}

class Source {
  readonly #made: Call;
  readonly #observable: object;
  readonly #method: AnyFunction;
  readonly #class: ObservableClass;
  /** The surroundings of the call that made it. */
  readonly #origin: unknown;

  constructor(made: Call, observable: object, method: AnyFunction, Class: ObservableClass) {
    this.#made = made;
    this.#observable = observable;
    this.#method = method;
    this.#class = Class;
    this.#origin = made.plan.advisor.ambient();
  }

  subscribe(args: unknown[]): unknown {
    const through = this.#made.plan.live.on && quiet.depth === 0 ? this.#watching() : undefined;
    if (through === undefined) return Reflect.apply(this.#method, this.#observable, args as never[]);
    return Reflect.apply(through.subscribe, through, args as never[]);
  }

  /**
   * An observable of the same family that subscribes to ours. Its own `subscribe` makes of whatever it is given the
   * subscriber that the family's operators know how to stop, also while it is being sent to.
   */
  #watching(): { readonly subscribe: AnyFunction } | undefined {
    try {
      const through = new this.#class((subscriber) => this.#subscribed(subscriber)) as { subscribe?: AnyFunction };
      return typeof through.subscribe === 'function' ? { subscribe: through.subscribe.bind(through) } : undefined;
    } catch {
      return undefined;
    }
  }

  #subscribed(subscriber: Subscriber): unknown {
    const { plan, self, args } = this.#made;
    const { advisor } = plan;
    const call = new Call(plan, self, args);
    call.origin = advisor.ambient(this.#origin);
    const uncover = sendOutside(subscriber, call);
    const over = (): void => {
      uncover();
      call.succeed(undefined);
    };
    const attempt = new Attempt(this.#method, this.#observable, [subscriber]);
    let broken: Failures | undefined;
    try {
      call.begin();
      call.inner?.within?.(call.innerState, attempt);
    } catch (error) {
      broken = { error, next: undefined };
    }
    attempt.run();
    if (broken !== undefined) adviceFailed(plan.site, broken);
    if (attempt.threw) {
      uncover();
      call.fail(attempt.error);
      throw attempt.error;
    }
    const inner = attempt.value as { unsubscribe?: unknown } | undefined;
    return () => {
      over();
      if (inner !== (subscriber as unknown) && typeof inner?.unsubscribe === 'function') {
        Reflect.apply(inner.unsubscribe, inner, []);
      }
    };
  }
}

/** What the source sends is heard, and goes on in the surroundings of now. Returns what takes this off again. */
function sendOutside(subscriber: Subscriber, call: Call): () => void {
  const { advisor } = call.plan;
  const outside = advisor.ambient();
  const uncovers: (() => void)[] = [];
  const uncover = (): void => {
    for (const off of uncovers.splice(0).reverse()) off();
  };
  const hear = { next: () => {}, error: (error: unknown) => call.fail(error), complete: () => call.succeed(undefined) };
  for (const name of ['next', 'error', 'complete'] as const) {
    try {
      const method = subscriber[name];
      const send = (args: unknown[]): unknown => {
        if (name !== 'next') uncover();
        hear[name](args[0]);
        const attempt = new Attempt(method, subscriber, args);
        advisor.resume(outside, attempt);
        if (attempt.threw) throw attempt.error;
        return attempt.value;
      };
      uncovers.push(cover(subscriber, name, method, send));
    } catch {
      // It does not let itself be watched: then the call ends with the subscription.
    }
  }
  return uncover;
}
