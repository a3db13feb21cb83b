/**
 * A histogram of how long calls take, from entry to settling.
 */
import type { Attributes } from '@opentelemetry/api';
import type { TimedRecord } from '../metadata/records/record.js';
import { durationBuckets, inUnit } from '../metrics/buckets.js';
import type { Instruments } from '../metrics/instruments.js';
import type { Advice } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { described, metricAttributes } from './measured.js';

/** The advice for `@Timed`. */
export function timedAdvice(site: CallSite, record: TimedRecord, instruments: Instruments): Advice<Attributes> {
  const { unit = 's', buckets = durationBuckets(unit) } = record.options;
  const histogram = instruments.histogram({ ...described(record), unit, buckets });
  const attributes = metricAttributes(site, record);
  return {
    begin: (call) => attributes.onEntry(call),
    settled(known, call) {
      histogram.record(inUnit(call.durationMs as number, unit), attributes.onSettled(call, known));
    },
  };
}
