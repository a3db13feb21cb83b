/**
 * An annotation on a `#private` member of the standard dialect. Only its decorator can put something in its place, and only
 * now: a switchable function, which weaving switches on once the class is known. Annotations of one member share it.
 */
import type { AnyFunction, Element } from '../metadata/element.js';
import { keepPrivateMember, type PrivateMember } from '../metadata/private-members.js';
import { oneInProcess } from '../metadata/process-state.js';
import type { AnnotationRecord } from '../metadata/records/record.js';
import { type Slot, switchedBy } from '../metadata/slot.js';

interface Access {
  get(instance: object): unknown;
}

/** What one class has: by name, kind and side. */
interface Place extends PrivateMember {
  /** The stand-in that `slot` is behind. */
  made: AnyFunction | undefined;
}

const placesOf = oneInProcess('privatePlaces', () => new WeakMap<object, Map<string, Place>>());

/** Annotations that are not about calls: nothing stands in for the member on their account. */
const notOfCalls: readonly AnnotationRecord['annotation'][] = ['gauged', 'untraced'];

/**
 * What is to take the private member's place; `undefined` to leave it. Where another decorator wrapped the stand-in of a
 * lower annotation, one around the wrapper takes over, as for members that are not private.
 */
export function placePrivate(
  { annotation, element }: AnnotationRecord,
  written: AnyFunction,
  { access, metadata }: { readonly access?: Access; readonly metadata: object },
): AnyFunction | undefined {
  const place = placeIn(metadata, element, access ?? { get: readerOf(element, written) });
  keepPrivateMember(element, place);
  if (notOfCalls.includes(annotation) || place.made === written) return undefined;
  const slot: Slot = { original: written, runner: undefined };
  place.slot = slot;
  place.made = switchedBy(slot);
  return place.made;
}

function placeIn(metadata: object, element: Element, access: Access): Place {
  const places = placesOf.get(metadata) ?? new Map<string, Place>();
  placesOf.set(metadata, places);
  const key = `${element.kind} ${element.static} ${String(element.key)}`;
  const known = places.get(key);
  if (known !== undefined) return known;
  const place: Place = { slot: undefined, made: undefined, read: (instance) => access.get(instance) };
  places.set(key, place);
  return place;
}

/** For a compiler that says nothing of access: a private member has no other version in a subclass. */
function readerOf({ kind }: Element, written: AnyFunction): Access['get'] {
  return (instance) => (kind === 'getter' ? Reflect.apply(written, instance, []) : written);
}
