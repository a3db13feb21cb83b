/**
 * Finds where a span starts, without asking a woven span for anything that would have to be made first.
 */
import { type Context, isSpanContextValid, TraceFlags, trace as tracing } from '@opentelemetry/api';
import { LocalTrace } from './local-trace.js';
import type { SpanIds } from './span-ids.js';
import { traceOf } from './traces-of-spans.js';
import { type Above, spanKey, WovenContext } from './woven-context.js';
import { WovenSpan } from './woven-span.js';

/** Where a span starts. */
export interface Place {
  readonly base: Context;
  readonly trace: LocalTrace;
  readonly ordinal: number;
  readonly above: Above;
}

/**
 * The place of a span that starts in a Context that is not a woven one; `ids` are for a trace that is new here, and `joined` gives
 * the one that has an id already.
 */
export function placeIn(parent: Context, ids: SpanIds, joined?: (traceId: string) => LocalTrace | undefined): Place {
  const span = tracing.getSpan(parent);
  // Somebody put a value of theirs on a woven Context. Its span is left out of the base: each span on a base with a span on a
  // base would keep all that were ever active before it.
  if (span instanceof WovenContext) {
    if (span instanceof WovenSpan) span.leadsOn();
    return placeBelow(span, parent.deleteValue(spanKey));
  }
  const above = span?.spanContext();
  const ordinal = ids.take();
  if (above === undefined || !isSpanContextValid(above)) {
    return { base: parent, trace: new LocalTrace(ids, ordinal, undefined, true, undefined), ordinal, above: undefined };
  }
  const { traceId, traceFlags, traceState } = above;
  const known = span === undefined ? undefined : (traceOf(span) ?? joined?.(traceId));
  if (known !== undefined) return { base: parent, trace: known, ordinal, above };
  const sampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
  return { base: parent, trace: new LocalTrace(ids, ordinal, traceId, sampled, traceState), ordinal, above };
}

/** The place of a span below a woven one. The ordinals of a trace are all of the same ids, whichever telemetry began it. */
export function placeBelow({ trace, ordinal }: WovenContext, base: Context): Place {
  return { base, trace, ordinal: trace.ids.take(), above: ordinal };
}

/** The same place, after it was decided whether the span is for exporting. */
export function decided(place: Place, sampled: boolean, state: LocalTrace['state']): Place {
  const { base, ordinal, above } = place;
  const trace = place.trace.decided(sampled, state);
  if (trace === place.trace) return place;
  return { base, trace, ordinal, above: typeof above === 'number' ? place.trace.contextOf(above) : above };
}
