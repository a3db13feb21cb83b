// What one annotated call costs, in seconds of CPU: the probe's calls timed while telemetry runs, less the same calls when it
// does not. To be asked for when the telemetry of the program is over, so that the probe does not show in its figures.

import { setImmediate as pause } from 'node:timers/promises';
import type { Telemetry } from 'spandrel';
import type { SourceFile } from '../tree/source-tree.js';
import { Probe } from './probe.js';

export interface PriceList {
  /** A span with attributes, a histogram and a counter, around a promise. */
  readonly full: number;
  /** A span with one attribute. */
  readonly span: number;
  /** One measurement. */
  readonly metric: number;
}

const FILE: SourceFile = { location: '/tree/lib/probe.js', path: 'lib/probe.js', language: 'javascript' };
const ROUNDS = 7;
const CALLS = 1_000;
/** Between pauses, so that what the pipeline does outside of calls is paid for in the round, as it is in the program. */
const RUN = 250;

/** `start` starts telemetry again, for the probe alone. */
export async function priceList(start: () => Telemetry): Promise<PriceList> {
  const probe = new Probe();
  const telemetry = start();
  const woven = await timed(probe);
  await telemetry.shutdown();
  const bare = await timed(probe);
  const difference = (of: keyof PriceList): number => Math.max(0, woven[of] - bare[of]);
  return { full: difference('full'), span: difference('span'), metric: difference('metric') };
}

async function timed(probe: Probe): Promise<PriceList> {
  return {
    full: await median(() => probe.full(FILE)),
    span: await median(() => probe.span(FILE)),
    metric: await median(() => probe.metric(FILE)),
  };
}

/** CPU time of one call: the median of some rounds, the first of them only to warm up. */
async function median(once: () => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    for (let done = 0; done < CALLS; done++) {
      await once();
      if (done % RUN === 0) await pause();
    }
    const { user, system } = process.cpuUsage(before);
    if (round > 0) rounds.push((user + system) / 1e6 / CALLS);
  }
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}
