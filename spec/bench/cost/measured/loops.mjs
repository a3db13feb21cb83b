/**
 * How a method is called again and again: each loop makes `batchOf` calls, uses every result, and gives how many calls it
 * made. Between two batches the program rests for a turn of the event loop, so that whoever queues may send.
 */
import { setImmediate as rest } from 'node:timers/promises';

/** Fewer than the SDK's batch of 512, so that no queue of 2048 overflows before the next rest. */
const batchOf = 256;
const deep = 20;
const steps = 256;
const atOnce = 1000;

/** What the loops add up: seen from outside, so that no call can be left out. */
export const seen = { sum: 0 };

const languages = ['typescript', 'javascript', 'tsx', 'jsx'];

export const loops = {
  sync(work, method) {
    let sum = 0;
    for (let at = 0; at < batchOf; at += 1) sum = (sum + work[method](at, languages[at & 3])) | 0;
    seen.sum += sum;
    return batchOf;
  },
  args(work, method) {
    let sum = 0;
    for (let at = 0; at < batchOf; at += 1) sum = (sum + work[method](at, languages[at & 3], at % 3 === 0)) | 0;
    seen.sum += sum;
    return batchOf;
  },
  async async(work, method) {
    let sum = 0;
    for (let at = 0; at < batchOf; at += 1) sum = (sum + (await work[method](at, languages[at & 3]))) | 0;
    seen.sum += sum;
    return batchOf;
  },
  throws(work, method) {
    let sum = 0;
    for (let at = 0; at < batchOf; at += 1) {
      try {
        sum = (sum + work[method](at)) | 0;
      } catch ({ message }) {
        sum = (sum + message.length) | 0;
      }
    }
    seen.sum += sum;
    return batchOf;
  },
  deep(work, method) {
    let sum = 0;
    for (let at = 0; at < 12; at += 1) sum = (sum + work[method](deep - 1)) | 0;
    seen.sum += sum;
    return 12 * deep;
  },
  async concurrent(work, method) {
    // All of them wait for the same turn of the event loop: so many contexts are held at once.
    const turn = rest();
    const given = [];
    for (let at = 0; at < atOnce; at += 1) given.push(work[method](at, turn));
    for (const value of await Promise.all(given)) seen.sum = (seen.sum + value) | 0;
    return atOnce;
  },
  generator(work, method) {
    let sum = 0;
    for (const value of work[method](steps)) sum = (sum + value) | 0;
    seen.sum += sum;
    return steps;
  },
  construction(work, method) {
    let sum = 0;
    for (let at = 0; at < batchOf; at += 1) sum = (sum + work[method](at).x) | 0;
    seen.sum += sum;
    return batchOf;
  },
};
