/**
 * A call that gave a Node stream to be read lasts until the stream has ended, failed or was closed. It is only listened
 * to: nothing flows because of that, and an error nobody handles is still nobody's.
 */
import { EventEmitter, errorMonitor } from 'node:events';
import type { Readable } from 'node:stream';
import type { AnyFunction } from '../../metadata/element.js';
import type { Call } from '../call.js';
import { quietly } from '../quiet.js';
import { watchersAtMost } from './ending.js';

const watchersOf = new WeakMap<object, Set<Call>>();

/** `false` for a stream that has ended already, or is none yet (a hash can be read as a stream, and mostly is not). */
export function observeNodeStream(call: Call, value: object): boolean {
  const stream = value as Readable;
  try {
    if (!Object.hasOwn(stream, '_readableState') || stream.readableEnded) return false;
    if (stream.destroyed) {
      const { errored } = stream;
      if (errored === null || errored === undefined) return false;
      call.fail(errored);
      return true;
    }
    const watchers = watchersOf.get(stream) ?? listenTo(stream);
    if (watchers.size >= watchersAtMost) return false;
    watchers.add(call);
    call.plan.advisor.lasting.endWith(stream, call);
    return true;
  } catch {
    return false;
  }
}

/** One set of listeners a stream, however many calls gave it. Whatever its class made of `on` and `off` is not for us. */
function listenTo(stream: Readable): Set<Call> {
  const watchers = new Set<Call>();
  const over = (tell: (call: Call) => void): void => {
    watchersOf.delete(stream);
    for (const [event, listener] of Object.entries(listeners)) emitter('off', stream, event, listener);
    emitter('off', stream, errorMonitor, failed);
    for (const call of watchers) {
      call.plan.advisor.lasting.ended(call);
      tell(call);
    }
    watchers.clear();
  };
  const succeeded = (): void => over((call) => call.succeed(stream));
  const failed = (error: unknown): void => {
    const stopped = isStoppedEarly(error);
    over((call) => (stopped ? call.succeed(stream) : call.fail(error)));
  };
  const listeners = { end: succeeded, close: succeeded };
  for (const [event, listener] of Object.entries(listeners)) emitter('on', stream, event, listener);
  emitter('on', stream, errorMonitor, failed);
  watchersOf.set(stream, watchers);
  return watchers;
}

function emitter(method: 'on' | 'off', stream: Readable, event: string | symbol, listener: AnyFunction): void {
  quietly(() => Reflect.apply(EventEmitter.prototype[method], stream, [event, listener as () => void]));
}

/** What Node destroys a stream with when its reader leaves a loop. An `AbortSignal` gives its reason as the cause. */
function isStoppedEarly(error: unknown): boolean {
  try {
    const { name, code, cause } = error as { name?: unknown; code?: unknown; cause?: unknown };
    return name === 'AbortError' && code === 'ABORT_ERR' && cause === undefined;
  } catch {
    return false;
  }
}
