/**
 * Draws collected metrics as tables: a heading, and beneath each metric's name a row for each of its series. It returns
 * text and writes nowhere.
 */
import type { Canvas } from './canvas.js';
import type { DrawnMetric } from './drawn-metric.js';
import { flow, type Piece } from './flow.js';
import { type Inks, inksFor } from './ink.js';
import { type MetricGroup, type MetricTable, metricTables, type Series } from './metric-groups.js';
import { padded, truncate, truncateMiddle, widthOf } from './text-width.js';
import { visible } from './visible.js';

const gap = '  ';

/** In fewer columns attributes can't be told apart, and go beneath their row. */
const attributesAtLeast = 16;

/**
 * One table for counters and gauges and one for histograms, whichever there are; nothing for no metrics. The text ends
 * with a line end, so that drawings written as lines stand apart.
 */
export function drawMetrics(metrics: readonly DrawnMetric[], canvas: Canvas): string {
  const tables = metricTables(metrics).map((table) => tableLines(table, canvas.width, inksFor(canvas)).join('\n'));
  return tables.length === 0 ? '' : `${tables.join('\n\n')}\n`;
}

function tableLines({ columns, groups }: MetricTable, width: number, inks: Inks): string[] {
  const widths = columns.map((heading, at) =>
    groups.reduce(
      (most, { series }) => series.reduce((wide, { figures }) => Math.max(wide, widthOf(figures[at] ?? '')), most),
      heading.length,
    ),
  );
  const row = (figures: readonly string[]): string =>
    truncate(figures.map((text, at) => gap + padded(text, widths[at] ?? 0, 'right')).join(''), width);
  const room = width - widthOf(row([])) - widths.reduce((sum, wide) => sum + wide + gap.length, 0) - gap.length;
  const beside = room >= attributesAtLeast ? room : 0;
  const lines = [
    inks.quiet(truncate(row(columns) + (beside > 0 ? `${gap}attributes` : ''), width)),
    inks.quiet('─'.repeat(width)),
  ];
  for (const group of groups) {
    lines.push(...nameLines(group, width, inks));
    for (const series of group.series) lines.push(...seriesLines(series, row, beside, width, inks));
  }
  return lines;
}

function nameLines({ name, unit, kind, series }: MetricGroup, width: number, inks: Inks): string[] {
  const facts = unit === '' || unit === '1' ? kind : `${kind}, ${visible(unit)}`;
  const pieces: Piece[] = [
    { text: truncateMiddle(visible(name), width), ink: inks.strong },
    { text: series.length === 0 ? `${facts}, nothing measured` : facts, ink: inks.quiet },
  ];
  return flow(pieces, width);
}

function seriesLines(
  { figures, attributes }: Series,
  row: (figures: readonly string[]) => string,
  beside: number,
  width: number,
  inks: Inks,
): string[] {
  const told = attributes.join(gap);
  if (told === '') return [row(figures)];
  if (beside > 0) return [row(figures) + gap + inks.quiet(truncate(told, beside))];
  const indent = gap + gap;
  return [row(figures), indent + inks.quiet(truncate(told, width - indent.length))];
}
