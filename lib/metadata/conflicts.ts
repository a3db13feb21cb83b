/**
 * Annotations that contradict each other, refused where they are written.
 */
import { SpandrelFault } from '../faults/fault.js';
import { type Element, elementName, sameElement } from './element.js';
import { processState } from './process-state.js';
import { type AnnotationRecord, wordOf } from './records/record.js';

/** Throws if `record` cannot stand beside the records its class has already. */
export function refuseConflicts(record: AnnotationRecord, others: readonly AnnotationRecord[], where: string): void {
  for (const other of others) {
    if (!sameElement(record.element, other.element)) continue;
    refuseTwice(record, other, where);
    refuseContradiction(record, other, where);
  }
  if ('name' in record.options && record.annotation !== 'traced') defineMetric(record, where);
}

function refuseTwice(record: AnnotationRecord, other: AnnotationRecord, where: string): void {
  if (record.annotation !== other.annotation) return;
  if (record.annotation === 'traced' || record.annotation === 'untraced') {
    throw new SpandrelFault('SPANDREL_TWICE', where, { annotation: wordOf[record.annotation], detail: '' });
  }
  const name = metricName(record);
  if (name === metricName(other)) {
    throw new SpandrelFault('SPANDREL_TWICE', where, {
      annotation: wordOf[record.annotation],
      detail: ` for the metric ${name}`,
    });
  }
}

function refuseContradiction(record: AnnotationRecord, other: AnnotationRecord, where: string): void {
  const pair = [record.annotation, other.annotation];
  if (pair.includes('traced') && pair.includes('untraced')) {
    throw new SpandrelFault('SPANDREL_CONTRADICTION', where, { annotation: 'Untraced', other: 'Traced' });
  }
}

/** One definition a metric name, over the whole process: two would mix two meanings in one series. */
function defineMetric(record: AnnotationRecord, where: string): void {
  const name = metricName(record);
  const options = record.options as { unit?: string; buckets?: readonly number[]; combine?: string };
  const parts = [
    wordOf[record.annotation],
    ...(options.unit === undefined ? [] : [`unit ${options.unit}`]),
    ...(options.buckets === undefined ? [] : [`buckets [${options.buckets.join(', ')}]`]),
    ...(options.combine === undefined ? [] : [`combine ${options.combine}`]),
  ];
  const text = parts.join(', ');
  // OpenTelemetry compares instrument names without regard to case.
  const key = name.toLowerCase();
  const { definitions } = processState();
  const known = definitions.get(key);
  if (known === undefined) {
    definitions.set(key, { where, text });
  } else if (known.text !== text) {
    throw new SpandrelFault('SPANDREL_METRIC_REDEFINED', where, {
      name,
      here: text,
      elsewhere: known.where === '' ? 'another annotation' : known.where,
      other: known.text,
    });
  }
}

function metricName(record: AnnotationRecord): string {
  return (record.options as { name: string }).name;
}

/** The place a fault names: `Class.method`, or the member alone while its class is not known yet. */
export function placeOf(className: string, element: Element): string {
  const name = elementName(className, element.key);
  return element.kind === 'getter' ? `${name} (getter)` : name;
}
