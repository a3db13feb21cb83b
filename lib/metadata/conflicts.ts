/**
 * Annotations that contradict each other, refused where they are written.
 */
import { SpandrelFault } from '../faults/fault.js';
import { type Element, elementName, sameElement } from './element.js';
import { defineMetric, isMetric } from './metric-definitions.js';
import { type AnnotationRecord, wordOf } from './records/record.js';

/** Throws if `record` cannot stand beside the records its class has already. */
export function refuseConflicts(record: AnnotationRecord, others: readonly AnnotationRecord[], where: string): void {
  for (const other of others) {
    if (!sameElement(record.element, other.element)) continue;
    refuseTwice(record, other, where);
    refuseContradiction(record, other, where);
  }
  if (isMetric(record)) defineMetric(record, where);
}

function refuseTwice(record: AnnotationRecord, other: AnnotationRecord, where: string): void {
  if (record.annotation !== other.annotation) return;
  const annotation = wordOf[record.annotation];
  if (!isMetric(record) || !isMetric(other))
    throw new SpandrelFault('SPANDREL_TWICE', where, { annotation, detail: '' });
  const { name } = record.options;
  if (name.toLowerCase() !== other.options.name.toLowerCase()) return;
  throw new SpandrelFault('SPANDREL_TWICE', where, { annotation, detail: ` for the metric ${name}` });
}

function refuseContradiction(record: AnnotationRecord, other: AnnotationRecord, where: string): void {
  const pair = [record.annotation, other.annotation];
  if (pair.includes('traced') && pair.includes('untraced')) {
    throw new SpandrelFault('SPANDREL_CONTRADICTION', where, { annotation: 'Untraced', other: 'Traced' });
  }
}

/** The place a fault names: `Class.method`, or the member alone while its class is not known yet. */
export function placeOf(className: string, element: Element): string {
  const name = elementName(className, element.key);
  return element.kind === 'getter' ? `${name} (getter)` : name;
}
