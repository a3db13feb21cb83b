/**
 * Draws one trace: a tree of its spans, how long each took, and when, as bars on a common time axis. Failed spans are
 * marked and tell their error beneath. It returns text and writes nowhere.
 */
import type { Canvas } from './canvas.js';
import type { DrawnSpan } from './drawn-span.js';
import { durationText } from './duration-text.js';
import { countOf } from './figures.js';
import { flow, type Piece } from './flow.js';
import { foldLines } from './fold-lines.js';
import { type Inks, inksFor } from './ink.js';
import { prose } from './prose.js';
import { spanDetails } from './span-details.js';
import { timeBar } from './time-bar.js';
import { columnsFor, levelsFor, type TraceColumns } from './trace-columns.js';
import { fittedLabel } from './trace-label.js';
import { type SpanRow, traceRows } from './trace-rows.js';
import { type TraceTree, traceTreeOf } from './trace-tree.js';
import { visible } from './visible.js';

/** A note takes so many lines at most. */
const noteLines = 6;

export interface TraceOptions {
  /** Also the attributes, events and links of each span. Default `false`. */
  readonly attributes?: boolean;
  /** Lines to stand beneath a span, for a reader who is to look there; with it, nothing is folded. */
  readonly notes?: (span: DrawnSpan) => readonly string[];
}

/**
 * All of `spans` as one trace; nothing for no spans. The text ends with a line end, so that drawings written as lines
 * stand apart.
 */
export function drawTrace(spans: readonly DrawnSpan[], canvas: Canvas, options: TraceOptions = {}): string {
  const [first] = spans;
  if (first === undefined) return '';
  const { width } = canvas;
  const inks = inksFor(canvas);
  const tree = traceTreeOf(spans);
  const { notes } = options;
  const rows = traceRows(tree, levelsFor(width), notes !== undefined);
  const columns = columnsFor(rows, width);
  const lines = heading(first, tree, width, inks);
  for (const row of rows) {
    if ('fold' in row) {
      lines.push(...foldLines(row, columns, width, inks));
      continue;
    }
    lines.push(spanLine(row, columns, tree.duration, inks));
    for (const detail of spanDetails(row.node, width - row.below.length, options.attributes === true, inks)) {
      lines.push(inks.quiet(row.below) + detail);
    }
    for (const note of notes?.(row.node.span) ?? []) {
      const pieces = prose(visible(note), width - row.below.length, noteLines, inks.warning);
      for (const line of flow(pieces, width - row.below.length)) lines.push(inks.quiet(row.below) + line);
    }
  }
  return `${lines.join('\n')}\n`;
}

function heading(first: DrawnSpan, tree: TraceTree, width: number, inks: Inks): string[] {
  const pieces: Piece[] = [
    { text: `trace ${visible(first.spanContext().traceId)}`, ink: inks.strong },
    { text: countOf(tree.spans, 'span'), ink: inks.plain },
    { text: durationText(tree.duration), ink: inks.plain },
  ];
  if (tree.errors > 0) pieces.push({ text: countOf(tree.errors, 'error'), ink: inks.failure });
  return flow(pieces, width);
}

function spanLine({ node, lines, label: whole }: SpanRow, columns: TraceColumns, total: number, inks: Inks): string {
  const label = fittedLabel(whole, columns.label - lines.length);
  const space = columns.label - lines.length - label.width + columns.gap;
  const duration = durationText(node.duration).padStart(columns.duration);
  const bar = timeBar(node.start, node.end, total, columns.bar);
  const name = node.failed ? inks.failure(label.mark + label.name) : label.name;
  const start = `${inks.quiet(lines)}${name}${inks.quiet(label.note)}${' '.repeat(space)}${duration}`;
  if (bar === '') return start;
  return `${start}${' '.repeat(columns.gap)}${node.failed ? inks.failure(bar) : inks.bar(bar)}`;
}
