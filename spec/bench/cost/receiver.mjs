/**
 * The receiver's process, from the side of who needs one.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { run } from './build.mjs';

/** Runs `work` with the address of a receiver, and ends the receiver after it. */
export async function withReceiver(work) {
  const receiver = fork(join(run, 'now', 'receiver.mjs'));
  try {
    const [{ url }] = await once(receiver, 'message', { signal: AbortSignal.timeout(10_000) });
    return await work(url);
  } finally {
    receiver.kill();
  }
}
