/**
 * The line of a fold: how many spans it stands for, and what they took together.
 */
import { durationText } from './duration-text.js';
import { countOf, wholeText } from './figures.js';
import { flow, type Piece } from './flow.js';
import type { Fold } from './fold.js';
import type { Inks } from './ink.js';
import { padded } from './text-width.js';
import type { TraceColumns } from './trace-columns.js';
import { fittedLabel } from './trace-label.js';
import type { FoldRow } from './trace-rows.js';

/**
 * One line where it fits, else the facts beneath the name. It has no bar, so its name may reach into the other columns.
 */
export function foldLines(row: FoldRow, columns: TraceColumns, width: number, inks: Inks): string[] {
  const { fold, lines, below } = row;
  const label = fittedLabel(row.label, width - lines.length);
  const used = lines.length + label.width;
  const aligned = used <= columns.label;
  const start = inks.quiet(lines + label.mark + label.name);
  const space = (aligned ? columns.label - used : 0) + columns.gap;
  const beside = flow(factsOf(fold, aligned ? columns.duration : 0, inks), Math.max(1, width - used - space));
  if (beside.length === 1) return [start + ' '.repeat(space) + beside[0]];
  const beneath = flow(factsOf(fold, 0, inks), width - below.length);
  return [start, ...beneath.map((line) => inks.quiet(below) + line)];
}

function factsOf({ total, slowest, beneath, errors }: Fold, column: number, inks: Inks): Piece[] {
  const texts = [`${padded(durationText(total), column, 'right')} in all`];
  if (!Number.isNaN(slowest)) texts.push(`slowest ${durationText(slowest)}`);
  if (beneath > 0) texts.push(`${wholeText(beneath)} beneath`);
  const facts = texts.map((text): Piece => ({ text, ink: inks.quiet, gap: ', ' }));
  if (errors > 0) facts.push({ text: countOf(errors, 'error'), ink: inks.failure, gap: ', ' });
  return facts;
}
