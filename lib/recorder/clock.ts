/**
 * From `performance.now()` to the time a span carries. All spans share one anchor to the wall clock, so that their order
 * and their gaps are those of the program; the SDK anchors each span to a clock of whole milliseconds, and a child can
 * then seem to start before its parent.
 */
import type { HrTime } from '@opentelemetry/api';

/** Farther apart than this, the wall clock was set, or the machine slept: the anchor no longer holds. */
const driftAtMostMs = 500;

/** Milliseconds between the start of the process's clock and 1970, whole: the sum with a reading stays exact. */
let anchor = anchorNow(performance.now());

/** The anchor for a span that starts at `now` (`performance.now()`); its end must be told with the same one. */
export function anchorFor(now: number): number {
  if (Math.abs(anchorNow(now) - anchor) > driftAtMostMs) anchor = anchorNow(now);
  return anchor;
}

/** The time at `now` (`performance.now()`), as OpenTelemetry has it: seconds and nanoseconds. */
export function timeAt(now: number, anchorMs: number): HrTime {
  const whole = Math.floor(now);
  const milliseconds = anchorMs + whole;
  return [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1e6 + Math.floor((now - whole) * 1e6)];
}

function anchorNow(now: number): number {
  return Math.round(Date.now() - now);
}
