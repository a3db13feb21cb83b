/**
 * How many series there may be, of one metric and of all metrics of the process together, and who is to have the next one.
 *
 * What finds no place here is added to the series of the overflow of its metric, so it costs attributes and never a total. Therefore a
 * metric that has a series holds a place for that one too; for metrics that have none yet such places are left, up to a fifth
 * of all, and one that comes when nothing is left has its overflow all the same. The last fifth is for metrics
 * that have less than an even share, so that one with ever new attributes leaves room for the others.
 */
import { report } from '../faults/report.js';
import { type AttributeAtFault, attributeAtFault } from './attribute-at-fault.js';

export interface SeriesLimits {
  /** Of all metrics together, those of overflows included. */
  readonly inAll: number;
  /** Of one metric, the one of its overflow included; `undefined` for no limit of its own. */
  perMetric(name: string): number | undefined;
}

/** What `health()` tells. */
export interface SeriesUsed {
  readonly limit: number;
  readonly used: number;
  readonly overflowed: number;
}

export class SeriesBudget {
  readonly limit: number;
  /** Series that are told of, and places held for overflows. */
  taken = 0;
  /** Metrics that hold a place for their overflow. */
  holders = 0;
  readonly #limits: SeriesLimits;
  readonly #lastFifth: number;
  readonly #metrics: SeriesAccount[] = [];
  /** Those that have met a limit and of which that has not been told yet. */
  #untold: SeriesAccount[] = [];

  constructor(limits: SeriesLimits) {
    this.#limits = limits;
    this.limit = limits.inAll;
    this.#lastFifth = Math.floor(limits.inAll / 5);
  }

  /** The account of a metric. `keys` gives the keys of the series it has, for the one time that is asked. */
  account(name: string, keys: () => Iterable<string>): SeriesAccount {
    const account = new SeriesAccount(this, name, this.#limits.perMetric(name), keys);
    this.#metrics.push(account);
    return account;
  }

  /** Whether there is a place for another series of a metric that has so many, and for its overflow where it holds none. */
  hasPlaces(owned: number, isHolder: boolean): boolean {
    const metrics = this.#metrics.length;
    const others = metrics - this.holders - (isHolder ? 0 : 1);
    const left = this.limit - this.taken - (isHolder ? 1 : 2);
    return left >= Math.min(others, this.#lastFifth) && (left >= this.#lastFifth || owned < this.limit / metrics);
  }

  /** Later, when the call is over that found no place: to find the attribute at fault takes a look at all series. */
  soonTell(account: SeriesAccount): void {
    this.#untold.push(account);
    if (this.#untold.length === 1) setImmediate(() => this.tell());
  }

  /** Tells now of the metrics that have met a limit. */
  tell(): void {
    const untold = this.#untold;
    this.#untold = [];
    for (const account of untold) account.tell(this.#most(account));
  }

  get used(): SeriesUsed {
    const used = this.#metrics.reduce((sum, { owned, isOverflowing }) => sum + owned + (isOverflowing ? 1 : 0), 0);
    const overflowed = this.#metrics.reduce((sum, { metLimit }) => sum + (metLimit === undefined ? 0 : 1), 0);
    return { limit: this.limit, used, overflowed };
  }

  /** Who is to be looked at where a metric finds no place: itself, or where it has little the one that has most. */
  #most(account: SeriesAccount): SeriesAccount {
    if (account.metLimit !== 'limits.series' || account.owned >= this.limit / this.#metrics.length) return account;
    return this.#metrics.reduce((most, one) => (one.owned > most.owned ? one : most), account);
  }
}

/** Which limit was met. */
export type MetLimit = 'limits.series' | 'limits.seriesPerMetric' | 'reader';

/** The series of one metric. */
export class SeriesAccount {
  readonly name: string;
  /** Its series that are told of, without the one of the overflow. */
  owned = 0;
  /** Whether the series of its overflow is told of. */
  isOverflowing = false;
  /** The first limit it has met. */
  metLimit: MetLimit | undefined;
  readonly #budget: SeriesBudget;
  readonly #most: number;
  readonly #isLimited: boolean;
  readonly #keys: () => Iterable<string>;
  #holdsPlace = false;
  #refused = '';
  #readerLimit = 0;

  constructor(budget: SeriesBudget, name: string, most: number | undefined, keys: () => Iterable<string>) {
    this.#budget = budget;
    this.name = name;
    this.#most = most ?? Number.POSITIVE_INFINITY;
    this.#isLimited = most !== undefined || Number.isFinite(budget.limit);
    this.#keys = keys;
  }

  get hasRoom(): boolean {
    if (!this.#isLimited) return true;
    return this.owned + 2 <= this.#most && this.#budget.hasPlaces(this.owned, this.#holdsPlace);
  }

  /** Takes a place for a series more, if there is one. Nothing is half done where the stack is at its end. */
  take(): boolean {
    if (!this.hasRoom) return false;
    this.#holdPlace();
    this.#budget.taken += 1;
    this.owned += 1;
    return true;
  }

  /** A series is told of no more. */
  give(): void {
    this.owned -= 1;
    this.#budget.taken -= 1;
    this.#leavePlace();
  }

  overflow(): void {
    this.#holdPlace();
    this.isOverflowing = true;
  }

  overflowEnded(): void {
    this.isOverflowing = false;
    this.#leavePlace();
  }

  /** A series was refused: by this account, or by readers that take no more than so many. Told of once. */
  refuse(key: string, readerLimit?: number): void {
    if (this.metLimit !== undefined) return;
    this.metLimit =
      readerLimit !== undefined ? 'reader' : this.owned + 2 > this.#most ? 'limits.seriesPerMetric' : 'limits.series';
    this.#refused = key;
    this.#readerLimit = readerLimit ?? 0;
    this.#budget.soonTell(this);
  }

  /** Tells that it has met a limit; `most` is the metric to be looked at. */
  tell(most: SeriesAccount): void {
    // Never the value of an attribute: it may be what nobody is to see.
    const { attribute, values } = most.#attributeAtFault();
    const limit = {
      'limits.series': `limits.series (${this.#budget.limit} series of all metrics together)`,
      'limits.seriesPerMetric': `limits.seriesPerMetric (${this.#most} series)`,
      reader: `the limit of a metric reader (${this.#readerLimit} series of a metric)`,
    }[this.metLimit ?? 'limits.series'];
    report('SPANDREL_SERIES_OVERFLOW', this.name, { metric: this.name, limit, attribute, of: most.name, values });
  }

  #attributeAtFault(): AttributeAtFault {
    return attributeAtFault([...this.#keys(), ...(this.#refused === '' ? [] : [this.#refused])]);
  }

  #holdPlace(): void {
    if (this.#holdsPlace) return;
    this.#holdsPlace = true;
    this.#budget.taken += 1;
    this.#budget.holders += 1;
  }

  #leavePlace(): void {
    if (this.owned > 0 || this.isOverflowing || !this.#holdsPlace) return;
    this.#holdsPlace = false;
    this.#budget.taken -= 1;
    this.#budget.holders -= 1;
  }
}
