/**
 * A clock for tests: it stands still but for a fixed step at each reading, and for what a test advances it by. Only telemetry
 * reads it; the program's own `Date` and timers go on as they are.
 */
import type { Clock } from '../recorder/clock.js';

/** What `createTestClock()` gives: a clock that only the test moves on. */
export interface TestClock extends Clock {
  /** Moves it on. Times in milliseconds; fractions are kept to the nanosecond as far as a number holds them. */
  advance(ms: number): void;
}

/** What `createTestClock()` can be told. */
export interface TestClockOptions {
  /** The time it begins at. Default 2026-01-01T00:00:00Z. */
  readonly startsAt?: Date | string | number;
  /** How far each reading moves it on, in milliseconds. Default 1: no two spans begin at once. 0: only `advance()` moves it. */
  readonly stepMs?: number;
}

/** The same readings in every run. Belongs to one `startTestTelemetry()`. */
export function createTestClock({ startsAt = '2026-01-01T00:00:00Z', stepMs = 1 }: TestClockOptions = {}): TestClock {
  const beganMs = new Date(startsAt).getTime();
  if (Number.isNaN(beganMs)) throw new RangeError(`createTestClock: startsAt is no time: ${String(startsAt)}`);
  let elapsedMs = 0;
  const move = (ms: number): number => {
    if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`a test clock goes forwards: ${String(ms)} ms`);
    elapsedMs += ms;
    return elapsedMs;
  };
  move(stepMs);
  return {
    now: () => move(stepMs),
    wallMs: () => beganMs + elapsedMs,
    advance(ms) {
      move(ms);
    },
  };
}
