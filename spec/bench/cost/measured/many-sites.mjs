/**
 * Calls as many sites as there are, each so many times in a row, and answers with the cost of one call, and of the start.
 */
import { setImmediate as rest } from 'node:timers/promises';

const { subject, sites: count, inRow, warmCalls, calls } = JSON.parse(process.argv[2]);
const between = 256;

const { start } = await import(`./subjects/${subject}.mjs`);
let telemetry;
// Instruments of the API do nothing where they are made before the start; annotations are made before it.
if (subject === 'hand') telemetry = await start({});
const { sites } = await import(`./sites/${subject}-${count}.mjs`);
const began = process.cpuUsage();
telemetry ??= await start({});
const started = process.cpuUsage(began);
const all = sites.map((Site) => new Site());

async function during(calls) {
  let sum = 0;
  let site = 0;
  for (let at = 0; at < calls; ) {
    for (const to = at + between; at < to; site = site + 1 === all.length ? 0 : site + 1) {
      const one = all[site];
      for (const end = at + inRow; at < end; at += 1) sum = (sum + one.run(at)) | 0;
    }
    await rest();
  }
  return sum;
}

const cpuMs = ({ user, system }) => (user + system) / 1e3;
let sum = await during(warmCalls);
const before = process.cpuUsage();
sum += await during(calls);
const cpuNs = (cpuMs(process.cpuUsage(before)) * 1e6) / calls;
const kept = await telemetry?.stop();
const made = warmCalls + calls;
const missed = kept === undefined ? 0 : 2 * made - kept.spans - kept.counted;
process.send({ cpuNs, missed, startMs: cpuMs(started), sum }, () => process.exit(0));
