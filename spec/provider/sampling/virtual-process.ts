/**
 * A process without work, in a time of its own: traces that arrive by chance, at a demand that a test says, are asked about, and
 * what came of them is kept. Its time goes by at once; the timers of Jest go with it.
 */
import {
  type ChangingRates,
  type RateOptions,
  successRatesFor,
} from '../../../lib/provider/sampling/success-rates-for.js';

/** One stretch of time, with so many traces a second at one place. */
export interface Demand {
  readonly site: object;
  readonly perSecond: number;
  /** Spans of each trace. */
  readonly spans: number;
}

export interface Passed {
  readonly at: number;
  readonly site: object;
  readonly spans: number;
  /** The share it was kept by. */
  readonly rate: number;
}

const none: RateOptions = { success: 1, adaptive: undefined, maxSpansPerSecond: undefined, perSite: undefined };

export class VirtualProcess {
  now = 0;
  /** What the load of the process is measured to be, and how full its buffer is. */
  load = 0;
  fill = 0;
  readonly rates: ChangingRates;
  /** Traces in the base share. */
  offered: Passed[] = [];
  /** Those of them that the share at their start has. */
  chosen: Passed[] = [];
  /** Those of these that the limits had room for. */
  kept: Passed[] = [];
  readonly #base: number;
  readonly #chance: () => number;

  constructor(options: Partial<RateOptions>, seed = 1) {
    this.#chance = chanceFrom(seed);
    this.#base = options.success ?? 1;
    this.rates = successRatesFor(
      { ...none, ...options },
      { now: () => this.now, measure: () => this.load, fill: () => this.fill },
    );
  }

  /** Lets so much time go by. */
  pass(ms: number, ...demands: Demand[]): void {
    const end = this.now + ms;
    const next = demands.map(() => this.now);
    for (const [at, demand] of demands.entries()) next[at] = this.now + this.#gap(demand);
    for (;;) {
      const at = Math.min(...next);
      this.#goTo(Math.min(at, end));
      if (!(at < end)) return;
      const which = next.indexOf(at);
      const demand = demands[which] as Demand;
      this.#arrives(demand);
      next[which] = at + this.#gap(demand);
    }
  }

  /** Time goes by, and no timer runs: the program does not let go of the loop. */
  block(ms: number): void {
    this.now += ms;
  }

  forget(): void {
    this.offered = [];
    this.chosen = [];
    this.kept = [];
  }

  #arrives({ site, spans }: Demand): void {
    const random = this.#chance();
    const rate = this.rates.at(site);
    if (random >= this.#base) return;
    const trace = { at: this.now, site, spans, rate };
    this.rates.offered(site, spans);
    this.offered.push(trace);
    if (random >= rate) return;
    this.chosen.push(trace);
    if (this.rates.admits(site, spans)) this.kept.push(trace);
  }

  #goTo(time: number): void {
    // In steps, since what a timer finds is the time it was set for.
    while (this.now < time) {
      const step = Math.min(time - this.now, 250 - (this.now % 250));
      this.now += step;
      if (this.now % 250 === 0) jest.advanceTimersByTime(250);
    }
  }

  #gap({ perSecond }: Demand): number {
    return (-Math.log(1 - this.#chance()) * 1000) / perSecond;
  }
}

export function spansOf(traces: readonly Passed[]): number {
  return traces.reduce((sum, { spans }) => sum + spans, 0);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
