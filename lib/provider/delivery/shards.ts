/**
 * Which of several receivers has a trace. Every process that is told of the same receivers comes to the same answer, in whatever
 * order they are listed, and one receiver more takes over its share of the traces and moves no other: rendezvous hashing (Thaler,
 * Ravishankar 1998), in which each receiver draws a number for the trace and the highest has it.
 */
export class Shards {
  /** In an order that does not depend on the one they were given in: of two that draw the same, the first has it. */
  readonly addresses: readonly string[];
  readonly #seeds: Uint32Array;

  /** @param addresses at least one, each once, and spelled the same in every process. */
  constructor(addresses: readonly string[]) {
    this.addresses = [...addresses].sort();
    this.#seeds = Uint32Array.from(this.addresses, hashOf);
  }

  /** The place in `addresses`, for a trace whose id was folded into one word (`SpanIds.folded`). */
  of(folded: number): number {
    const seeds = this.#seeds;
    const key = mixed(folded);
    let [best, highest] = [0, -1];
    for (let at = 0; at < seeds.length; at += 1) {
      const drawn = mixed(key ^ (seeds[at] as number));
      if (drawn > highest) [best, highest] = [at, drawn];
    }
    return best;
  }

  /** The same for what belongs to no trace, by a text of its own. */
  ofText(text: string): number {
    return this.of(hashOf(text));
  }
}

/** FNV-1a of 32 bits, over the code units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The finalizer of MurmurHash3: a bit of what goes in turns half of those that come out. */
function mixed(word: number): number {
  let bits = word ^ (word >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
