/**
 * What `@Counted` and `@Timed` do around a call. Annotations of one site that take their attributes from the same sources
 * are one advice: the call is read once, and finds all its series at once.
 */
import type { Attributes } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '../conventions/attributes.js';
import type { AnnotationRecord, CountedRecord, TimedRecord } from '../metadata/records/record.js';
import { isSource } from '../metadata/source.js';
import type { Instruments } from '../metrics/instruments.js';
import type { Advice, AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { counting, readsAmountOnEntry } from './counted.js';
import { type Finder, FoundSeries } from './found-series.js';
import type { Addition, Measurement } from './measurement.js';
import type { Place } from './series-places.js';
import { timing } from './timed.js';

type MeasuredRecord = CountedRecord | TimedRecord;

/** What the annotations of one site add to for one set of values. */
type Additions = readonly Addition[];

/** What is known of a call on entry; nothing where nothing is read then. */
type Entry = Place<Additions> | undefined;

/** Of an annotation whose amount is read on entry, too. */
interface EntryWithAmount {
  readonly place: Place<Additions>;
  readonly amount: number | undefined;
}

/** The advice for a record and all others like it; nothing where it is among the others. */
export function measuredAdvice(
  site: CallSite,
  record: MeasuredRecord,
  instruments: Instruments,
): Advice<Entry> | Advice<EntryWithAmount> | undefined {
  const alike = isAlone(record) ? [record] : site.records.filter((other) => goTogether(record, other));
  if (alike[0] !== record) return undefined;
  const measurements = alike.filter(isMeasured).map((one) => measurementOf(site, one, instruments));
  const series = new FoundSeries(record.options.attributes, site.name, finderFor(measurements));
  const amountOf = measurements[0]?.amountOnEntry;
  if (amountOf !== undefined) {
    return {
      begin: (call: AdvisedCall) => ({ place: series.entered(call), amount: amountOf(call) }),
      settled({ place, amount }: EntryWithAmount, call: AdvisedCall) {
        for (const addition of series.settled(place, call)) addition.add(call, amount);
      },
    };
  }
  return new MeasuredAdvice(series);
}

/** A class, so that all sites run the same code and the compiler can see through it. */
class MeasuredAdvice implements Advice<Entry> {
  readonly #series: FoundSeries<Additions>;

  constructor(series: FoundSeries<Additions>) {
    this.#series = series;
  }

  begin(call: AdvisedCall): Entry {
    return this.#series.readsOnEntry ? this.#series.entered(call) : undefined;
  }

  settled(entry: Entry, call: AdvisedCall): void {
    const additions = this.#series.settled(entry, call);
    for (let i = 0; i < additions.length; i += 1) additions[i]?.add(call, undefined);
  }
}

function measurementOf(site: CallSite, record: MeasuredRecord, instruments: Instruments): Measurement {
  return record.annotation === 'counted' ? counting(site, record, instruments) : timing(site, record, instruments);
}

function finderFor(measurements: readonly Measurement[]): Finder<Additions> {
  return {
    find: (read, errorType) =>
      measurements.flatMap((one) => {
        const attributes: Attributes = { ...one.fixed, ...read };
        // Whatever an annotation calls by that name: how the call failed is known better.
        if (errorType !== undefined) attributes[ATTR_ERROR_TYPE] = errorType;
        return one.additionTo(attributes, errorType === undefined ? 'success' : 'error') ?? [];
      }),
    keeps: (additions) => additions.every(({ keep }) => keep),
    lettingsGo: () => measurements.reduce((sum, one) => sum + one.lettingsGo(), 0),
  };
}

function isMeasured(record: AnnotationRecord): record is MeasuredRecord {
  return record.annotation === 'counted' || record.annotation === 'timed';
}

function isAlone(record: MeasuredRecord): boolean {
  return record.annotation === 'counted' && readsAmountOnEntry(record);
}

function goTogether(record: MeasuredRecord, other: AnnotationRecord): boolean {
  return isMeasured(other) && !isAlone(other) && readTheSame(record, other);
}

/** Whether both take attributes of the same names from the same places, in the same order; what is fixed may differ. */
function readTheSame(one: AnnotationRecord, other: AnnotationRecord): boolean {
  const [here, there] = [readBy(one), readBy(other)];
  return (
    here.length === there.length &&
    here.every(([name, source], i) => there[i]?.[0] === name && isSameSource(source, there[i]?.[1]))
  );
}

function readBy({ options }: AnnotationRecord): [string, unknown][] {
  const { attributes = {} } = { attributes: undefined, ...options };
  return Object.entries<unknown>(attributes).filter(([, given]) => typeof given === 'function' || isSource(given));
}

function isSameSource(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isSource(one) || !isSource(other) || one.from !== other.from || one.index !== other.index) return false;
  return isSameList(one.path, other.path) && isSameList(one.maps, other.maps);
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i]);
}
