/**
 * How much this process has to do: the greater of how busy its event loop is and how much CPU its threads take. It does not look at
 * the machine: what other processes do shows only where it slows this one down.
 */
import { availableParallelism } from 'node:os';
import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/** The load since the last call, 0 to 1, each time it is called. */
export function loadOfProcess(): () => number {
  // Of all that the process may run on: the one thread that runs the program shows in the utilisation of its loop, so that this is about the others
  // (worker threads, compression, garbage collection), which are not at their limit before every core is.
  const cores = availableParallelism();
  let loop = performance.eventLoopUtilization();
  let cpu = process.cpuUsage();
  let at = performance.now();
  return () => {
    const [loopNow, cpuNow, now] = [performance.eventLoopUtilization(), process.cpuUsage(), performance.now()];
    const busy = busyBetween(loop, loopNow);
    const usedMs = (cpuNow.user - cpu.user + cpuNow.system - cpu.system) / 1000;
    const passedMs = Math.max(1, now - at);
    [loop, cpu, at] = [loopNow, cpuNow, now];
    return Math.min(1, Math.max(busy, usedMs / passedMs / cores));
  };
}

function busyBetween(before: EventLoopUtilization, after: EventLoopUtilization): number {
  // Node counts from the first turn of the loop: until then the program has not once let go of it.
  if (after.active + after.idle === 0) return 1;
  const { utilization } = performance.eventLoopUtilization(after, before);
  return Number.isFinite(utilization) ? utilization : 0;
}
