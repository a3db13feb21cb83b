/**
 * How many columns a text takes in a terminal, and cutting it to fit. It counts what a reader sees as one character
 * (a letter with its marks, an emoji of several parts) as one. It expects text that `visible` has been over.
 */

const ascii = /^[\x20-\x7e]*$/;

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: a program that draws nothing should not pay for it. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/**
 * Two columns wide: East Asian Wide and Fullwidth (Unicode Standard Annex 11) by block, with what is not yet assigned
 * in between. JavaScript's regular expressions don't know the property itself. Emoji are told apart below.
 */
const wide =
  /^[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;

/** Shown as a picture: by itself, because U+FE0F asks for it, as a keycap, or as the two letters of a flag. */
const emoji = /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[0-9#*]\u20e3|\p{Regional_Indicator}{2})/u;

/** Takes no column: marks without a letter, joiners alone. */
const nothing = /^[\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]+$/u;

/** Belongs to the letter before it and still takes a column: spacing vowels, halfwidth voicing marks. */
const spacingMarks = /[\p{Mc}\uff9e\uff9f]/gu;

/** Columns of a text. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  if (grapheme.length === 1 && grapheme >= ' ' && grapheme <= '~') return 1;
  if (nothing.test(grapheme)) return 0;
  const first = wide.test(grapheme) || emoji.test(grapheme) ? 2 : 1;
  const marks = grapheme.slice(1).match(spacingMarks);
  return first + (marks === null ? 0 : marks.length);
}

/** As much of the start as fits, and `…` where something is missing. */
export function truncate(text: string, width: number): string {
  return fits(text, width) ? text : `${head(text, width - 1)}${dots(width)}`;
}

/** As much of the end as fits: of a path the end says more. */
export function truncateStart(text: string, width: number): string {
  return fits(text, width) ? text : `${dots(width)}${tail(text, width - 1)}`;
}

/** Start and end: dotted names share their start, and paths of classes their end. */
export function truncateMiddle(text: string, width: number): string {
  if (fits(text, width)) return text;
  const front = head(text, Math.floor((width - 1) / 2));
  return `${front}${dots(width)}${tail(text, width - 1 - widthOf(front))}`;
}

/** The text in a column of its own, at its left or right edge; what is wider stays as it is. */
export function padded(text: string, width: number, edge: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return edge === 'left' ? text + space : space + text;
}

/** The text in parts of at most `width` columns. A character wider than that gets a part of its own. */
export function chunks(text: string, width: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (!fits(rest, width)) {
    const part = head(rest, width) || first(rest);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  if (rest !== '' || parts.length === 0) parts.push(rest);
  return parts;
}

function fits(text: string, width: number): boolean {
  // One UTF-16 unit is never wider than two columns: most texts need no counting.
  return text.length * 2 <= width || widthOf(text) <= width;
}

function dots(width: number): string {
  return width >= 1 ? '…' : '';
}

function head(text: string, width: number): string {
  let used = 0;
  for (const { segment, index } of graphemesOf(text)) {
    used += graphemeWidth(segment);
    if (used > width) return text.slice(0, index);
  }
  return text;
}

function tail(text: string, width: number): string {
  const graphemes = [...graphemesOf(text)];
  let used = 0;
  for (let at = graphemes.length - 1; at >= 0; at -= 1) {
    used += graphemeWidth(graphemes[at]?.segment ?? '');
    if (used > width) return text.slice(graphemes[at + 1]?.index ?? text.length);
  }
  return text;
}

function first(text: string): string {
  for (const { segment } of graphemesOf(text)) return segment;
  return text;
}
