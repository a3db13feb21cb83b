/**
 * An observable that a woven method gave, and how a subscription to it becomes a call.
 */
import type { AnyFunction } from '../../metadata/element.js';
import { Attempt } from '../attempt.js';
import { Call } from '../call.js';
import { quiet } from '../quiet.js';

/** Subscribes to `source` with `args`, as a call of its own. */
export type Subscribed = (source: Source, args: unknown[]) => unknown;

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

  constructor(givenBy: Call, observable: object, method: AnyFunction, watch: Subscribed) {
    this.givenBy = givenBy;
    this.origin = givenBy.plan.advisor.ambient();
    this.observable = observable;
    this.method = method;
    this.#watch = watch;
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
    call.begin();
    call.lasts();
    call.runInside(attempt);
    if (attempt.threw) call.fail(attempt.error);
    return attempt;
  }
}
