/**
 * The ramp: how busy the program makes itself at which time, and what it tells of each moment.
 */

export interface RampSample {
  /** Since the program began. */
  readonly ms: number;
  /** The part of the time it worked. */
  readonly asked: number;
  /** The load as sampling saw it. */
  readonly load: number;
  /** The share of successful traces. */
  readonly rate: number;
}

/** The share of successful traces without load. */
export const rampBase = 0.1;

/** When it is as busy as it becomes, and from when on it has nothing to do any more. */
export const rampTop = { fromMs: 7000, toMs: 11_000 } as const;
export const rampIdleMs = 16_000;
export const rampEndMs = 22_000;

const most = 0.95;
const beginsMs = 2000;

/** The part of the time it works, 0 to 1. */
export function rampLoadAt(ms: number): number {
  const up = (ms - beginsMs) / (rampTop.fromMs - beginsMs);
  const down = (rampIdleMs - ms) / (rampIdleMs - rampTop.toMs);
  return most * Math.max(0, Math.min(1, up, down));
}
