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

  #mixed(at: number, ordinal: number): string {
    this.#mix(at, ordinal);
    // An id of zeros is no id (W3C trace context).
    return high === 0 && low === 0 ? '0000000000000001' : hexOf(high) + hexOf(low);
  }

  /** splitmix64 (Steele, Lea, Flood 2014) of seed + ordinal · γ. */
  #mix(at: number, ordinal: number): void {
    high = Math.floor(ordinal / word);
    low = ordinal >>> 0;
    multiply(0x9e3779b9, 0x7f4a7c15);
    const sum = low + (this.#seed[at + 1] as number);
    high = (high + (this.#seed[at] as number) + (sum >= word ? 1 : 0)) >>> 0;
    low = sum >>> 0;
    fold(30);
    multiply(0xbf58476d, 0x1ce4e5b9);
    fold(27);
    multiply(0x94d049bb, 0x133111eb);
    fold(31);
  }
}

const word = 2 ** 32;

/** The number of 64 bits that is worked on, as two words: a BigInt, or an object a step, costs several times as much. */
let high = 0;
let low = 0;

/** x ^ (x >>> by); `by` is below 32. */
function fold(by: number): void {
  low = (low ^ ((low >>> by) | (high << (32 - by)))) >>> 0;
  high = (high ^ (high >>> by)) >>> 0;
}

/** x · factor modulo 2^64, from products of 16 bits, which are exact. */
function multiply(factorHigh: number, factorLow: number): void {
  const x0 = low & 0xffff;
  const x1 = low >>> 16;
  const f0 = factorLow & 0xffff;
  const f1 = factorLow >>> 16;
  const middle = x1 * f0 + ((x0 * f0) >>> 16);
  const carried = x1 * f1 + Math.floor(middle / 0x10000) + ((((middle & 0xffff) + x0 * f1) / 0x10000) >>> 0);
  high = (Math.imul(high, factorLow) + Math.imul(low, factorHigh) + carried) >>> 0;
  low = Math.imul(low, factorLow) >>> 0;
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexOf(bits: number): string {
  return (bytes[bits >>> 24] as string) + bytes[(bits >>> 16) & 0xff] + bytes[(bits >>> 8) & 0xff] + bytes[bits & 0xff];
}
