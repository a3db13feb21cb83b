/**
 * One annotation met one element: what both dialects come down to.
 */
import { refuseConflicts } from '../metadata/conflicts.js';
import type { Element } from '../metadata/element.js';
import type { AnnotationRecord } from '../metadata/records/record.js';

export interface Meeting {
  readonly record: AnnotationRecord;
  /** The place a fault names: `Class.method`, or the member alone while its class is not known. */
  readonly where: string;
}

/** The frozen record of an annotation on an element. */
export function meet(
  annotation: AnnotationRecord['annotation'],
  options: AnnotationRecord['options'],
  element: Element,
  where: string,
): Meeting {
  return { record: Object.freeze({ annotation, element, options }) as AnnotationRecord, where };
}

/** The records of a class with one more; throws where it contradicts what its element carries already. */
export function accept({ record, where }: Meeting, others: readonly AnnotationRecord[]): readonly AnnotationRecord[] {
  refuseConflicts(record, others, where);
  return Object.freeze([...others, record]);
}
