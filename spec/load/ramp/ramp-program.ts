/**
 * A program whose load goes up and down: idle, busier and busier, nearly all of the time, less and less, idle again. It works for real
 * (hashing, in pulses) on a real event loop, and writes one line of JSON every quarter of a second: what it asked of itself,
 * and what the share of successful traces is then. Run by `ramp-run.ts`.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { successRatesFor } from '../../../lib/provider/sampling/success-rates-for.js';
import { type RampSample, rampBase, rampEndMs, rampLoadAt } from './ramp-plan.js';

const pulseMs = 20;
const block = Buffer.alloc(16_384, 'spandrel');
const site = {};

const rates = successRatesFor(
  { success: rampBase, adaptive: {}, maxSpansPerSecond: undefined, perSite: undefined },
  { fill: () => 0 },
);
rates.start();

const began = performance.now();
const elapsed = (): number => performance.now() - began;

function workUntil(time: number): void {
  do createHash('sha256').update(block).digest();
  while (elapsed() < time);
}

let written = 0;
while (elapsed() < rampEndMs) {
  const at = elapsed();
  const asked = rampLoadAt(at);
  if (at >= written) {
    const sample: RampSample = { ms: Math.round(at), asked, load: rates.load ?? 0, rate: rates.at(site) };
    process.stdout.write(`${JSON.stringify(sample)}\n`);
    written += 250;
  }
  if (asked > 0) workUntil(at + asked * pulseMs);
  await sleep(Math.max(1, (1 - asked) * pulseMs));
}
rates.stop();
