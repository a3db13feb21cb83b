/**
 * Makes text from outside safe to print: whatever would move the cursor, change colours, reorder or hide text is
 * written as an escape a developer knows (`\n`, `\x1b`, `\u202e`). Names, messages and attributes may come from
 * anybody, and the terminal obeys what it is sent.
 */

/** Longer texts are cut before they are looked at: nobody reads more in a terminal. */
const longest = 2_000;

const harmless = /^[\x20-\x7e]*$/;

/**
 * Controls, lone surrogates, line and paragraph separators, fillers that look like nothing, and format characters
 * (bidi overrides, zero-width spaces, tags); but for the two joiners, which scripts and emoji need.
 */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|(?![\u200c\u200d])\p{Cf}/gu;

/** More marks on one letter than any script has: they climb over the lines above and below. */
const pile = /(\p{M}{6})\p{M}+/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text, with all that is not seen made seen. */
export function visible(text: string): string {
  const bounded = text.length > longest ? `${text.slice(0, longest)}…` : text;
  if (harmless.test(bounded)) return bounded;
  return bounded.replace(unseen, escaped).replace(pile, '$1');
}

function escaped(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
