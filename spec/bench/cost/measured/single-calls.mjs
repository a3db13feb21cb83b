/**
 * How long single calls take, one by one: what the mean hides. Answers with quantiles; two readings of the clock are in
 * each of them, as they are in the bare call's.
 */
import { setImmediate as rest } from 'node:timers/promises';

const { subject, column, calls = 200_000 } = JSON.parse(process.argv[2]);
const between = 256;

const { start, Work } = await import(`./subjects/${subject}.mjs`);
await start({});
const work = new Work();
const times = new Float64Array(calls);
let sum = 0;

function sync(method) {
  return (from) => {
    for (let at = from; at < from + between; at += 1) {
      const began = performance.now();
      sum = (sum + work[method](at, 'typescript')) | 0;
      times[at % calls] = performance.now() - began;
    }
  };
}

function async(method) {
  return async (from) => {
    for (let at = from; at < from + between; at += 1) {
      const began = performance.now();
      sum = (sum + (await work[method](at, 'typescript'))) | 0;
      times[at % calls] = performance.now() - began;
    }
  };
}

const batch = (column.loop === 'async' ? async : sync)(column.method);
// The second time round overwrites the first, which was for the compiler.
for (let at = 0; at < 2 * calls; at += between) {
  await batch(at);
  await rest();
}

times.sort();
const at = (part) => times[Math.floor((calls - 1) * part)] * 1e6;
process.send({ p50: at(0.5), p99: at(0.99), p999: at(0.999), most: at(1), sum }, () => process.exit(0));
