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
}

/** A note cut shorter than this says nothing. */
const noteAtLeast = 10;

export function labelOf(branch: Branch): Label {
  if ('fold' in branch) {
    return { mark: `… ${wholeText(branch.fold.count)} more `, name: visible(branch.fold.name), note: '' };
  }
  const { failed, orphan, span } = branch.node;
  return {
    mark: failed ? '✗ ' : '',
    name: visible(span.name) || '(no name)',
    note: orphan ? '  parent elsewhere' : '',
  };
}

/** Columns of a label. */
export function labelWidth({ mark, name, note }: Label): number {
  return mark.length + widthOf(name) + note.length;
}

/** The label in at most `width` columns: the note gives way first, then the middle of the name. */
export function fittedLabel({ mark, name, note }: Label, width: number): Label {
  const room = width - mark.length;
  const fitted = truncateMiddle(name, room);
  const noteRoom = room - widthOf(fitted);
  return { mark, name: fitted, note: noteRoom >= noteAtLeast ? truncate(note, noteRoom) : '' };
}
