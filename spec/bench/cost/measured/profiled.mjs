/**
 * Runs something under the compiler's own profiler, and gives the profile beside what came of it.
 */
import { Session } from 'node:inspector/promises';

export async function profiled(work, interval = 100) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval });
  await session.post('Profiler.start');
  const value = await work();
  const { profile } = await session.post('Profiler.stop');
  return { value, profile };
}
