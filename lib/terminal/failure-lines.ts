/**
 * What went wrong and where, beneath a span or a log line: `error.type: message  at file:line:column`.
 */
import { flow, type Piece } from './flow.js';
import type { Inks } from './ink.js';
import { placeOf } from './place.js';
import { prose } from './prose.js';
import { truncateStart } from './text-width.js';
import { visible } from './visible.js';

/** What is known of a failure; everything may be missing. */
export interface ToldFailure {
  readonly type: unknown;
  readonly message: unknown;
  readonly stack: unknown;
}

/** Of a long message, what fits on this many lines. */
const messageLines = 3;

/** One line where it fits; none when nothing is known. */
export function failureLines(failure: ToldFailure, width: number, inks: Inks): string[] {
  const text = failureText(failure);
  const place = placeOf(failure.stack);
  const pieces: Piece[] = text === '' ? [] : prose(visible(text), width, messageLines, inks.failure);
  if (place !== undefined) {
    pieces.push({ text: `at ${truncateStart(visible(place), width - 3)}`, ink: inks.quiet });
  }
  return flow(pieces, width);
}

function failureText({ type, message }: ToldFailure): string {
  const name = typeof type === 'string' ? type : '';
  const words = typeof message === 'string' ? message.trim() : '';
  if (name === '' || words === '') return name + words;
  // Some messages begin with the error's name already.
  return words.startsWith(`${name}:`) ? words : `${name}: ${words}`;
}
