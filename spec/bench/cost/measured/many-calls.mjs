/**
 * What a call costs after so many others: whether something grows with every call.
 */
import { setImmediate as rest } from 'node:timers/promises';
import { loops } from './loops.mjs';

const { subject, column, before, warmCalls = 1_500_000, window = 200_000 } = JSON.parse(process.argv[2]);
const { start, Work } = await import(`./subjects/${subject}.mjs`);
await start({});
const work = new Work();

/** Nanoseconds of CPU a call. */
async function during(calls) {
  const began = process.cpuUsage();
  let made = 0;
  while (made < calls) {
    made += loops[column.loop](work, column.method);
    await rest();
  }
  const { user, system } = process.cpuUsage(began);
  return ((user + system) * 1e3) / made;
}

// These are for the compiler and for the heap, which grow into a program for about a million calls, and are not counted.
await during(warmCalls);
await during(before);
process.send({ cpuNs: await during(window) }, () => process.exit(0));
