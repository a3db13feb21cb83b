/**
 * An up-down counter of running calls: what went up with some attributes comes down with the same.
 */
import type { InFlightRecord } from '../metadata/records/record.js';
import type { Addable, Instruments } from '../metrics/instruments.js';
import type { Advice } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { described, MeasuredSeries } from './measured.js';

/** The advice for `@InFlight`. */
export function inFlightAdvice(site: CallSite, record: InFlightRecord, instruments: Instruments): Advice<Addable> {
  const { unit = '{call}' } = record.options;
  const running = new MeasuredSeries(site, record, instruments.upDownCounter({ ...described(record), unit }));
  return {
    begin(call) {
      // A function is read on entry too: what it gave then is what comes down.
      const series = running.begun(call);
      series.add(1);
      return series;
    },
    settled(series) {
      series.add(-1);
    },
    withdrawn(series) {
      series.add(-1);
    },
  };
}
