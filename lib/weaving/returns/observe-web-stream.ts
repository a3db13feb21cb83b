/**
 * A call that gave a web stream to be read lasts until the stream is closed, cancelled or has failed, however it is read.
 * Node tells of that by `finished()`, which takes no lock and reads nothing.
 */
import { finished } from 'node:stream';
import type { Call } from '../call.js';

/** `false` for what Node does not take for a stream of its own. */
export function observeWebStream(call: Call, value: object): boolean {
  const { lasting } = call.plan.advisor;
  try {
    finished(value as unknown as NodeJS.ReadableStream, (error) => {
      lasting.ended(call);
      // `undefined` where it ended well; a stream may fail with anything else.
      if (error === undefined || error === null) call.succeed(value);
      else call.fail(error);
    });
    lasting.endWith(value, call);
    return true;
  } catch {
    return false;
  }
}
