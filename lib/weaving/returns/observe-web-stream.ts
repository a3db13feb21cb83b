/**
 * A call that gave a web stream to be read lasts until the stream is closed, cancelled or has failed, however it is read.
 * Node tells of that by `finished()`, which takes no lock and reads nothing.
 */
import { finished, isErrored } from 'node:stream';
import type { Call } from '../call.js';
import { watchersAtMost } from './ending.js';

const watchersOf = new WeakMap<object, number>();

/** `false` for what Node does not take for a stream of its own. */
export function observeWebStream(call: Call, value: object): boolean {
  const { lasting } = call.plan.advisor;
  const stream = value as unknown as NodeJS.ReadableStream;
  try {
    const watchers = watchersOf.get(value) ?? 0;
    if (watchers >= watchersAtMost) return false;
    finished(stream, (error) => {
      lasting.ended(call);
      // A stream may fail with anything, `undefined` too.
      if (isErrored(stream)) call.fail(error);
      else call.succeed(value);
    });
    watchersOf.set(value, watchers + 1);
    lasting.endWith(value, call);
    return true;
  } catch {
    return false;
  }
}
