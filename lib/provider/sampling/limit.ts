/**
 * One limit on spans a second: what share of the demand it has room for, and the bucket that holds it while the share is not right
 * yet. The share is what a trace is kept by, and says of itself in `ot=th`, so counts can be extrapolated from what was kept; what the
 * bucket takes away on top of it is missing there.
 */
import { Demand } from './demand.js';
import { TokenBucket } from './token-bucket.js';

/** A little less than the limit is let through, so that the bucket fills up again, and chance seldom empties it. */
const aimedAt = 0.95;

export class Limit {
  readonly bucket: TokenBucket;
  /** What it could let through at most of all that was asked for, whatever the share was: nothing is refused by it. */
  readonly atMost: TokenBucket;
  readonly demand = new Demand();
  /** The part of the demand that there is room for, 0 to 1. */
  share = 1;
  /** When time last went by here, and in which round. */
  #at: number;
  #round: number;
  readonly #perSecond: number;

  constructor(perSecond: number, now: number, round: number) {
    this.#perSecond = perSecond;
    this.bucket = new TokenBucket(perSecond, now);
    this.atMost = new TokenBucket(perSecond, now);
    this.#at = now;
    this.#round = round;
  }

  isOf(round: number): boolean {
    return this.#round === round;
  }

  /** It is a later round now, which began at `now`. */
  pass(now: number, round: number): void {
    this.demand.pass(Math.max(1, now - this.#at), round - this.#round);
    this.#at = now;
    this.#round = round;
    this.share = Math.min(1, (aimedAt * this.#perSecond) / this.demand.perSecond);
  }
}
