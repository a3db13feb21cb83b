/**
 * A counter that goes up as calls settle.
 */
import type { Attributes } from '@opentelemetry/api';
import { messageOf, report } from '../faults/report.js';
import { momentOf, readerOf } from '../metadata/read-source.js';
import type { CountedRecord } from '../metadata/records/record.js';
import type { Instruments } from '../metrics/instruments.js';
import type { Advice, AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { described, metricAttributes } from './measured.js';

/** What is known of a call before it has settled. */
interface Entry {
  readonly attributes: Attributes;
  /** `undefined`: nothing is added, or it is not known yet. */
  readonly amount: number | undefined;
}

/** The advice for `@Counted`. */
export function countedAdvice(site: CallSite, record: CountedRecord, instruments: Instruments): Advice<Entry> {
  const { unit, amount = 1, when = 'settled' } = record.options;
  const counter = instruments.counter({ ...described(record), unit });
  const attributes = metricAttributes(site, record);
  const amountOf = amountReader(site.name, record.options.name, amount);
  const knownOnEntry = momentOf(amount) === 'entry';
  return {
    begin: (call) => ({ attributes: attributes.onEntry(call), amount: knownOnEntry ? amountOf(call) : undefined }),
    settled(entry, call) {
      if (when !== 'settled' && when !== call.outcome) return;
      const added = knownOnEntry ? entry.amount : amountOf(call);
      if (added !== undefined) counter.add(added, attributes.onSettled(call, entry.attributes));
    },
  };
}

/** A counter only goes up: an amount that is no number, or below zero, adds nothing. */
function amountReader(where: string, name: string, amount: unknown): (call: AdvisedCall) => number | undefined {
  const read = readerOf(amount);
  return (call) => {
    try {
      const value = read(call);
      const added = typeof value === 'bigint' ? Number(value) : value;
      return typeof added === 'number' && added >= 0 && Number.isFinite(added) ? added : undefined;
    } catch (error) {
      report('SPANDREL_SOURCE_FAILED', where, { what: `the amount of ${name}`, error: messageOf(error) });
      return undefined;
    }
  };
}
