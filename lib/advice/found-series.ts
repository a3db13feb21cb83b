/**
 * The way from a call to the series it adds to: what it reads of the call, on entry as far as it is known there, and what
 * was found for these values before.
 */
import type { Attributes } from '@opentelemetry/api';
import { errorTypeOf } from '../conventions/failure.js';
import type { AdvisedCall } from '../weaving/advice.js';
import { type AttributeReader, attributeParts } from './attributes.js';
import { Place } from './series-places.js';

/** A site that has met more than so many sets of values forgets them, and finds them again as calls come. */
const keptAtMost = 2000;

/** Finds series, of one instrument or of several. */
export interface Finder<F> {
  /** What calls with these attributes, as they were read, add to; `errorType` where they failed. */
  find(attributes: Attributes, errorType: string | undefined): F;
  /** Whether it may be held for later calls. */
  keeps(found: F): boolean;
  /** How often series that nobody is told of any more were let go: time to do the same. */
  lettingsGo(): number;
}

export class FoundSeries<F> {
  /** Whether there is something to be read before the user's code runs. */
  readonly readsOnEntry: boolean;
  readonly #finder: Finder<F>;
  readonly #onEntry: readonly AttributeReader[];
  readonly #onSettled: readonly AttributeReader[];
  #start = new Place<F>(undefined, undefined);
  #kept = 0;
  #lettingsGo = 0;

  constructor(sources: Readonly<Record<string, unknown>> | undefined, where: string, finder: Finder<F>) {
    this.#finder = finder;
    this.#onEntry = attributeParts(sources, where, 'entry').readers;
    this.#onSettled = attributeParts(sources, where, 'settled').readers;
    this.readsOnEntry = this.#onEntry.length > 0;
  }

  /** Reads what comes from the arguments and `this`, as they are before the user's code runs. */
  entered(call: AdvisedCall): Place<F> {
    return readAt(this.#start, this.#onEntry, call);
  }

  /** What a call that has settled adds to; `place` is where it was on entry, if something was read there. */
  settled(entered: Place<F> | undefined, call: AdvisedCall): F {
    const place = readAt(entered ?? this.#start, this.#onSettled, call);
    if (call.outcome === 'error') return this.#failed(place, errorTypeOf(call.error));
    return place.success ?? this.#succeeded(place);
  }

  /** What a call that begins adds to, with everything read now. */
  begun(call: AdvisedCall): F {
    const place = readAt(this.entered(call), this.#onSettled, call);
    return place.success ?? this.#succeeded(place);
  }

  #succeeded(place: Place<F>): F {
    const found = this.#finder.find(this.#attributesAt(place), undefined);
    if (this.#keeps(found)) place.keepSuccess(found);
    return found;
  }

  #failed(place: Place<F>, type: string): F {
    const known = place.failure(type);
    if (known !== undefined) return known;
    const found = this.#finder.find(this.#attributesAt(place), type);
    if (this.#keeps(found)) place.keepFailure(type, found);
    return found;
  }

  #attributesAt(place: Place<F>): Attributes {
    const attributes: Attributes = {};
    const values = place.values();
    const readers = [...this.#onEntry, ...this.#onSettled];
    for (const [i, { name }] of readers.entries()) if (values[i] !== undefined) attributes[name] = values[i];
    return attributes;
  }

  /**
   * Where it has met too many, or an instrument has let some go, it begins anew: those that are still in use come back at
   * once.
   */
  #keeps(found: F): boolean {
    const lettingsGo = this.#finder.lettingsGo();
    if (this.#kept >= keptAtMost || this.#lettingsGo !== lettingsGo) {
      this.#start = new Place<F>(undefined, undefined);
      this.#kept = 0;
      this.#lettingsGo = lettingsGo;
      return false;
    }
    const keeps = this.#finder.keeps(found);
    if (keeps) this.#kept += 1;
    return keeps;
  }
}

function readAt<F>(start: Place<F>, readers: readonly AttributeReader[], call: AdvisedCall): Place<F> {
  let place = start;
  for (let i = 0; i < readers.length; i += 1) place = place.after((readers[i] as AttributeReader).read(call));
  return place;
}
