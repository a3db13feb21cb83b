/**
 * Ids of spans and traces. A running span has an ordinal, which costs an addition; the id in hex is what splitmix64 makes of
 * the ordinal and a random seed, and is formed only when somebody asks. It is a bijection: two ordinals never share an id.
 */

/** Two words of 32 bits for each of: spans, and the first and the second half of traces. */
export type IdSeed = Readonly<Uint32Array>;

/** Random bits for `SpanIds`; a seed of one's own makes the ids of a run repeatable. */
export function randomIdSeed(): IdSeed {
  return crypto.getRandomValues(new Uint32Array(6));
}

export class SpanIds {
  /** The last ordinal given out. */
  #last = 0;
  readonly #seed: IdSeed;

  constructor(seed: IdSeed) {
    this.#seed = seed;
  }

  /** An ordinal that no other span of these ids has; never zero. */
  take(): number {
    this.#last += 1;
    return this.#last;
  }

  /** The id of the span with this ordinal: 16 hex digits. */
  spanId(ordinal: number): string {
    return this.#mixed(0, ordinal);
  }

  /** The id of the trace whose local root has this ordinal: 32 hex digits, all of their bits random. */
  traceId(ordinal: number): string {
    return this.#mixed(2, ordinal) + this.#mixed(4, ordinal);
  }

  /** The first 24 of the 56 random bits of the same trace id, as a number (W3C trace context, level 2). */
  randomPart(ordinal: number): number {
    this.#mix(4, ordinal);
    return high & 0xffffff;
  }

  /** The other 32 of them. */
  randomRest(ordinal: number): number {
    this.#mix(4, ordinal);
    return low >>> 0;
  }

  /** The four words of the same trace id, folded into one by "exclusive or". */
  folded(ordinal: number): number {
    this.#mix(2, ordinal);
    const first = high ^ low;
    this.#mix(4, ordinal);
    return (first ^ high ^ low) >>> 0;
  }

  #mixed(at: number, ordinal: number): string {
    this.#mix(at, ordinal);
    return hexOf(high) + hexOf(low);
  }

  /** splitmix64 (Steele, Lea, Flood 2014) of seed + ordinal · γ. */
  #mix(at: number, ordinal: number): void {
    const x = ordinal | 0;
    const y = ordinal < word ? 0 : Math.floor(ordinal / word) | 0;
    const step = Math.imul(x, 0x7f4a7c15);
    let l = (step + (this.#seed[at + 1] as number)) | 0;
    const carry = l >>> 0 < step >>> 0 ? 1 : 0;
    let h = (upper(y, x, 0x9e3779b9, 0x7f4a7c15) + (this.#seed[at] as number) + carry) | 0;
    l ^= (l >>> 30) | (h << 2);
    h ^= h >>> 30;
    h = upper(h, l, 0xbf58476d, 0x1ce4e5b9);
    l = Math.imul(l, 0x1ce4e5b9);
    l ^= (l >>> 27) | (h << 5);
    h ^= h >>> 27;
    h = upper(h, l, 0x94d049bb, 0x133111eb);
    l = Math.imul(l, 0x133111eb);
    low = l ^ ((l >>> 31) | (h << 1));
    high = h ^ (h >>> 31);
    // An id of zeros is no id (W3C trace context).
    if (high === 0 && low === 0) low = 1;
  }
}

const word = 2 ** 32;

/**
 * The number of 64 bits that was made last, as two words: a BigInt, or an object for the two, costs several times as much. The
 * words are signed: what is above 2^31 would be a number on the heap.
 */
let high = 0;
let low = 0;

/**
 * The upper word of (h, l) · (fh, fl) modulo 2^64; the lower one is l · fl. That of l · fl itself is put together of halves,
 * whose products fit a word.
 */
function upper(h: number, l: number, fh: number, fl: number): number {
  const l0 = l & 0xffff;
  const l1 = l >>> 16;
  const f0 = fl & 0xffff;
  const f1 = fl >>> 16;
  const middle = (Math.imul(l1, f0) + (Math.imul(l0, f0) >>> 16)) | 0;
  const other = (Math.imul(l0, f1) + (middle & 0xffff)) | 0;
  const carried = (Math.imul(l1, f1) + (middle >>> 16) + (other >>> 16)) | 0;
  return (Math.imul(h, fl) + Math.imul(l, fh) + carried) | 0;
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexOf(bits: number): string {
  return (bytes[bits >>> 24] as string) + bytes[(bits >>> 16) & 0xff] + bytes[(bits >>> 8) & 0xff] + bytes[bits & 0xff];
}
