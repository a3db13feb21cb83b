/**
 * How a trace's drawing shares its width between names, durations and the time axis.
 */
import { durationText } from './duration-text.js';
import { levelWidth, type TraceRow } from './trace-rows.js';

export interface TraceColumns {
  /** Tree lines and name. */
  readonly label: number;
  readonly duration: number;
  readonly bar: number;
  /** Spaces between columns. */
  readonly gap: number;
}

const gap = 2;

/** `45.6 ms`: what a duration usually takes. */
const usualDuration = 7;

/** The axis has a quarter of the width, and never less than this: a bar says little in fewer columns. */
const barAtLeast = 10;

/** Of a mark and a name. */
const nameAtLeast = 5;

function labelAtMost(width: number, duration: number): number {
  return width - Math.max(barAtLeast, Math.floor(width / 4)) - duration - 2 * gap;
}

/** Levels that are indented: half of a label may be tree lines, the rest is for the name. */
export function levelsFor(width: number): number {
  return Math.floor(labelAtMost(width, usualDuration) / 2 / levelWidth);
}

/**
 * As much as the widest name and duration need; the axis has what is left. Where deep rows would have no room for a
 * name, the axis gives way.
 */
export function columnsFor(rows: readonly TraceRow[], width: number): TraceColumns {
  let label = 0;
  let duration = 0;
  let lines = 0;
  for (const row of rows) {
    lines = Math.max(lines, row.lines.length);
    label = Math.max(label, row.lines.length + row.label.width);
    duration = Math.max(duration, durationText('fold' in row ? row.fold.total : row.node.duration).length);
  }
  label = Math.min(label, Math.max(labelAtMost(width, duration), lines + nameAtLeast));
  return { label, duration, bar: width - label - duration - 2 * gap, gap };
}
