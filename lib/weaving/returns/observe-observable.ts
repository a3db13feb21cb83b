/**
 * A method that gives an observable has only said what would happen: it happens at each subscription. So the call that
 * gave it is taken back, and each subscription is a call of its own, from `subscribe` to `complete`, `error` or the end of
 * the subscription. The caller gets the very object; its `subscribe` is covered. What is emitted goes out to where the
 * subscriber is.
 *
 * How a subscription is watched depends on the family: `subscribed-rx.ts` for RxJS, `subscribed-plain.ts` for the others.
 */
import type { AnyFunction } from '../../metadata/element.js';
import { adviceFailed, type Failures } from '../advice-failed.js';
import { Attempt } from '../attempt.js';
import { Call } from '../call.js';
import type { CallSite } from '../call-site.js';
import { quiet } from '../quiet.js';
import { cover } from './cover.js';
import { chainOf, observableIn } from './kind-of.js';
import { subscribedPlain } from './subscribed-plain.js';
import { doesNothing, isRx, type RxObservable, subscribedRx } from './subscribed-rx.js';

/** Subscribes to `source` with `args`, as a call of its own. */
export type Subscribed = (source: Source, args: unknown[]) => unknown;

/** By whom an observable is watched already: a method may give the same one at each call. */
const watchedBy = new WeakMap<object, WeakMap<CallSite, Source>>();

/** Takes `call` back and watches for subscriptions; `false` where the object does not let itself be watched. */
export function observeObservable(call: Call, observable: object): boolean {
  try {
    const { plan } = call;
    const watchers = watchedBy.get(observable) ?? new WeakMap<CallSite, Source>();
    const known = watchers.get(plan.site);
    if (known?.givenBy.plan.live === plan.live) {
      known.givenBy = call;
      known.origin = plan.advisor.ambient();
      call.withdraw();
      return true;
    }
    const chain = chainOf(observable);
    const root = observableIn(chain) as object;
    const method = (Object.getOwnPropertyDescriptor(root, 'subscribe')?.value as unknown) ?? undefined;
    // A class that has its own idea of subscribing knows best what it is handed.
    const nearest = chain.find((level) => Object.hasOwn(level, 'subscribe') && level !== observable);
    if (typeof method !== 'function' || nearest !== root || doesNothing(observable)) return false;
    const standing = (observable as { subscribe: AnyFunction }).subscribe;
    const source = new Source(call, observable, standing, root);
    const uncover = cover(observable, 'subscribe', standing, (args) => {
      // Some live as long as the process.
      if (!plan.live.on) uncover();
      return source.subscribe(args);
    });
    watchedBy.set(observable, watchers.set(plan.site, source));
    call.withdraw();
    return true;
  } catch {
    return false;
  }
}

/** An observable that a woven method gave. */
export class Source {
  /** The last call that gave it. */
  givenBy: Call;
  /** The surroundings of that call. */
  origin: unknown;
  readonly observable: object;
  /** Its `subscribe`, as it was. */
  readonly method: AnyFunction;
  readonly #watch: Subscribed;

  constructor(givenBy: Call, observable: object, method: AnyFunction, root: object) {
    this.givenBy = givenBy;
    this.origin = givenBy.plan.advisor.ambient();
    this.observable = observable;
    this.method = method;
    const made: unknown = Object.getOwnPropertyDescriptor(root, 'constructor')?.value;
    this.#watch = isRx(root) && typeof made === 'function' ? subscribedRx(made as RxObservable) : subscribedPlain;
  }

  subscribe(args: unknown[]): unknown {
    const watched = this.givenBy.plan.live.on && quiet.depth === 0;
    return watched ? this.#watch(this, args) : Reflect.apply(this.method, this.observable, args as never[]);
  }

  /** A call for one subscription; it has not begun. */
  call(): Call {
    const { plan, self, args } = this.givenBy;
    const call = new Call(plan, self, args);
    call.origin = plan.advisor.ambient(this.origin);
    return call;
  }

  /** Begins the call and subscribes inside of it, with `args` in place of what was given. */
  run(call: Call, args: unknown[]): Attempt {
    const attempt = new Attempt(this.method, this.observable, args);
    let broken: Failures | undefined;
    try {
      call.begin();
      call.inner?.within?.(call.innerState, attempt);
    } catch (error) {
      broken = { error, next: undefined };
    }
    attempt.run();
    if (broken !== undefined) adviceFailed(call.site, broken);
    if (attempt.threw) call.fail(attempt.error);
    return attempt;
  }
}
