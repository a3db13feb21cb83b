/**
 * A call that gave a Node stream to be read lasts until the stream has ended, failed or was closed. It is only listened
 * to: nothing flows because of that, and an error nobody handles is still nobody's.
 */
import { errorMonitor } from 'node:events';
import type { Readable } from 'node:stream';
import type { Call } from '../call.js';

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
    const { lasting } = call.plan.advisor;
    const succeed = (): void => over(() => call.succeed(stream));
    const fail = (error: unknown): void =>
      over(() => (isStoppedEarly(error) ? call.succeed(stream) : call.fail(error)));
    const over = (tell: () => void): void => {
      stream.off('end', succeed).off(errorMonitor, fail).off('close', succeed);
      lasting.ended(call);
      tell();
    };
    stream.on('end', succeed).on(errorMonitor, fail).on('close', succeed);
    lasting.endWith(stream, call);
    return true;
  } catch {
    return false;
  }
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
