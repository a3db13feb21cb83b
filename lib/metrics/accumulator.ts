/**
 * One instrument that accumulates by itself: its series, what was added to them since any reader last collected, and
 * every reader's share. Exact for each reader: at a collection all shares take what came in, whoever collects.
 */
import type { Attributes } from '@opentelemetry/api';
import type { AggregationTemporality, MetricData, MetricDescriptor } from '@opentelemetry/sdk-metrics';
import type { SeriesOf } from './instruments.js';
import type { Kind } from './kind.js';
import { ReaderShare } from './reader-share.js';
import { type Cell, type Home, type Series, seriesKey } from './series.js';

/** What a reader says of one kind of instrument. */
export interface ReaderTerms {
  readonly limit: number;
  readonly temporality: () => AggregationTemporality;
}

/** The attributes of the series that takes what is over the limit (OpenTelemetry metrics SDK, cardinality limits). */
const overflowAttributes: Attributes = Object.freeze({ 'otel.metric.overflow': true });

export class Accumulator<S extends Series<C>, C extends Cell<C>> implements Home<S>, SeriesOf<S> {
  lettingsGo = 0;
  readonly #descriptor: MetricDescriptor;
  readonly #kind: Kind<S, C>;
  readonly #shares: readonly ReaderShare<C>[];
  readonly #overflow: S;
  readonly #known = new Map<string, S>();
  /** Beyond so many, series that no reader tells of any more are let go. */
  readonly #knownIdle: number;
  #active: S[] = [];
  /** Nobody is to be told any more, or nobody ever was. */
  #isOver: boolean;

  constructor(descriptor: MetricDescriptor, kind: Kind<S, C>, readers: readonly ReaderTerms[]) {
    this.#descriptor = descriptor;
    this.#kind = kind;
    this.#shares = readers.map((terms, place) => new ReaderShare({ ...terms, place, cell: kind.cell }));
    this.#knownIdle = Math.max(0, ...readers.map(({ limit }) => limit));
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
    if (!this.#isOver && !this.#shares.some((share) => share.hasRoom)) return this.#overflow;
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
    let claimed = 0;
    for (const share of this.#shares) {
      if (share.claim(series, nowMs)) claimed += 1;
      else share.claim(this.#overflow, nowMs);
    }
    if (claimed === 0) return this.#passOn(series, this.#overflow);
    this.#known.set(series.key, series);
    this.#active.push(series);
    series.active = true;
  }

  /** What the reader at a place is told now; `undefined` where there is nothing. */
  collect(place: number, nowMs: number): MetricData | undefined {
    this.#shareOut();
    const data = this.#shares[place]?.collect(nowMs, (aggregationTemporality, points) =>
      this.#kind.data({ descriptor: this.#descriptor, aggregationTemporality }, points),
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
      if (series.keep && !series.held.some((held) => held?.claimed === true)) this.#known.delete(key);
    }
  }
}
