/**
 * Colours by what they mean. Each ink closes what it opens, so inked texts can be joined freely; they must not be
 * nested, measured or cut. Without colour every ink is the text itself, so a drawing in colour and a plain one differ
 * in nothing but the codes.
 */
import type { Canvas } from './canvas.js';

export type Ink = (text: string) => string;

export interface Inks {
  readonly plain: Ink;
  /** What gives order and can be overlooked: tree lines, attributes, places. */
  readonly quiet: Ink;
  /** Headings. */
  readonly strong: Ink;
  readonly failure: Ink;
  readonly fatal: Ink;
  readonly warning: Ink;
  readonly information: Ink;
  /** The bars of the time axis. */
  readonly bar: Ink;
}

const plain: Ink = (text) => text;

/** An empty text stays empty: no codes around nothing. */
const sgr =
  (codes: string): Ink =>
  (text) =>
    text === '' ? '' : `\u001b[${codes}m${text}\u001b[0m`;

const coloured: Inks = {
  plain,
  quiet: sgr('2'),
  strong: sgr('1'),
  failure: sgr('31'),
  fatal: sgr('1;31'),
  warning: sgr('33'),
  information: sgr('32'),
  bar: sgr('36'),
};

const colourless: Inks = {
  plain,
  quiet: plain,
  strong: plain,
  failure: plain,
  fatal: plain,
  warning: plain,
  information: plain,
  bar: plain,
};

export function inksFor(canvas: Canvas): Inks {
  return canvas.colour ? coloured : colourless;
}
