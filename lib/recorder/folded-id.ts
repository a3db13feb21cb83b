/**
 * A trace id as one word of 32 bits: its four words, folded by "exclusive or", as `SpanIds.folded` makes it without the id. What is
 * chosen by it is chosen alike for a trace that began here and for one that came from elsewhere.
 */

/** Of an id in hex. */
export function foldedId(id: string): number {
  let folded = 0;
  let word = 0;
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at);
    word = (word << 4) | (code < 0x3a ? code & 0xf : (code & 0xf) + 9);
    if ((at & 7) === 7) folded ^= word;
  }
  return folded >>> 0;
}
