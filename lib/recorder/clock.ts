/**
 * From `performance.now()` to the time a span carries. All spans share one anchor to the wall clock, so that their order
 * and their gaps are those of the program; the SDK anchors each span to a clock of whole milliseconds, and a child can
 * then seem to start before its parent.
 */
import type { HrTime, TimeInput } from '@opentelemetry/api';
import { isTimeInputHrTime, millisToHrTime } from '@opentelemetry/core';

/** Farther apart than this, the wall clock was set, or the machine slept: the anchor no longer holds. */
const driftAtMostMs = 500;

/** The wall clock is looked at no more often than this: it costs as much as the reading itself. */
const lookedAtEachMs = 1;

/** What the times of a span are told with. One object for all spans that share it. */
export interface Anchor {
  /** Milliseconds between the start of the process's clock and 1970, whole: the sum with a reading stays exact. */
  readonly ms: number;
}

/** Where times are read. A test puts a clock of its own in its place. */
export interface Clock {
  /** Milliseconds since some beginning, never backwards: `performance.now()`. */
  now(): number;
  /** Milliseconds since 1970 at the same moment: `Date.now()`. */
  wallMs(): number;
}

const ofProcess: Clock = { now: () => performance.now(), wallMs: () => Date.now() };

let clock = ofProcess;
let anchor: Anchor = { ms: anchorNow(clock.now()) };
let lookedAt = 0;

/** Reads another clock from now on; left out, that of the process again. */
export function readClock(other: Clock = ofProcess): void {
  clock = other;
  lookedAt = clock.now();
  anchor = { ms: anchorNow(lookedAt) };
}

/** What the clock shows: `performance.now()`, unless a test has put another in its place. */
export function clockNow(): number {
  return clock.now();
}

/** The time it is, as OpenTelemetry has it. */
export function timeNow(): HrTime {
  const now = clock.now();
  return timeAt(now, anchorFor(now));
}

/** The anchor for a span that starts at `now` (`performance.now()`); its end must be told with the same one. */
export function anchorFor(now: number): number {
  lookedAt = now;
  if (Math.abs(anchorNow(now) - anchor.ms) > driftAtMostMs) anchor = { ms: anchorNow(now) };
  return anchor.ms;
}

/** The same, for many spans at once. */
export function anchorAt(now: number): Anchor {
  // Backwards, too: tests put clocks of their own in its place.
  if (Math.abs(now - lookedAt) >= lookedAtEachMs) anchorFor(now);
  return anchor;
}

/** The time at `now` (`performance.now()`), as OpenTelemetry has it: seconds and nanoseconds. */
export function timeAt(now: number, anchorMs: number): HrTime {
  const whole = Math.floor(now);
  const milliseconds = anchorMs + whole;
  return [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1e6 + Math.floor((now - whole) * 1e6)];
}

/** A time in one of the forms the API takes it in; left out, it is now. A number that can be a reading is one, as in the SDK. */
export function timeOf(given: TimeInput | undefined, { ms }: Anchor): HrTime {
  if (given instanceof Date) return millisToHrTime(given.getTime());
  if (isTimeInputHrTime(given)) return given;
  const now = clock.now();
  if (typeof given !== 'number') return timeAt(now, ms);
  return given <= now ? timeAt(given, ms) : millisToHrTime(given);
}

function anchorNow(now: number): number {
  return Math.round(clock.wallMs() - now);
}
