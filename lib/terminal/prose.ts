/**
 * Breaks a message into words for `flow`, and bounds it: a message of a thousand lines is a document, and belongs
 * elsewhere.
 */
import type { Piece } from './flow.js';
import type { Ink } from './ink.js';
import { chunks, truncate } from './text-width.js';

/** The words of a text as pieces: at most `lines` lines' worth; words wider than a line are broken. */
export function prose(text: string, width: number, lines: number, ink: Ink): Piece[] {
  const words: Piece[] = [];
  for (const word of truncate(text, width * lines).split(' ')) {
    let gap = ' ';
    for (const part of chunks(word, width)) {
      words.push({ text: part, ink, gap });
      gap = '';
    }
  }
  return words;
}
