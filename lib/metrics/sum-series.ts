/**
 * A series of a counter or an up-down counter, and how sums are told.
 */
import type { Attributes } from '@opentelemetry/api';
import { DataPointType } from '@opentelemetry/sdk-metrics';
import type { Kind } from './kind.js';
import { type Cell, type Home, Series } from './series.js';

class SumCell implements Cell<SumCell> {
  sum = 0;

  addTo(other: SumCell): void {
    other.sum += this.sum;
  }

  clear(): void {
    this.sum = 0;
  }
}

export class SumSeries extends Series<SumCell> {
  readonly #home: Home<SumSeries>;
  readonly #isMonotonic: boolean;

  constructor(home: Home<SumSeries>, key: string, attributes: Attributes, keep: boolean, isMonotonic: boolean) {
    super(key, attributes, keep, new SumCell());
    this.#home = home;
    this.#isMonotonic = isMonotonic;
  }

  add(amount: number): void {
    if (amount < 0 && this.#isMonotonic) return;
    this.window.sum += amount;
    if (this.active) return;
    try {
      this.#home.activate(this);
    } catch {
      // At the end of the stack. It has been added, and is told of with the next addition.
    }
  }
}

/** What a counter accumulates; of an up-down counter where it is not monotonic. */
export function sumKind(isMonotonic: boolean): Kind<SumSeries, SumCell> {
  return {
    series: (home, key, attributes, keep) => new SumSeries(home, key, attributes, keep, isMonotonic),
    cell: () => new SumCell(),
    data: (said, points) => ({
      ...said,
      dataPointType: DataPointType.SUM,
      isMonotonic,
      dataPoints: points.map(({ cell, ...point }) => ({ ...point, value: cell.sum })),
    }),
  };
}
