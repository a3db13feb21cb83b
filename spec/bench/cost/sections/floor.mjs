/**
 * What is left of a call's cost when everything of ours is taken away that could be: by it one sees how far a limit is.
 */
import { join } from 'node:path';
import { run } from '../build.mjs';
import { asked } from '../rounds.mjs';
import { median } from '../statistics.mjs';
import { duration, table } from '../table.mjs';

const parts = {
  clock: 'two readings of the clock',
  context: 'finding the active context and running in another',
};

export async function measure({ rounds, tell }) {
  const found = {};
  for (let round = 1; round <= rounds; round += 1) {
    for (const method of ['bare', ...Object.keys(parts)]) {
      const { cpuNs } = await asked(join(run, 'now', 'floor.mjs'), { method });
      (found[method] ??= []).push(cpuNs);
    }
    tell(`floor, round ${round} of ${rounds}`);
  }
  return found;
}

export function text(found) {
  const rows = Object.entries(parts).map(([method, title]) => [
    title,
    duration(median(found[method].map((ns, round) => ns - found.bare[round]))),
  ]);
  return table(['', 'CPU a call'], rows);
}
