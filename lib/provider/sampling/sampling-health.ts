/**
 * What `health()` tells of traces that are decided about at their end: a copy of the counts, and where things stand now.
 */
import type { SpanRoom } from '../../recorder/span-room.js';
import type { TraceKeeping } from '../../recorder/trace-keeping.js';
import type { HeldSpans, SamplingHealth } from '../health.js';

/** What share of successful traces is kept now, and the load it goes by. */
export interface RateNow {
  readonly rate: number;
  readonly load: number | undefined;
}

export function samplingHealth(
  { counts }: TraceKeeping,
  { waiting }: SpanRoom,
  { rate, load }: RateNow,
): SamplingHealth {
  return Object.freeze({
    rate,
    load,
    kept: Object.freeze({ ...counts.kept }),
    dropped: Object.freeze({ ...counts.letGo }),
    buffered: waiting,
  });
}

export function heldSpans({ held, bytes, spansAtMost, bytesAtMost }: SpanRoom): HeldSpans {
  return Object.freeze({ spans: held, bytes, spansAtMost, bytesAtMost });
}
