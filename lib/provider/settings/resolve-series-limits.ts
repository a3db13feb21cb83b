/**
 * How many series metrics may have: of all together, and of one by its name.
 */
import type { SeriesLimits } from '../../metrics/series-budget.js';
import type { LimitSettings } from './limit-settings.js';

export function resolveSeriesLimits({ series = 1_000, seriesPerMetric }: LimitSettings = {}): SeriesLimits {
  if (typeof seriesPerMetric !== 'object') return { inAll: series, perMetric: () => seriesPerMetric };
  // OpenTelemetry compares instrument names without regard to case.
  const byName = new Map(Object.entries(seriesPerMetric).map(([name, most]) => [name.toLowerCase(), most]));
  return { inAll: series, perMetric: (name) => byName.get(name.toLowerCase()) ?? byName.get('*') };
}
