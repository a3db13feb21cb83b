/**
 * A histogram of how long calls take, from entry to settling.
 */
import type { TimedRecord } from '../metadata/records/record.js';
import { durationBuckets, inUnit } from '../metrics/buckets.js';
import type { Instruments } from '../metrics/instruments.js';
import type { Advice } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { metricAttributes } from './measured.js';

/** The advice for `@Timed`. */
export function timedAdvice(site: CallSite, record: TimedRecord, instruments: Instruments): Advice<void> {
  const { name, unit = 's', description, buckets = durationBuckets(unit) } = record.options;
  const histogram = instruments.histogram({ name, unit, description, buckets });
  const attributesOf = metricAttributes(site, record);
  return {
    begin() {},
    settled(_, call) {
      histogram.record(inUnit(call.durationMs as number, unit), attributesOf(call));
    },
  };
}
