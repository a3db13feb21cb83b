/**
 * A method that gives an observable has only said what would happen: it happens at each subscription. So the call that
 * gave it is taken back, and each subscription is a call of its own, from `subscribe` to `complete`, `error` or the end of
 * the subscription. The caller gets the very object; its `subscribe` is covered. What is emitted goes out to where the
 * subscriber is.
 *
 * How a subscription is watched depends on the family: `subscribed-rx.ts` for RxJS, `subscribed-plain.ts` for the others.
 */
import type { AnyFunction } from '../../metadata/element.js';
import type { Call } from '../call.js';
import type { CallSite } from '../call-site.js';
import { cover } from './cover.js';
import { chainOf, observableIn } from './kind-of.js';
import { Source } from './observable-source.js';
import { subscribedPlain } from './subscribed-plain.js';
import { doesNothing, isRx, type RxObservable, subscribedRx } from './subscribed-rx.js';

/** By whom an observable is watched already: a method may give the same one at each call. */
const watchedBy = new WeakMap<object, WeakMap<object, Map<string, Source>>>();

/** One method has several sites where its class is woven again, or is still being decorated at its first call. */
function watchersOf(observable: object, site: CallSite): Map<string, Source> {
  const owners = watchedBy.get(observable) ?? new WeakMap<object, Map<string, Source>>();
  watchedBy.set(observable, owners);
  const owner = site.owner ?? site;
  const watchers = owners.get(owner) ?? new Map<string, Source>();
  owners.set(owner, watchers);
  return watchers;
}

/** Takes `call` back and watches for subscriptions; `false` where the object does not let itself be watched. */
export function observeObservable(call: Call, observable: object): boolean {
  try {
    const { plan } = call;
    const watchers = watchersOf(observable, plan.site);
    const place = `${plan.site.element.static} ${plan.site.name}`;
    const known = watchers.get(place);
    if (known?.givenBy.plan.live.on === true) {
      known.givenBy = call;
      known.origin = plan.advisor.ambient();
      call.withdraw();
      return true;
    }
    const chain = chainOf(observable);
    const root = observableIn(chain) as object;
    const method: unknown = Object.getOwnPropertyDescriptor(root, 'subscribe')?.value;
    // A class that has its own idea of subscribing knows best what it is handed.
    const nearest = chain.find((level) => Object.hasOwn(level, 'subscribe') && level !== observable);
    if (typeof method !== 'function' || nearest !== root || doesNothing(observable)) return false;
    const standing = (observable as { subscribe: AnyFunction }).subscribe;
    const made: unknown = Object.getOwnPropertyDescriptor(root, 'constructor')?.value;
    const watch = isRx(root) && typeof made === 'function' ? subscribedRx(made as RxObservable) : subscribedPlain;
    const source = new Source(call, observable, standing, watch);
    const uncover = cover(observable, 'subscribe', standing, (args) => {
      // Some live as long as the process.
      if (!plan.live.on) uncover();
      return source.subscribe(args);
    });
    watchers.set(place, source);
    call.withdraw();
    return true;
  } catch {
    return false;
  }
}
