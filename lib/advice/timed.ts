/**
 * A histogram of how long calls take, from entry to settling.
 */
import type { TimedRecord } from '../metadata/records/record.js';
import { durationBuckets, inUnit } from '../metrics/buckets.js';
import type { Instruments, Recordable } from '../metrics/instruments.js';
import type { Advice, AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { described, MeasuredSeries } from './measured.js';
import type { Place } from './series-places.js';

/** What was read on entry; nothing where nothing is read then. */
type Entry = Place<Recordable> | undefined;

/** The advice for `@Timed`. */
export function timedAdvice(site: CallSite, record: TimedRecord, instruments: Instruments): Advice<Entry> {
  const { unit = 's', buckets = durationBuckets(unit) } = record.options;
  const perSecond = inUnit(1000, unit);
  const series = new MeasuredSeries(site, record, instruments.histogram({ ...described(record), unit, buckets }));
  return {
    ...(series.readsOnEntry ? { begin: (call: AdvisedCall) => series.entered(call) } : {}),
    settled(place, call) {
      series.settled(place, call).record(((call.durationMs as number) * perSecond) / 1000);
    },
  };
}
