/**
 * Where an annotation may stand, and the faults of one that stands elsewhere: on another kind of element, or on one that
 * could not do what the annotation asks.
 */
import { SpandrelFault, shown } from '../faults/fault.js';
import { type Element, type ElementKind, elementName } from '../metadata/element.js';
import { type AnnotationRecord, wordOf } from '../metadata/records/record.js';

/** What a decorator factory knows before it meets its element. */
export interface Annotation {
  readonly annotation: AnnotationRecord['annotation'];
  /** Where it may stand. */
  readonly places: readonly ElementKind[];
}

/** Options that select or name the methods of a class; on a method they would say nothing. */
const classOnly = ['include', 'exclude', 'inherited', 'prefix'] as const;

const placeWords: Readonly<Record<ElementKind, string>> = {
  class: 'a class',
  method: 'a method',
  getter: 'a getter',
  function: 'a function',
};

/** The fault of an annotation on `place`; `key` as the compiler gave it. */
export function misplaced(given: Annotation, place: string, className: string, key: Element['key']): SpandrelFault {
  return new SpandrelFault('SPANDREL_WRONG_PLACE', elementName(className, key), {
    annotation: wordOf[given.annotation],
    place: /^[aeiou]/.test(place) ? `an ${place}` : `a ${place}`,
    allowed: given.places.map((kind) => placeWords[kind]).join(' or '),
  });
}

/**
 * Throws unless the annotation may stand on `element`, whose class, function or getter is `value`; `place` is the compiler's
 * word for it.
 */
export function refusePlace(
  given: Annotation,
  element: Element,
  className: string,
  value: unknown,
  place: string = element.kind,
): void {
  const { key } = element;
  if (!given.places.includes(element.kind)) throw misplaced(given, place, className, key);
  if (given.annotation !== 'gauged') return;
  if (element.kind === 'method' && (value as { length: number }).length > 0) {
    throw new SpandrelFault('SPANDREL_GAUGE_PARAMETERS', elementName(className, key));
  }
  const kind = deferredKind(value);
  if (kind !== undefined) throw misplaced(given, `${kind} ${element.kind}`, className, key);
}

/** Throws where an option is given that says something of a class only. */
export function refuseClassOptions(given: Annotation, element: Element, options: object, where: string): void {
  if (element.kind === 'class') return;
  for (const option of classOnly) {
    if (!Object.hasOwn(options, option)) continue;
    throw new SpandrelFault('SPANDREL_BAD_OPTION', where, {
      annotation: `@${wordOf[given.annotation]}`,
      option,
      value: shown((options as Record<string, unknown>)[option]),
      allowed: 'it to the annotation of a class: it is about the methods of a class',
    });
  }
}

/** A collection reads at once: what comes later, or bit by bit, is no value of a gauge. */
function deferredKind(value: unknown): string | undefined {
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return { AsyncFunction: 'async', GeneratorFunction: 'generator', AsyncGeneratorFunction: 'generator' }[kind];
}
