/**
 * A counter that goes up as calls settle.
 */
import { messageOf, report } from '../faults/report.js';
import { readerOf } from '../metadata/read-source.js';
import type { CountedRecord } from '../metadata/records/record.js';
import type { Instruments } from '../metrics/instruments.js';
import type { Advice, AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { metricAttributes } from './measured.js';

/** The advice for `@Counted`. */
export function countedAdvice(site: CallSite, record: CountedRecord, instruments: Instruments): Advice<void> {
  const { name, unit, description, amount, when = 'settled' } = record.options;
  const counter = instruments.counter({ name, unit, description });
  const attributesOf = metricAttributes(site, record);
  const amountOf = amountReader(site.name, name, amount);
  return {
    begin() {},
    settled(_, call) {
      if (when !== 'settled' && when !== call.outcome) return;
      const added = amountOf(call);
      if (added !== undefined) counter.add(added, attributesOf(call));
    },
  };
}

/** A counter only goes up: an amount that is no number, or below zero, adds nothing. */
function amountReader(where: string, name: string, amount: unknown): (call: AdvisedCall) => number | undefined {
  if (amount === undefined) return () => 1;
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
