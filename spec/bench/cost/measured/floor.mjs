/**
 * What no stand-in can do without, each alone and done as plainly as it can be: readings of the clock, and making a
 * context the active one. Answers with nanoseconds of CPU for each, what the bare call takes left out.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as rest } from 'node:timers/promises';

const storage = new AsyncLocalStorage();
const clock = performance;

class Work {
  total = 0;

  bare(n) {
    return (this.total = (this.total + n) | 0);
  }

  clock(n) {
    const began = clock.now();
    this.total = (this.total + n) | 0;
    if (clock.now() < began) throw new Error('the clock goes backwards');
    return this.total;
  }

  context(n) {
    const outer = storage.getStore();
    return storage.run({ outer }, () => (this.total = (this.total + n) | 0));
  }
}

const work = new Work();
let sum = 0;

async function during(method, calls) {
  const began = process.cpuUsage();
  for (let made = 0; made < calls; made += 256) {
    for (let at = 0; at < 256; at += 1) sum = (sum + work[method](at)) | 0;
    await rest();
  }
  const { user, system } = process.cpuUsage(began);
  return ((user + system) * 1e3) / calls;
}

async function costOf(method) {
  await during(method, 200_000);
  return during(method, 1_000_000);
}

const { method } = JSON.parse(process.argv[2]);
process.send({ cpuNs: await costOf(method), sum }, () => process.exit(0));
