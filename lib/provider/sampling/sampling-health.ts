/**
 * What `health()` tells of traces that are decided about at their end: a copy of the counts, and where things stand now.
 */
import type { SpanRoom } from '../../recorder/span-room.js';
import type { HeldSpans, SamplingHealth } from '../health.js';
import type { Sampling } from './sampling-for.js';

export function samplingHealth({ keeping, rates }: Sampling, { waiting }: SpanRoom): SamplingHealth {
  const { kept, letGo } = keeping.counts;
  return Object.freeze({
    rate: rates.rate,
    load: rates.load,
    kept: Object.freeze({ ...kept }),
    dropped: Object.freeze({ ...letGo }),
    buffered: waiting,
  });
}

export function heldSpans({ held, bytes, spansAtMost, bytesAtMost }: SpanRoom): HeldSpans {
  return Object.freeze({ spans: held, bytes, spansAtMost, bytesAtMost });
}
