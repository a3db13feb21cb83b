/**
 * One subject in one column, in a process of its own: what one subject leaves behind (feedback of the compiler, queues,
 * heap) does not reach the next. Answers with the cost of one call.
 */
import { setImmediate as rest, setTimeout as sleep } from 'node:timers/promises';
import { loops, seen } from './loops.mjs';

const asked = JSON.parse(process.argv[2]);
const { subject, column, otlp, warmMs = 250, leastMs = 300, leastCalls = 100_000, profiling = false } = asked;
const loop = loops[column.loop];

/** Runs batches until both are reached, and tells what they took. */
async function during(work, leastMs, leastCalls, keepUp) {
  const { user, system } = process.cpuUsage();
  const began = performance.now();
  let calls = 0;
  let inside = 0;
  for (;;) {
    const from = performance.now();
    calls += await loop(work, column.method);
    const now = performance.now();
    inside += now - from;
    if (calls >= leastCalls && now - began >= leastMs) break;
    await rest();
    if (keepUp !== undefined) await keepUp(calls);
  }
  const spent = process.cpuUsage();
  return {
    calls,
    cpuNs: ((spent.user - user + spent.system - system) * 1e3) / calls,
    wallNs: ((performance.now() - began) * 1e6) / calls,
    insideNs: (inside * 1e6) / calls,
  };
}

/** Spans and counts that should have arrived and did not; what cannot be told is not missed. */
function missed(kept, made) {
  if (subject === 'bare' || kept === undefined) return { spans: 0, counted: 0 };
  const of = (share, arrived) => (share === undefined || arrived === undefined ? 0 : made * share - arrived);
  const { share } = column;
  // Which are kept is a matter of their ids: within five standard deviations nothing is missed.
  const isFair = share !== undefined && Math.abs(of(share, kept.spans)) < 5 * Math.sqrt(made * share * (1 - share));
  return { spans: isFair ? 0 : of(share ?? column.keeps, kept.spans), counted: of(column.counts, kept.counted) };
}

const { start, Work } = await import(`./subjects/${subject}.mjs`);
const telemetry = column.started === false ? undefined : await start({ otlp, keeps: column.share });
const work = new Work();

/** A receiver is slower than the program: it gets the time it needs, so that no queue has to drop. */
function keepingUp(before = telemetry?.taken()) {
  if (otlp === undefined || before === undefined) return undefined;
  return async (calls) => {
    while (calls - (telemetry.taken() - before) > 700) await sleep(1);
  };
}

const warm = await during(work, warmMs, leastCalls / 4, keepingUp());
const measure = () => during(work, leastMs, leastCalls, keepingUp());
// Loaded only where it is asked for: it is part of what is measured otherwise.
const { profiled } = profiling ? await import('./profiled.mjs') : { profiled: async (run) => ({ value: await run() }) };
const { value: measured, profile } = await profiled(measure);
const kept = await telemetry?.stop();
const made = warm.calls + measured.calls;
process.send({ ...measured, missed: missed(kept, made), sum: seen.sum, profile }, () => process.exit(0));
