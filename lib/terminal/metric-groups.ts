/**
 * Metrics as the rows of two tables, one for single values and one for distributions: every figure as text, grouped by
 * the metric's name. The same metric from two libraries is one group.
 */
import { attributeTexts } from './attribute-text.js';
import { distributionOf } from './distribution.js';
import type { DrawnExponentialHistogram, DrawnHistogram, DrawnMetric } from './drawn-metric.js';
import { wholeText } from './figures.js';
import { quantityText } from './number-text.js';
import { type Distribution, largest, quantile } from './quantile.js';

export interface Series {
  /** One text for each column of the table. */
  readonly figures: readonly string[];
  readonly attributes: readonly string[];
}

export interface MetricGroup {
  readonly name: string;
  readonly unit: string;
  readonly kind: string;
  readonly series: Series[];
}

export interface MetricTable {
  /** The columns' headings; quantiles are marked as approximate here. */
  readonly columns: readonly string[];
  readonly groups: MetricGroup[];
}

const nothing = '–';

/** The tables that have anything in them. */
export function metricTables(metrics: readonly DrawnMetric[]): MetricTable[] {
  const values: MetricTable = { columns: ['value'], groups: [] };
  const distributions: MetricTable = { columns: ['count', '≈ p50', '≈ p95', 'max'], groups: [] };
  const known = new Map<string, MetricGroup>();
  for (const metric of metrics) {
    const { name, unit } = metric.descriptor;
    const kind = kindOf(metric);
    const table = isDistribution(metric) ? distributions : values;
    const key = JSON.stringify([name, unit, kind, table.columns]);
    const group = known.get(key) ?? { name, unit, kind, series: [] };
    if (!known.has(key)) table.groups.push(group);
    known.set(key, group);
    for (const { value, attributes } of metric.dataPoints) {
      const figures = typeof value === 'number' ? [quantityText(value, unit)] : distributionTexts(value, unit);
      group.series.push({ figures, attributes: attributeTexts(attributes) });
    }
  }
  return [values, distributions].filter(({ groups }) => groups.length > 0);
}

/** By what it holds, and by its kind where it holds nothing. */
function isDistribution({ dataPoints: [first], dataPointType }: DrawnMetric): boolean {
  return first === undefined ? dataPointType < 2 : typeof first.value !== 'number';
}

function kindOf({ dataPointType, isMonotonic }: DrawnMetric): string {
  if (dataPointType === 0) return 'histogram';
  if (dataPointType === 1) return 'exponential histogram';
  if (dataPointType === 2) return 'gauge';
  return isMonotonic === true ? 'counter' : 'up-down counter';
}

function distributionTexts(value: DrawnHistogram | DrawnExponentialHistogram, unit: string): string[] {
  const count = wholeText(value.count);
  if (!(value.count > 0)) return [count, nothing, nothing, nothing];
  const distribution = distributionOf(value);
  return [
    count,
    quantileText(distribution, 0.5, unit),
    quantileText(distribution, 0.95, unit),
    maxText(distribution, unit),
  ];
}

function quantileText(distribution: Distribution, q: number, unit: string): string {
  const value = quantile(distribution, q);
  return value === undefined ? nothing : quantityText(value, unit);
}

function maxText(distribution: Distribution, unit: string): string {
  const most = largest(distribution);
  if (most === undefined) return nothing;
  const text = quantityText(most.value, unit);
  if (most.known === 'exactly') return text;
  return `${most.known === 'at most' ? '≤' : '>'} ${text}`;
}
