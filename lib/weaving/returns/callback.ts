/**
 * Methods in Node's callback style: the call is over when the function it was given is called, with an error or a result.
 */
import { isProxy } from 'node:util/types';
import type { AnyFunction } from '../../metadata/element.js';
import { standIn } from '../../metadata/stand-in.js';
import { Attempt } from '../attempt.js';
import type { Call } from '../call.js';
import { type Late, late } from '../late.js';
import { isPlainPromise, whenSettled } from './plain-promise.js';

/** Where in `args` the callback is; `undefined` where there is no function. */
export function callbackIn(args: readonly unknown[], at: 'last' | number): number | undefined {
  const index = at === 'last' ? args.length - 1 : at;
  return typeof args[index] === 'function' ? index : undefined;
}

/**
 * What the method gets in place of the callback: it tells the call, and then runs the callback where the caller is, with
 * the same `this`, arguments and answer. What counts as an error is what counts for `util.promisify`.
 */
export function answering(call: Call, callback: AnyFunction): AnyFunction {
  const { advisor } = call.plan;
  const outside = advisor.ambient();
  /** For an answer that comes where there is no stack left to tell of it. */
  const link = { call, threw: false, value: undefined as unknown, next: undefined as Late | undefined };
  let isLinked = false;
  const { run } = {
    run(this: unknown, ...answer: unknown[]): unknown {
      const error = answer[0];
      try {
        advisor.lasting.ended(call);
        if (error) call.fail(error);
        else call.succeed(answer[1]);
      } catch {
        if (!isLinked) {
          isLinked = true;
          link.threw = !!error;
          link.value = error ? error : answer[1];
          link.next = late.last;
          late.last = link;
        }
      }
      return new Attempt(callback, this, answer).resumedIn(advisor, outside);
    },
  };
  const made = isProxy(callback) ? aroundProxy(callback, run) : standIn(callback, run);
  // A callback that is gone will not be called.
  advisor.lasting.endWith(made, call);
  return made;
}

/** The method returned, and its callback is still to come. An async one that fails will not call it. */
export function awaiting(call: Call, value: unknown): unknown {
  if (!isPlainPromise(value)) return value;
  const derived = whenSettled(
    value,
    () => {},
    (error) => call.fail(error),
  );
  return derived ?? value;
}

/** A proxy is not looked into, to look like it: another around it does. */
function aroundProxy(callback: AnyFunction, run: (this: unknown, ...answer: unknown[]) => unknown): AnyFunction {
  return new Proxy(callback, { apply: (_, self, answer: unknown[]) => Reflect.apply(run, self, answer) });
}
