/**
 * An up-down counter of running calls: what went up with some attributes comes down with the same.
 */
import type { Attributes } from '@opentelemetry/api';
import type { InFlightRecord } from '../metadata/records/record.js';
import type { Instruments } from '../metrics/instruments.js';
import type { Advice } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { described, metricAttributes } from './measured.js';

/** The advice for `@InFlight`. */
export function inFlightAdvice(site: CallSite, record: InFlightRecord, instruments: Instruments): Advice<Attributes> {
  const { unit = '{call}' } = record.options;
  const running = instruments.upDownCounter({ ...described(record), unit });
  const known = metricAttributes(site, record);
  return {
    begin(call) {
      // A function is read on entry too: what it gave then is what comes down.
      const attributes = known.onSettled(call, known.onEntry(call));
      running.add(1, attributes);
      return attributes;
    },
    settled(attributes) {
      running.add(-1, attributes);
    },
    withdrawn(attributes) {
      running.add(-1, attributes);
    },
  };
}
