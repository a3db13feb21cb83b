/**
 * A counter that goes up as calls settle.
 */
import { messageOf, report } from '../faults/report.js';
import { momentOf, readerOf } from '../metadata/read-source.js';
import type { CountedRecord } from '../metadata/records/record.js';
import type { Addable, Instruments } from '../metrics/instruments.js';
import type { Advice, AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { described, MeasuredSeries } from './measured.js';
import type { Place } from './series-places.js';

/** What is known of a call before it has settled; nothing where nothing is read then. */
type Entry = Place<Addable> | undefined;

/** Of a call whose amount is read on entry, too; an amount that is `undefined` adds nothing. */
interface EntryWithAmount {
  readonly place: Entry;
  readonly amount: number | undefined;
}

/** The advice for `@Counted`. */
export function countedAdvice(
  site: CallSite,
  record: CountedRecord,
  instruments: Instruments,
): Advice<Entry> | Advice<EntryWithAmount> {
  const { unit, amount = 1, when = 'settled' } = record.options;
  const series = new MeasuredSeries(site, record, instruments.counter({ ...described(record), unit }));
  const begin = series.readsOnEntry ? { begin: (call: AdvisedCall) => series.entered(call) } : {};
  if (typeof amount === 'number') {
    const fixed = countable(amount);
    return {
      ...begin,
      settled(place: Entry, call: AdvisedCall) {
        if (fixed === undefined || (when !== 'settled' && when !== call.outcome)) return;
        series.settled(place, call).add(fixed);
      },
    };
  }
  const amountOf = amountReader(site.name, record.options.name, amount);
  if (momentOf(amount) === 'entry') {
    return {
      begin: (call: AdvisedCall) => ({ place: series.entered(call), amount: amountOf(call) }),
      settled({ place, amount: added }: EntryWithAmount, call: AdvisedCall) {
        if (added === undefined || (when !== 'settled' && when !== call.outcome)) return;
        series.settled(place, call).add(added);
      },
    };
  }
  return {
    ...begin,
    settled(place: Entry, call: AdvisedCall) {
      if (when !== 'settled' && when !== call.outcome) return;
      const added = amountOf(call);
      if (added !== undefined) series.settled(place, call).add(added);
    },
  };
}

function amountReader(where: string, name: string, amount: unknown): (call: AdvisedCall) => number | undefined {
  const read = readerOf(amount);
  return (call) => {
    try {
      return countable(read(call));
    } catch (error) {
      report('SPANDREL_SOURCE_FAILED', where, { what: `the amount of ${name}`, error: messageOf(error) });
      return undefined;
    }
  };
}

/** A counter only goes up: an amount that is no number, or below zero, adds nothing. */
function countable(value: unknown): number | undefined {
  const added = typeof value === 'bigint' ? Number(value) : value;
  return typeof added === 'number' && added >= 0 && Number.isFinite(added) ? added : undefined;
}
