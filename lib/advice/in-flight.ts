/**
 * An up-down counter of running calls: what went up with some attributes comes down with the same.
 */
import type { InFlightRecord } from '../metadata/records/record.js';
import type { Addable, Instruments } from '../metrics/instruments.js';
import type { Advice } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { roomFor } from '../weaving/room-for.js';
import { described, fixedAttributes } from './fixed-attributes.js';
import { FoundSeries } from './found-series.js';

/** The advice for `@InFlight`. */
export function inFlightAdvice(site: CallSite, record: InFlightRecord, instruments: Instruments): Advice<Addable> {
  const { unit = '{call}', attributes } = record.options;
  const running = instruments.upDownCounter({ ...described(record), unit });
  const fixed = fixedAttributes(site, record);
  const found = new FoundSeries<Addable>(attributes, site.name, {
    find: (read) => running.series({ ...fixed, ...read }),
    keeps: ({ keep }) => keep,
    lettingsGo: () => running.lettingsGo,
  });
  return {
    begin(call) {
      roomFor(24);
      // A function is read on entry too: what it gave then is what comes down.
      const series = found.begun(call);
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
