/**
 * The same limit for each site, so that one hot loop leaves room for the rest. Sites are held weakly: one that is gone takes what is
 * known of it along, and there are never more of them than the program has.
 */
import { Limit } from './limit.js';

export class SiteLimits {
  readonly #perSecond: number;
  readonly #limits = new WeakMap<object, Limit>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** That of a site, as it is in this round, which began at `now`. No time is worked out for a site before somebody asks for it. */
  of(site: object, now: number, round: number): Limit {
    const limit = this.#limits.get(site);
    if (limit === undefined) return this.#first(site, now, round);
    if (!limit.isOf(round)) limit.pass(now, round);
    return limit;
  }

  #first(site: object, now: number, round: number): Limit {
    const limit = new Limit(this.#perSecond, now, round);
    this.#limits.set(site, limit);
    return limit;
  }
}
