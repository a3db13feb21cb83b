/**
 * How many spans a second somewhere asks for, as it was lately: the past counts for less the longer ago it is. It does not know the
 * time; it is told how much of it has gone by.
 */

/** After so long what was counts for a third. Longer: steadier; shorter: sooner right where demand jumps. */
export const rememberedMs = 2000;

/** Before it was first asked for anything, it was quiet for so long: else the very first trace would look like a flood. */
const quietMs = 1000;

export class Demand {
  #spans = 0;
  #weighted = 0;
  /** How much of the remembered time there has been, 0 to 1. */
  #weight = 1 - Math.exp(-quietMs / rememberedMs);

  add(spans: number): void {
    this.#spans += spans;
  }

  /** So much time has gone by since the last call, in so many rounds; what was added came in the first of them. */
  pass(ms: number, rounds: number): void {
    const first = ms / rounds;
    const left = Math.exp(-first / rememberedMs);
    this.#weighted = this.#weighted * left + ((this.#spans * 1000) / first) * (1 - left);
    this.#weight = this.#weight * left + (1 - left);
    this.#spans = 0;
    if (rounds === 1) return;
    const still = Math.exp((first - ms) / rememberedMs);
    this.#weighted *= still;
    this.#weight = this.#weight * still + (1 - still);
  }

  get perSecond(): number {
    return this.#weighted / this.#weight;
  }
}
