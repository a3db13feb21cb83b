/**
 * The share of successful traces where it changes: by load, and by limits on spans a second, whichever asks for less. All of it is
 * worked out once a round, a quarter of a second; between rounds a trace that begins finds a number that is ready. A round comes by
 * a timer, and where the program does not let timers run, by the traces that begin.
 */
import type { SuccessRates } from '../../recorder/success-rates.js';
import type { AdaptiveRate } from './adaptive-rate.js';
import { Limit } from './limit.js';
import { SiteLimits } from './site-limits.js';

/** How long a round is. */
const roundMs = 250;

/** The clock is looked at for each of so many traces. */
const tracesBetweenLooks = 256;

export interface GovernedParts {
  /** The share of successful traces where nothing takes from it. */
  readonly base: number;
  readonly adaptive: AdaptiveRate | undefined;
  /** Spans a second of the process, and of one site. */
  readonly perSecond: number | undefined;
  readonly perSite: number | undefined;
  /** The load since the last call, 0 to 1. Asked only where there is `adaptive`. */
  readonly measure: () => number;
  readonly now: () => number;
}

export class GovernedRates implements SuccessRates {
  readonly #parts: GovernedParts;
  readonly #total: Limit | undefined;
  readonly #sites: SiteLimits | undefined;
  /** What the load leaves of the base, and what the limit on the whole does. */
  #byLoad: number;
  #byTotal: number;
  #round = 0;
  #roundAt: number;
  #untilLook = tracesBetweenLooks;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: GovernedParts) {
    const { base, perSecond, perSite, now } = parts;
    this.#parts = parts;
    this.#byLoad = base;
    this.#byTotal = base;
    this.#roundAt = now();
    this.#total = perSecond === undefined ? undefined : new Limit(perSecond, this.#roundAt, this.#round);
    this.#sites = perSite === undefined ? undefined : new SiteLimits(perSite);
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#look(), roundMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  get load(): number | undefined {
    return this.#parts.adaptive?.load;
  }

  get rateByLoad(): number {
    return this.#byLoad;
  }

  get rate(): number {
    return Math.min(this.#byLoad, this.#byTotal);
  }

  at(site: object): number {
    this.#untilLook -= 1;
    if (this.#untilLook <= 0) this.#look();
    const share = this.#sites === undefined ? 1 : this.#sites.of(site, this.#roundAt, this.#round).share;
    return Math.min(this.#byLoad, this.#byTotal * share);
  }

  admits(site: object, spans: number): boolean {
    if (this.#total === undefined && this.#sites === undefined) return true;
    const now = this.#parts.now();
    const own = this.#sites?.of(site, this.#roundAt, this.#round).bucket;
    const all = this.#total?.bucket;
    // Both are asked before one is charged: what the other has no room for costs neither.
    if (own?.hasRoom(spans, now) === false || all?.hasRoom(spans, now) === false) return false;
    own?.take(spans);
    all?.take(spans);
    return true;
  }

  offered(site: object, spans: number): void {
    const own = this.#sites?.of(site, this.#roundAt, this.#round);
    own?.demand.add(spans);
    // What the site's own limit takes away is no demand on the whole, from the first moment on: one hot site does not thin the others.
    this.#total?.demand.add(own?.atMost.takeUpTo(spans, this.#roundAt) ?? spans);
  }

  #look(): void {
    this.#untilLook = tracesBetweenLooks;
    const now = this.#parts.now();
    const passed = now - this.#roundAt;
    // A timer may be early by a little, and come right after a round that a trace began.
    if (passed < roundMs * 0.9) return;
    // Said first: what is asked below may begin traces.
    this.#roundAt = now;
    this.#round += 1;
    const { base, adaptive, measure } = this.#parts;
    adaptive?.pass(passed, measure());
    this.#total?.pass(now, this.#round);
    this.#byLoad = adaptive?.rate ?? base;
    this.#byTotal = base * (this.#total?.share ?? 1);
  }
}
