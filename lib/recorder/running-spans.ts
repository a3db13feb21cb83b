/**
 * How many spans run, and whether one more may. What a running call holds (its span, what waits for its promise) cannot be given
 * back while the program keeps that promise: so past a bound calls are let run unrecorded, and it is the sites with the most that
 * go without, not the others.
 *
 * A program may also drop a promise that never settles. Nobody is told of that but the collector of garbage, and to register each
 * span with it would cost more than the rest of a call: spans that a site starts one after the other are registered together.
 */

import { report } from '../faults/report.js';

/** What a running call takes, by estimate: its span and its trace, the call itself, and what waits for its promise. */
export const bytesOfRunning = 1024;

/** Of all the memory there is for spans, the part that those may have which run: the rest is for those that have ended. */
const partOfMemory = 3 / 4;

/** A site may have so many times what is free: three quarters of all where it is alone, and the next one three of the quarter left. */
const timesFree = 3;

/** Spans that are registered together, where few run. */
const togetherAtMost = 256;

/** Crews that may be held by their sites, at most: beyond it all sites start anew, and what is collected can be seen. */
const openAtMost = 1_000;

/** Spans that were started one after the other. Each leads here, and nothing else does once it is full. */
export class Crew {
  declare readonly tally: Tally;

  constructor(tally: Tally) {
    this.tally = tally;
  }
}

/** What outlives a crew: how many of it run. */
export class Tally {
  declare readonly site: RunningAtSite;
  /** Places that are still to be taken in it. */
  declare left: number;
  declare running: number;
  /** While it is being filled: after that those in it alone are to hold it. */
  declare crew: Crew | undefined;

  constructor(site: RunningAtSite, left: number) {
    this.site = site;
    this.left = left;
    this.running = 0;
    this.crew = left === 0 ? undefined : new Crew(this);
  }
}

/** The spans of one site. */
export class RunningAtSite {
  declare readonly all: RunningSpans;
  /** What it is called in reports. */
  declare readonly name: string;
  declare running: number;
  /** That of the crew that is being filled. */
  declare tally: Tally;
  /** There was no room the last time. */
  declare isFull: boolean;

  constructor(all: RunningSpans, name: string) {
    this.all = all;
    this.name = name;
    this.running = 0;
    this.isFull = false;
    this.tally = new Tally(this, 0);
  }

  /** Whether a span of this site may start. */
  hasRoom(): boolean {
    return this.tally.left > 0 || this.all.makesRoomAt(this);
  }

  /** One starts, for which there was room when that was asked. Returns what it is to hold until it is collected. */
  start(): Crew {
    const { all } = this;
    const tally = this.tally.left > 0 ? this.tally : all.open(this, 1);
    const { crew } = tally;
    tally.left -= 1;
    tally.running += 1;
    this.running += 1;
    all.running += 1;
    if (all.running >= all.atMost) all.closeOpen();
    return crew as Crew;
  }
}

/** A span that held a place of this crew has ended. */
export function leave({ tally }: Crew): void {
  tally.running -= 1;
  tally.site.running -= 1;
  tally.site.all.running -= 1;
}

export class RunningSpans {
  readonly atMost: number;
  /** Spans that run now, as far as is known. */
  running = 0;
  /** Spans that were collected while they ran: the program dropped what they waited for. */
  collected = 0;
  /** Tallies that were not closed: each may hold the crew that its site is filling, or has just filled. */
  readonly #open: Tally[] = [];
  readonly #dropped = new FinalizationRegistry<Tally>((tally) => this.#giveBack(tally));

  constructor(bytesAtMost: number) {
    this.atMost = Math.floor((bytesAtMost * partOfMemory) / bytesOfRunning);
  }

  get bytes(): number {
    return this.running * bytesOfRunning;
  }

  /** Opens the next crew of a site, as large as there is room for; false where there is none. */
  makesRoomAt(site: RunningAtSite): boolean {
    const free = this.atMost - this.running;
    // So that it has, with these, `timesFree` times what is free after them.
    const fair = Math.floor((timesFree * free - site.running) / (timesFree + 1));
    if (fair < 1) {
      this.closeOpen();
      if (!site.isFull) report('SPANDREL_TOO_MANY_RUNNING', site.name, { running: site.running, limit: this.atMost });
      site.isFull = true;
      return false;
    }
    site.isFull = false;
    if (site.tally.left === 0) this.open(site, Math.min(fair, this.#together()));
    return true;
  }

  /** The next crew of a site, for so many spans. */
  open(site: RunningAtSite, places: number): Tally {
    if (this.#open.length >= openAtMost) this.closeOpen();
    const tally = new Tally(site, places);
    this.#open.push(tally);
    site.tally.crew = undefined;
    this.#dropped.register(tally.crew as Crew, tally);
    site.tally = tally;
    return tally;
  }

  /** The fewer places are left, the more exactly it is to be known which were given back. */
  #together(): number {
    const { running, atMost } = this;
    if (running < atMost / 4) return Math.max(1, Math.min(togetherAtMost, atMost >> 6));
    return running < atMost / 2 ? 8 : 1;
  }

  /** No site may start another without asking, and none holds a crew whose spans may all be gone. */
  closeOpen(): void {
    for (const tally of this.#open) {
      tally.left = 0;
      tally.crew = undefined;
    }
    this.#open.length = 0;
  }

  #giveBack(tally: Tally): void {
    const { running, site } = tally;
    tally.running = 0;
    site.running -= running;
    this.running -= running;
    this.collected += running;
  }
}
