/**
 * Runs the ramp in a process of its own, so that nothing but it is measured. It takes 22 seconds.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../house/project-files.js';
import type { RampSample } from './ramp-plan.js';

/** Every quarter of a second, in order. */
export async function rampSamples(): Promise<RampSample[]> {
  const program = join(root, 'spec/load/ramp/ramp-program.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program], {
    cwd: root,
    timeout: 60_000,
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RampSample);
}
