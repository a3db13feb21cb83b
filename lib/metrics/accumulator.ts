/**
 * One instrument that accumulates by itself: its series, what was added to them since any reader last collected, and
 * every reader's share. Exact for each reader: at a collection all shares take what came in, whoever collects.
 */
import type { Attributes } from '@opentelemetry/api';
import type { AggregationTemporality, MetricData, MetricDescriptor } from '@opentelemetry/sdk-metrics';
import type { SeriesOf } from './instruments.js';
import type { Kind } from './kind.js';
import { ReaderShare } from './reader-share.js';
import { type Cell, type Home, overflowAttributes, type Series, seriesKey } from './series.js';
import type { SeriesAccount, SeriesBudget } from './series-budget.js';

/** What a reader says of one kind of instrument. */
export interface ReaderTerms {
  readonly limit: number;
  readonly temporality: () => AggregationTemporality;
}

export class Accumulator<S extends Series<C>, C extends Cell<C>> implements Home<S>, SeriesOf<S> {
  lettingsGo = 0;
  readonly #descriptor: MetricDescriptor;
  readonly #kind: Kind<S, C>;
  readonly #shares: readonly ReaderShare<C>[];
  readonly #overflow: S;
  readonly #account: SeriesAccount;
  readonly #known = new Map<string, S>();
  /** Beyond so many, series that no reader tells of any more are let go. */
  readonly #knownIdle: number;
  #active: S[] = [];
  /** Nobody is to be told any more, or nobody ever was. */
  #isOver: boolean;

  constructor(descriptor: MetricDescriptor, kind: Kind<S, C>, readers: readonly ReaderTerms[], budget: SeriesBudget) {
    this.#descriptor = descriptor;
    this.#kind = kind;
    this.#shares = readers.map((terms, place) => new ReaderShare({ ...terms, place, cell: kind.cell }));
    this.#knownIdle = Math.min(Math.max(0, ...readers.map(({ limit }) => limit)), budget.limit);
    this.#account = budget.account(descriptor.name, () => this.#countedKeys());
    this.#isOver = readers.length === 0;
    const key = seriesKey(overflowAttributes);
    this.#overflow = kind.series(this, key, overflowAttributes, false);
    // Somebody may give these attributes: that is the same series.
    this.#known.set(key, this.#overflow);
  }

  /** The series of an attribute set; of the overflow, where no reader has room for another. */
  series(attributes: Attributes): S {
    const key = seriesKey(attributes);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (!this.#isOver && !this.#hasRoom) {
      this.#refuse(key);
      return this.#overflow;
    }
    return this.#kind.series(this, key, attributes, true);
  }

  /** Something was added to a series for the first time since the last collection. */
  activate(series: S): void {
    if (this.#isOver) {
      // Added to in vain, and without coming back here.
      series.active = true;
      return;
    }
    const known = this.#known.get(series.key) ?? series;
    if (known !== series) return this.#passOn(series, known);
    const nowMs = Date.now();
    if (!this.#count(series)) {
      this.#refuse(series.key);
      return this.#passOn(series, this.#overflow);
    }
    let claimed = 0;
    for (const share of this.#shares) {
      if (share.claim(series, nowMs)) claimed += 1;
      else this.#claimOverflow(share, series, nowMs);
    }
    if (claimed === 0) {
      this.#uncount(series);
      return this.#passOn(series, this.#overflow);
    }
    this.#known.set(series.key, series);
    this.#active.push(series);
    series.active = true;
  }

  /** What the reader at a place is told now; `undefined` where there is nothing. */
  collect(place: number, nowMs: number): MetricData | undefined {
    this.#shareOut();
    const data = this.#shares[place]?.collect(
      nowMs,
      (aggregationTemporality, points) =>
        this.#kind.data({ descriptor: this.#descriptor, aggregationTemporality }, points),
      (series) => {
        if (!isTold(series)) this.#uncount(series);
      },
    );
    if (this.#known.size > this.#knownIdle) this.#letIdleGo();
    return data;
  }

  /** Nothing is taken in any more; what came before can still be collected. */
  release(): void {
    this.#shareOut();
    this.#isOver = true;
    this.#known.clear();
  }

  get #hasRoom(): boolean {
    return this.#account.hasRoom && this.#shares.some((share) => share.hasRoom);
  }

  /** Whether the series counts among those of the process, or has come to. */
  #count(series: Series<C>): boolean {
    if (series.counted) return true;
    if (!series.keep) this.#account.overflow();
    else if (!this.#account.take()) return false;
    series.counted = true;
    return true;
  }

  #uncount(series: Series<C>): void {
    if (!series.counted) return;
    series.counted = false;
    if (series.keep) this.#account.give();
    else this.#account.overflowEnded();
  }

  /** A reader takes no more series: what is added is told to it as the overflow's. */
  #claimOverflow(share: ReaderShare<C>, series: S, nowMs: number): void {
    this.#account.refuse(series.key, share.limit);
    this.#count(this.#overflow);
    share.claim(this.#overflow, nowMs);
  }

  #refuse(key: string): void {
    const isOfReaders = this.#account.hasRoom;
    this.#account.refuse(key, isOfReaders ? Math.max(...this.#shares.map(({ limit }) => limit)) : undefined);
  }

  *#countedKeys(): Iterable<string> {
    for (const { key, keep, counted } of this.#known.values()) if (keep && counted) yield key;
  }

  #shareOut(): void {
    for (const series of this.#active) {
      for (const share of this.#shares) share.take(series, this.#overflow);
      series.window.clear();
      series.active = false;
    }
    this.#active = [];
  }

  /** For series that were let go and made again, and where no reader had room. */
  #passOn(from: S, to: S): void {
    from.window.addTo(to.window);
    from.window.clear();
    if (!to.active) this.activate(to);
  }

  /** Whoever still holds one of them finds it taken in again with the next addition. */
  #letIdleGo(): void {
    this.lettingsGo += 1;
    for (const [key, series] of this.#known) {
      if (series.keep && !isTold(series)) this.#known.delete(key);
    }
  }
}

/** Whether any reader tells of it. */
function isTold<C extends Cell<C>>({ held }: Series<C>): boolean {
  return held.some((one) => one?.claimed === true);
}
