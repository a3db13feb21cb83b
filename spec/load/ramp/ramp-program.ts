/**
 * A program whose load goes up and down: idle, busier and busier, nearly all of the time, less and less, idle again. It works for real
 * (hashing, in pulses that are traces) on a real event loop, and writes one line of JSON every quarter of a second: what it asked of
 * itself, and what `health()` says of it. Run by `ramp-run.ts`.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { bootstrap, traced } from 'spandrel';
import { type RampSample, rampBase, rampEndMs, rampLoadAt } from './ramp-plan.js';

const pulseMs = 20;
const block = Buffer.alloc(16_384, 'spandrel');

const telemetry = bootstrap({ export: { protocol: 'none' }, sampling: { success: rampBase, adaptive: true } });

const began = performance.now();
const elapsed = (): number => performance.now() - began;

const pulse = traced({ name: 'pulse' }, (until: number): void => {
  do createHash('sha256').update(block).digest();
  while (elapsed() < until);
});

let written = 0;
while (elapsed() < rampEndMs) {
  const at = elapsed();
  const asked = rampLoadAt(at);
  const { sampling } = telemetry.health();
  if (at >= written && sampling !== undefined) {
    const { load = 0, rate } = sampling;
    process.stdout.write(`${JSON.stringify({ ms: Math.round(at), asked, load, rate } satisfies RampSample)}\n`);
    written += 250;
  }
  if (asked > 0) pulse(at + asked * pulseMs);
  await sleep(Math.max(1, (1 - asked) * pulseMs));
}
await telemetry.shutdown();
