/**
 * A program in several parts, `many-program.ts <threads | children | cluster>`: three parts beside the first grind as often
 * as their number says, and end as each kind ends by itself. Telemetry comes by `--import`, which all of them inherit.
 */
import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { Counted, Traced } from 'spandrel';

class Mill {
  @Traced()
  @Counted('many.grinds')
  grind(): void {}
}

const parts = [1, 2, 3];

const register = new URL('../../lib/register.ts', import.meta.url).href;

/** A thread inherits `--import`, but tsx does not load what is imported so in a thread: there it is told again. */
const inThread = `import('tsx/esm/api').then(async ({ register }) => {
  register();
  for (const file of ${JSON.stringify([register, import.meta.url])}) await import(file);
})`;

const starts: Readonly<Record<string, (part: number) => void>> = {
  threads: (part) => void new Worker(inThread, { eval: true, workerData: part, execArgv: [] }),
  children: (part) => void fork(new URL(import.meta.url), ['part'], { env: { ...process.env, PART: String(part) } }),
  cluster: (part) => void cluster.fork({ PART: String(part) }),
};

const own = isMainThread ? Number(process.env['PART'] ?? 0) : Number(workerData);
if (own === 0) for (const part of parts) starts[process.argv[2] ?? '']?.(part);
const mill = new Mill();
for (let grinds = 0; grinds < (own === 0 ? 4 : own); grinds += 1) mill.grind();
if (cluster.isWorker) cluster.worker?.disconnect();
