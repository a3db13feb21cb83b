/**
 * How much of a span and of a log record is kept: code over environment over default. In code one figure is for both; in the
 * environment a variable may speak of one of them, and goes over the general one then.
 */
import { longestText } from '../../conventions/bounded-text.js';
import type { SeriesLimits } from '../../metrics/series-budget.js';
import type { ReadEnvironment } from './environment.js';
import type { LimitSettings } from './limit-settings.js';
import { resolveSeriesLimits } from './resolve-series-limits.js';

/** As the SDK names them. */
export interface RecordLimits {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
}

export interface SpanLimits extends RecordLimits {
  readonly eventCountLimit: number;
  readonly linkCountLimit: number;
}

export interface ResolvedLimits {
  readonly idleMs: number;
  /** Of ended spans in memory. */
  readonly memoryBytes: number;
  /** What an event or a link may hold has variables alone: the SDK reads these. */
  readonly spans: SpanLimits;
  readonly logs: RecordLimits;
  readonly series: SeriesLimits;
}

/** The specification's (SDK, span limits; log record limits). */
const usual = 128;

export function resolveLimits(given: LimitSettings = {}, environment: ReadEnvironment): ResolvedLimits {
  const { attributes, attributeLength, events, links, idleMs = 600_000, memoryBytes = 64 * 2 ** 20 } = given;
  const limits = (kind: 'SPAN' | 'LOGRECORD'): RecordLimits => ({
    attributeCountLimit:
      attributes ??
      environment.number(`OTEL_${kind}_ATTRIBUTE_COUNT_LIMIT`) ??
      environment.number('OTEL_ATTRIBUTE_COUNT_LIMIT') ??
      usual,
    attributeValueLengthLimit:
      attributeLength ??
      environment.number(`OTEL_${kind}_ATTRIBUTE_VALUE_LENGTH_LIMIT`) ??
      environment.number('OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT') ??
      longestText,
  });
  return {
    idleMs,
    memoryBytes,
    spans: {
      ...limits('SPAN'),
      eventCountLimit: events ?? environment.number('OTEL_SPAN_EVENT_COUNT_LIMIT') ?? usual,
      linkCountLimit: links ?? environment.number('OTEL_SPAN_LINK_COUNT_LIMIT') ?? usual,
    },
    logs: limits('LOGRECORD'),
    series: resolveSeriesLimits(given),
  };
}
