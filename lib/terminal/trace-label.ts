/**
 * What stands in the first column of a trace after the tree lines: a name, which may be cut to fit, with a mark before
 * it and a note after it.
 */
import { wholeText } from './figures.js';
import type { Branch } from './fold.js';
import { truncate, truncateMiddle, widthOf } from './text-width.js';
import { visible } from './visible.js';

export interface Label {
  /** Tells a failed span without colour, and a fold from a span. */
  readonly mark: string;
  readonly name: string;
  readonly note: string;
  /** Columns of the three together; counting them is what costs most in a drawing. */
  readonly width: number;
}

/** A note cut shorter than this says nothing. */
const noteAtLeast = 10;

export function labelOf(branch: Branch): Label {
  if ('fold' in branch) return label(`… ${wholeText(branch.fold.count)} more `, visible(branch.fold.name), '');
  const { failed, orphan, span } = branch.node;
  return label(failed ? '✗ ' : '', visible(span.name) || '(no name)', orphan ? '  parent elsewhere' : '');
}

/** The label in at most `width` columns: the note gives way first, then the middle of the name. */
export function fittedLabel(whole: Label, width: number): Label {
  if (whole.width <= width) return whole;
  const room = width - whole.mark.length;
  const name = truncateMiddle(whole.name, room);
  const noteRoom = room - widthOf(name);
  return label(whole.mark, name, noteRoom >= noteAtLeast ? truncate(whole.note, noteRoom) : '');
}

function label(mark: string, name: string, note: string): Label {
  return { mark, name, note, width: mark.length + widthOf(name) + note.length };
}
