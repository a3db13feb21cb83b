/**
 * What the metric annotations share: the series a call adds to. Its attributes are read on entry as far as they are known
 * there, with `error.type` when it failed, and the method's name where one class-level annotation covers several methods.
 */
import type { Attributes } from '@opentelemetry/api';
import { ATTR_CODE_FUNCTION_NAME, ATTR_ERROR_TYPE } from '../conventions/attributes.js';
import { errorTypeOf } from '../conventions/failure.js';
import { descriptionOf, isMetric, type MetricRecord } from '../metadata/metric-definitions.js';
import { recordsOf } from '../metadata/roster.js';
import type { SeriesOf } from '../metrics/instruments.js';
import type { AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { type AttributeReader, attributeParts } from './attributes.js';
import { Place } from './series-places.js';

/** A site that has met more than so many series forgets them, and finds them again as calls come. */
const keptAtMost = 2000;

/** The series of one metric that the calls of one site add to. */
export class MeasuredSeries<S extends { readonly keep: boolean }> {
  /** Whether there is something to be read before the user's code runs. */
  readonly readsOnEntry: boolean;
  readonly #instrument: SeriesOf<S>;
  readonly #fixed: Attributes;
  readonly #onEntry: readonly AttributeReader[];
  readonly #onSettled: readonly AttributeReader[];
  #start = new Place<S>(undefined, undefined);
  #kept = 0;
  #lettingsGo = 0;

  constructor(site: CallSite, record: MetricRecord, instrument: SeriesOf<S>) {
    const { attributes: sources } = record.options;
    const entry = attributeParts(sources, site.name, 'entry');
    const settled = attributeParts(sources, site.name, 'settled');
    const named = comesFromClass(site, record) ? { [ATTR_CODE_FUNCTION_NAME]: site.name } : undefined;
    this.#instrument = instrument;
    this.#fixed = { ...named, ...entry.fixed, ...settled.fixed };
    this.#onEntry = entry.readers;
    this.#onSettled = settled.readers;
    this.readsOnEntry = entry.readers.length > 0;
  }

  /** Reads what comes from the arguments and `this`, as they are before the user's code runs. */
  entered(call: AdvisedCall): Place<S> {
    let place = this.#start;
    for (let i = 0; i < this.#onEntry.length; i += 1) place = place.after(this.#onEntry[i]?.read(call));
    return place;
  }

  /** The series of a call that has settled; `place` is where it was on entry, if something was read there. */
  settled(entered: Place<S> | undefined, call: AdvisedCall): S {
    const place = this.#placeOf(entered, call);
    if (call.outcome === 'error') return this.#failed(place, errorTypeOf(call.error));
    return place.success ?? this.#succeeded(place);
  }

  /** The series of a call that begins, with everything read now. */
  begun(call: AdvisedCall): S {
    const place = this.#placeOf(this.entered(call), call);
    return place.success ?? this.#succeeded(place);
  }

  #placeOf(entered: Place<S> | undefined, call: AdvisedCall): Place<S> {
    let place = entered ?? this.#start;
    for (let i = 0; i < this.#onSettled.length; i += 1) place = place.after(this.#onSettled[i]?.read(call));
    return place;
  }

  #succeeded(place: Place<S>): S {
    const series = this.#instrument.series(this.#attributesAt(place));
    if (this.#keeps(series)) place.keepSuccess(series);
    return series;
  }

  #failed(place: Place<S>, type: string): S {
    const known = place.failure(type);
    if (known !== undefined) return known;
    const attributes = this.#attributesAt(place);
    attributes[ATTR_ERROR_TYPE] = type;
    const series = this.#instrument.series(attributes);
    if (this.#keeps(series)) place.keepFailure(type, series);
    return series;
  }

  #attributesAt(place: Place<S>): Attributes {
    const attributes: Attributes = { ...this.#fixed };
    const values = place.values();
    const readers = [...this.#onEntry, ...this.#onSettled];
    for (const [i, { name }] of readers.entries()) if (values[i] !== undefined) attributes[name] = values[i];
    return attributes;
  }

  /**
   * Where it has met too many, or the instrument has let some go, it begins anew: those that are still in use come back at
   * once.
   */
  #keeps({ keep }: S): boolean {
    const { lettingsGo } = this.#instrument;
    if (this.#kept >= keptAtMost || this.#lettingsGo !== lettingsGo) {
      this.#start = new Place<S>(undefined, undefined);
      this.#kept = 0;
      this.#lettingsGo = lettingsGo;
      return false;
    }
    if (keep) this.#kept += 1;
    return keep;
  }
}

/** What a metric's annotation says of it: the description may stand at another annotation of the same name. */
export function described({ options }: MetricRecord): { name: string; description: string | undefined } {
  return { name: options.name, description: options.description ?? descriptionOf(options.name) };
}

function comesFromClass(site: CallSite, record: MetricRecord): boolean {
  if (site.owner === undefined) return false;
  return recordsOf(site.owner).some(
    (other) =>
      other.element.kind === 'class' &&
      isMetric(other) &&
      other.annotation === record.annotation &&
      other.options.name === record.options.name,
  );
}
