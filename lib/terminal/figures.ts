/**
 * Rounding for people: a number in few figures, with thousands set apart. No locale: the same text on every machine.
 */

/** Between each three digits, from the right. By hand: the first number format of a process takes Node some 10 ms to make. */
const thousands = /\B(?=(?:\d{3})+$)/g;

/** Beyond this nobody counts digits. */
const countable = 1e15;

/** A finite number in whole: `2,991`. */
export function wholeText(value: number): string {
  if (Math.abs(value) >= countable) return value.toExponential(2);
  // `+ 0` makes of minus nothing nothing.
  return String(Math.round(value) + 0).replace(thousands, ',');
}

/** `1 span`, `2,991 spans`. */
export function countOf(count: number, thing: string): string {
  return `${wholeText(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/** Three figures of a number that isn't negative; all of the whole part where that has more. */
export function figures(value: number): string {
  if (value >= 999.5) return wholeText(value);
  if (value >= 99.95) return value.toFixed(0);
  if (value >= 9.995) return trimmed(value.toFixed(1));
  if (value >= 0.9995) return trimmed(value.toFixed(2));
  return trimmed(value.toPrecision(3));
}

function trimmed(text: string): string {
  return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
}
