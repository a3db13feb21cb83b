/**
 * What one reader has of one instrument: which series it tells of, within its own limit, since its own last collection or
 * since the beginning, as its temporality is.
 */
import { AggregationTemporality } from '@opentelemetry/sdk-metrics';
import type { ToldPoint } from './kind.js';
import type { Cell, Held, Series } from './series.js';

export interface ShareOptions<C> {
  /** The place of the reader among all readers. */
  readonly place: number;
  /** How many series it takes, the one of the overflow included. */
  readonly limit: number;
  readonly temporality: () => AggregationTemporality;
  readonly cell: () => C;
}

export class ReaderShare<C extends Cell<C>> {
  readonly #place: number;
  readonly #limit: number;
  readonly #temporality: () => AggregationTemporality;
  readonly #cell: () => C;
  /** The series it tells of, in the order they came. */
  #claimed: Series<C>[] = [];
  /** How many of them count towards the limit. */
  #counted = 0;
  #collections = 0;
  #collectedMs = 0;

  constructor({ place, limit, temporality, cell }: ShareOptions<C>) {
    this.#place = place;
    this.#limit = limit - 1;
    this.#temporality = temporality;
    this.#cell = cell;
  }

  /** How many series it takes, the one of the overflow included. */
  get limit(): number {
    return this.#limit + 1;
  }

  get hasRoom(): boolean {
    return this.#counted < this.#limit;
  }

  /** Whether the reader tells of the series; where its limit is reached, what is added goes to the overflow. */
  claim(series: Series<C>, nowMs: number): boolean {
    const known = series.held[this.#place];
    if (known?.claimed === true) return true;
    if (series.keep && !this.hasRoom) return false;
    const held = known ?? (series.held[this.#place] = { cell: this.#cell(), claimed: false, startMs: 0, toldIn: 0 });
    // The intervals of a series that is told of each time join without a gap.
    held.startMs = held.toldIn === this.#collections && this.#collections > 0 ? this.#collectedMs : nowMs;
    this.#claimed.push(series);
    // Last: at the end of the stack anything before may have thrown.
    held.claimed = true;
    if (series.keep) this.#counted += 1;
    return true;
  }

  /** Takes what was added to a series since any reader last collected. */
  take(series: Series<C>, overflow: Series<C>): void {
    const own = series.held[this.#place];
    const held = own?.claimed === true ? own : overflow.held[this.#place];
    if (held !== undefined) series.window.addTo(held.cell);
  }

  /**
   * What the reader is told now. `told` makes data of it, before a delta reader forgets what it was told; `forgot` hears of each
   * series that it forgets.
   */
  collect<T>(
    nowMs: number,
    told: (temporality: AggregationTemporality, points: ToldPoint<C>[]) => T,
    forgot: (series: Series<C>) => void,
  ): T | undefined {
    const temporality = this.#temporality();
    const endTime = hrTime(nowMs);
    this.#collections += 1;
    const points: ToldPoint<C>[] = [];
    for (const { attributes, held } of this.#claimed) {
      const own = held[this.#place] as Held<C>;
      own.toldIn = this.#collections;
      points.push({ attributes, startTime: hrTime(own.startMs), endTime, cell: own.cell });
    }
    this.#collectedMs = nowMs;
    const data = points.length === 0 ? undefined : told(temporality, points);
    if (temporality === AggregationTemporality.DELTA) this.#forget(forgot);
    return data;
  }

  #forget(forgot: (series: Series<C>) => void): void {
    const claimed = this.#claimed;
    this.#claimed = [];
    this.#counted = 0;
    for (const series of claimed) {
      const own = series.held[this.#place] as Held<C>;
      own.claimed = false;
      own.cell.clear();
      forgot(series);
    }
  }
}

function hrTime(ms: number): [number, number] {
  return [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];
}
