/**
 * How a call ends, told by what came back: one row a kind of return. A value ends it at once, and so does what only
 * looks like another kind, or can't be watched.
 */
import type { Call } from '../call.js';
import { kindOf, type ReturnKind } from './kind-of.js';
import { observeGenerator } from './observe-generator.js';
import { observeNodeStream } from './observe-node-stream.js';
import { observeObservable } from './observe-observable.js';
import { observePromise } from './observe-promise.js';
import { observeWebStream } from './observe-web-stream.js';
import { derivedOf, plainPromise } from './plain-promise.js';

/** Sees to it that the call ends with `value`; `false` where it can't. */
type Observe = (call: Call, value: object) => boolean;

/** What can be told to end later than it was given, also by a promise. */
const lasting: Partial<Record<ReturnKind, Observe>> = {
  generator: (call, value) => observeGenerator(call, value, true),
  'web stream': observeWebStream,
  'node stream': observeNodeStream,
};

const watched: Partial<Record<ReturnKind, Observe>> = {
  ...lasting,
  promise: (call, value) => observePromise(call, value),
  observable: observeObservable,
};

/**
 * Returns what the caller gets for `value`, having seen to it that the call settles when it should. `isFresh`: it is a promise
 * that the language has just made.
 */
export function settle(call: Call, value: unknown, isFresh: boolean): unknown {
  // A fluent method gives no more than it was called on.
  if (typeof value === 'object' && value !== null && value !== call.self) {
    const promise = plainPromise(value, isFresh);
    if (promise !== undefined) {
      call.lasts();
      const derived = derivedOf(
        promise,
        (result) => {
          ends(call, result, lasting);
          return result;
        },
        (error) => {
          call.fail(error);
          throw error;
        },
        isFresh,
      );
      if (derived !== undefined) return derived;
    } else {
      ends(call, value, watched, true);
      return value;
    }
  }
  call.succeed(value);
  return value;
}

function ends(call: Call, value: unknown, kinds: Partial<Record<ReturnKind, Observe>>, isNew = false): void {
  const lasts = typeof value === 'object' && value !== null && value !== call.self;
  const observe = lasts ? kinds[kindOf(value)] : undefined;
  if (isNew && observe !== undefined) call.lasts();
  if (observe === undefined || !observe(call, value as object)) call.succeed(value);
}
