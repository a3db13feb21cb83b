/**
 * Where a call site keeps the series it has met, by what was read from its calls: a tree with a level for each source, in
 * the order they are written, so that a call finds its series by its values alone. Nothing is made of names and values
 * for a series that is known.
 */
import type { AttributeValue } from '@opentelemetry/api';

/** A point on the way to a series: what was read so far. */
export class Place<S> {
  readonly parent: Place<S> | undefined;
  readonly value: AttributeValue | undefined;
  success: S | undefined = undefined;
  #failures: Map<string, S> | undefined = undefined;
  #next: Map<AttributeValue | undefined, Place<S>> | undefined = undefined;
  /** By their JSON: lists are never the same twice, and a text may look like one. */
  #lists: Map<string, Place<S>> | undefined = undefined;
  #isPlaced = false;

  constructor(parent: Place<S> | undefined, value: AttributeValue | undefined) {
    this.parent = parent;
    this.value = value;
  }

  /** The place one value further on; not part of the tree before a series is kept there. */
  after(value: AttributeValue | undefined): Place<S> {
    const known = Array.isArray(value) ? this.#lists?.get(JSON.stringify(value)) : this.#next?.get(value);
    return known ?? new Place(this, value);
  }

  failure(type: string): S | undefined {
    return this.#failures?.get(type);
  }

  keepSuccess(series: S): void {
    this.success = series;
    this.#place();
  }

  keepFailure(type: string, series: S): void {
    (this.#failures ??= new Map()).set(type, series);
    this.#place();
  }

  /** The values that led here, first read first. */
  values(): (AttributeValue | undefined)[] {
    const found: (AttributeValue | undefined)[] = [];
    for (let place: Place<S> = this; place.parent !== undefined; place = place.parent) found.unshift(place.value);
    return found;
  }

  #place(): void {
    if (this.#isPlaced || this.parent === undefined) return;
    this.#isPlaced = true;
    this.parent.#take(this, this.value);
    this.parent.#place();
  }

  #take(place: Place<S>, value: AttributeValue | undefined): void {
    if (Array.isArray(value)) (this.#lists ??= new Map()).set(JSON.stringify(value), place);
    else (this.#next ??= new Map()).set(value, place);
  }
}
