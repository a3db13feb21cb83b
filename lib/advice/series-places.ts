/**
 * Where a call site keeps what it found for its calls, by what was read from them: a tree with a level for each source, in
 * the order they are written, so that a call finds its series by its values alone. Nothing is made of names and values
 * for what is known.
 */
import type { AttributeValue } from '@opentelemetry/api';

const fewAtMost = 4;

/** A point on the way: what was read so far. At the end of it stands what was found for a success and for each failure. */
export class Place<F> {
  readonly parent: Place<F> | undefined;
  readonly value: AttributeValue | undefined;
  success: F | undefined = undefined;
  #failures: Map<string, F> | undefined = undefined;
  /** The places after it: the first few in a row, which is quicker gone through than a value is hashed. */
  readonly #few: Place<F>[] = [];
  #next: Map<AttributeValue | undefined, Place<F>> | undefined = undefined;
  /** By their JSON: lists are never the same twice, and a text may look like one. */
  #lists: Map<string, Place<F>> | undefined = undefined;
  #isPlaced = false;

  constructor(parent: Place<F> | undefined, value: AttributeValue | undefined) {
    this.parent = parent;
    this.value = value;
  }

  /** The place one value further on; not part of the tree before something is kept there. */
  after(value: AttributeValue | undefined): Place<F> {
    const few = this.#few;
    for (let i = 0; i < few.length; i += 1) {
      const place = few[i] as Place<F>;
      if (place.value === value) return place;
    }
    const known = Array.isArray(value) ? this.#lists?.get(JSON.stringify(value)) : this.#next?.get(value);
    return known ?? new Place(this, value);
  }

  failure(type: string): F | undefined {
    return this.#failures?.get(type);
  }

  keepSuccess(found: F): void {
    this.success = found;
    this.#place();
  }

  keepFailure(type: string, found: F): void {
    (this.#failures ??= new Map()).set(type, found);
    this.#place();
  }

  /** The values that led here, first read first. */
  values(): (AttributeValue | undefined)[] {
    const read: (AttributeValue | undefined)[] = [];
    for (let place: Place<F> = this; place.parent !== undefined; place = place.parent) read.unshift(place.value);
    return read;
  }

  #place(): void {
    if (this.#isPlaced || this.parent === undefined) return;
    this.#isPlaced = true;
    this.parent.#take(this, this.value);
    this.parent.#place();
  }

  #take(place: Place<F>, value: AttributeValue | undefined): void {
    if (Array.isArray(value)) (this.#lists ??= new Map()).set(JSON.stringify(value), place);
    else if (this.#isAmongFew(place, value)) return;
    else (this.#next ??= new Map()).set(value, place);
  }

  /** Of calls that overlap each brings a place of its own: the last one stays, as it does in a map. */
  #isAmongFew(place: Place<F>, value: AttributeValue | undefined): boolean {
    if (Number.isNaN(value)) return false;
    const few = this.#few;
    const known = few.findIndex((one) => one.value === value);
    if (known < 0 && few.length === fewAtMost) return false;
    few[known < 0 ? few.length : known] = place;
    return true;
  }
}
