/**
 * A counter that goes up as calls settle.
 */
import { messageOf, report } from '../faults/report.js';
import { momentOf, readerOf } from '../metadata/read-source.js';
import type { CountedRecord } from '../metadata/records/record.js';
import type { Addable, Instruments } from '../metrics/instruments.js';
import type { AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { described, fixedAttributes } from './fixed-attributes.js';
import type { Addition, Measurement } from './measurement.js';

/** The measurement for `@Counted`. */
export function counting(site: CallSite, record: CountedRecord, instruments: Instruments): Measurement {
  const { unit, amount = 1, when = 'settled' } = record.options;
  const counter = instruments.counter({ ...described(record), unit });
  const fixedAmount = typeof amount === 'number' ? countable(amount) : undefined;
  const amountOf = typeof amount === 'number' ? undefined : amountReader(site.name, record.options.name, amount);
  const amountOnEntry = readsAmountOnEntry(record) ? amountOf : undefined;
  return {
    fixed: fixedAttributes(site, record),
    amountOnEntry,
    lettingsGo: () => counter.lettingsGo,
    additionTo(attributes, outcome) {
      if (when !== 'settled' && when !== outcome) return undefined;
      if (amountOf === undefined) {
        return fixedAmount === undefined ? undefined : new FixedAddition(counter.series(attributes), fixedAmount);
      }
      return new ReadAddition(counter.series(attributes), amountOnEntry === undefined ? amountOf : undefined);
    },
  };
}

/** Whether what a call adds is read before the user's code runs. */
export function readsAmountOnEntry({ options: { amount = 1 } }: CountedRecord): boolean {
  return typeof amount !== 'number' && momentOf(amount) === 'entry';
}

class FixedAddition implements Addition {
  readonly keep: boolean;
  readonly #series: Addable;
  readonly #amount: number;

  constructor(series: Addable, amount: number) {
    this.keep = series.keep;
    this.#series = series;
    this.#amount = amount;
  }

  add(): void {
    this.#series.add(this.#amount);
  }
}

/** Adds what is read from the call when it has settled, or what was read before. */
class ReadAddition implements Addition {
  readonly keep: boolean;
  readonly #series: Addable;
  readonly #read: ((call: AdvisedCall) => number | undefined) | undefined;

  constructor(series: Addable, read: ((call: AdvisedCall) => number | undefined) | undefined) {
    this.keep = series.keep;
    this.#series = series;
    this.#read = read;
  }

  add(call: AdvisedCall, amount: number | undefined): void {
    const added = this.#read === undefined ? amount : this.#read(call);
    if (added !== undefined) this.#series.add(added);
  }
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
