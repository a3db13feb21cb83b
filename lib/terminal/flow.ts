/**
 * Lays pieces of text on lines, as words on a page: a piece that doesn't fit begins the next line, and one that is
 * wider than a line is cut.
 */
import type { Ink } from './ink.js';
import { truncate, widthOf } from './text-width.js';

export interface Piece {
  readonly text: string;
  readonly ink: Ink;
  /** What stands between it and the piece before it on the same line. Default two spaces. */
  readonly gap?: string;
}

/** Lines at most `width` wide. */
export function flow(pieces: readonly Piece[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  // Neighbours of one colour share its codes.
  let run = '';
  let runInk: Ink | undefined;
  const inkRun = (): void => {
    line += runInk === undefined ? '' : runInk(run);
    run = '';
  };
  for (const { text: whole, ink, gap = '  ' } of pieces) {
    const text = truncate(whole, width);
    const wide = widthOf(text);
    let between = used > 0 ? gap : '';
    if (used + widthOf(between) + wide > width) {
      inkRun();
      lines.push(line);
      line = '';
      used = 0;
      between = '';
    }
    if (ink !== runInk) {
      inkRun();
      line += between;
      run = text;
      runInk = ink;
    } else {
      run += between + text;
    }
    used += widthOf(between) + wide;
  }
  inkRun();
  if (line !== '') lines.push(line);
  return lines;
}
