/**
 * A histogram of how long calls take, from entry to settling.
 */
import type { TimedRecord } from '../metadata/records/record.js';
import { durationBuckets, inUnit } from '../metrics/buckets.js';
import type { Instruments, Recordable } from '../metrics/instruments.js';
import type { AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { described, fixedAttributes } from './fixed-attributes.js';
import type { Addition, Measurement } from './measurement.js';

/** The measurement for `@Timed`. */
export function timing(site: CallSite, record: TimedRecord, instruments: Instruments): Measurement {
  const { unit = 's', buckets = durationBuckets(unit) } = record.options;
  const histogram = instruments.histogram({ ...described(record), unit, buckets });
  const perSecond = inUnit(1000, unit);
  return {
    fixed: fixedAttributes(site, record),
    amountOnEntry: undefined,
    lettingsGo: () => histogram.lettingsGo,
    additionTo: (attributes) => new Timing(histogram.series(attributes), perSecond),
  };
}

class Timing implements Addition {
  readonly keep: boolean;
  readonly #series: Recordable;
  readonly #perSecond: number;

  constructor(series: Recordable, perSecond: number) {
    this.keep = series.keep;
    this.#series = series;
    this.#perSecond = perSecond;
  }

  add({ durationMs = 0 }: AdvisedCall): void {
    this.#series.record((durationMs * this.#perSecond) / 1000);
  }
}
