/**
 * How much of a text is told, and what stands for the rest. A program's texts can be of any length, and most of the cost of
 * a long one comes with the first look at it, so it is its length alone that is asked first.
 */

/** Characters of one text that are told where nothing else is said: what a program has to say fits in, a file it has loaded does not. */
export const longestText = 65_536;

/** Characters of a name: of a span, an event, an attribute, a kind of failure. */
export const longestName = 1024;

/**
 * A text that was put together of many is copied into one as it is looked at: up to so many characters that is a matter of
 * milliseconds. Of a longer one only the length is told.
 */
const lookedInto = 4_194_304;

const mark = '…';

/** The text, or as much of it as fits, with a mark at its end. Never half a character, and never longer than `most`. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : shortened(text, most);
}

function shortened(text: string, most: number): string {
  if (most < 1) return '';
  if (text.length > Math.max(lookedInto, most)) return cutText(`[${text.length} characters]`, most);
  const end = most - 1;
  const marked = text.slice(0, isFirstHalf(text.charCodeAt(end - 1)) ? end - 1 : end) + mark;
  // What V8 slices keeps the text it was sliced from: searched, it has become a text of its own.
  return marked.slice(0, marked.lastIndexOf(mark) + 1);
}

/** Of the two that stand for a character beyond the first 65,536. */
function isFirstHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** A big number in digits. Beyond those that a number can have at all, writing them takes longer with every one: they are left out. */
export function bigintText(value: bigint): string {
  return Number.isFinite(Number(value)) ? String(value) : '[a whole number of more than 308 digits]';
}
