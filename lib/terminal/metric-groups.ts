/**
 * Metrics as the rows of two tables, one for single values and one for distributions: every figure as text, grouped by
 * the metric's name. The same metric from two libraries is one group.
 */
import { attributeTexts } from './attribute-text.js';
import { distributionOf } from './distribution.js';
import type { DrawnMetric, DrawnPoint } from './drawn-metric.js';
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
  readonly groups: readonly MetricGroup[];
}

const nothing = '–';

/** The tables that have anything in them. */
export function metricTables(metrics: readonly DrawnMetric[]): MetricTable[] {
  const values = new Map<string, MetricGroup>();
  const distributions = new Map<string, MetricGroup>();
  for (const metric of metrics) {
    const { name, unit } = metric.descriptor;
    const kind = kindOf(metric);
    const groups = kind.endsWith('histogram') ? distributions : values;
    const key = JSON.stringify([name, unit, kind]);
    const group = groups.get(key) ?? { name, unit, kind, series: [] };
    groups.set(key, group);
    for (const point of metric.dataPoints) {
      group.series.push({ figures: figuresOf(point, unit), attributes: attributeTexts(point.attributes) });
    }
  }
  const tables = [
    { columns: ['value'], groups: [...values.values()] },
    { columns: ['count', '≈ p50', '≈ p95', 'max'], groups: [...distributions.values()] },
  ];
  return tables.filter(({ groups }) => groups.length > 0);
}

function kindOf({ dataPointType, isMonotonic }: DrawnMetric): string {
  if (dataPointType === 0) return 'histogram';
  if (dataPointType === 1) return 'exponential histogram';
  if (dataPointType === 2) return 'gauge';
  return isMonotonic === true ? 'counter' : 'up-down counter';
}

function figuresOf({ value }: DrawnPoint, unit: string): string[] {
  if (typeof value === 'number') return [quantityText(value, unit)];
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
