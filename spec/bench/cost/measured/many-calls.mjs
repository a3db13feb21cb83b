/**
 * What a call costs after a thousand, ten thousand, … others: whether something grows with every call.
 */
import { setImmediate as rest } from 'node:timers/promises';
import { loops } from './loops.mjs';

const { subject, column, counts, warmCalls = 100_000, window = 30_000 } = JSON.parse(process.argv[2]);
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
  return { ns: ((user + system) * 1e3) / made, made };
}

// These are for the compiler, and are not counted.
await during(warmCalls);
let made = 0;
const answers = [];
for (const count of counts) {
  if (count > made) made += (await during(count - made)).made;
  const measured = await during(window);
  made += measured.made;
  answers.push(measured.ns);
}
process.send({ answers }, () => process.exit(0));
