/**
 * One definition a metric name, over the whole process: two would mix two meanings in one series. What is left out of an
 * annotation counts as its default; the description need only be said once.
 */
import { SpandrelFault, shown } from '../faults/fault.js';
import { processState } from './process-state.js';
import {
  type AnnotationRecord,
  type CountedRecord,
  type GaugedRecord,
  type InFlightRecord,
  type TimedRecord,
  wordOf,
} from './records/record.js';

export type MetricRecord = CountedRecord | TimedRecord | GaugedRecord | InFlightRecord;

const defaultUnits = { counted: '', timed: 's', gauged: '', 'in-flight': '{call}' };

/** Whether an annotation is one of a metric. */
export function isMetric(record: AnnotationRecord): record is MetricRecord {
  // Of what another version of the package leaves behind nothing is known.
  return Object.hasOwn(defaultUnits, record.annotation);
}

/** Keeps the definition of a metric; throws where the same name was defined otherwise before. */
export function defineMetric(record: MetricRecord, where: string): void {
  const { name, description } = record.options;
  const text = definitionOf(record);
  const { definitions } = processState();
  const known = definitions.get(keyOf(name));
  if (known !== undefined) {
    const describedTwice = description !== undefined && known.description !== undefined;
    if (known.text !== text) throw redefined(name, where, text, known.where, known.text);
    if (describedTwice && known.description !== description) {
      throw redefined(name, where, shown(description), known.where, shown(known.description));
    }
  }
  definitions.set(keyOf(name), {
    where: known?.where ?? where,
    text,
    description: known?.description ?? description,
  });
}

/** The description of a metric, whichever of its annotations gave it. */
export function descriptionOf(name: string): string | undefined {
  return processState().definitions.get(keyOf(name))?.description;
}

/** Kind, unit and what else makes two definitions differ, in words. */
function definitionOf({ annotation, options }: MetricRecord): string {
  const { unit, buckets, combine } = { unit: undefined, buckets: undefined, combine: undefined, ...options };
  const parts = [
    wordOf[annotation],
    `unit "${unit ?? defaultUnits[annotation]}"`,
    ...(buckets === undefined ? [] : [`buckets [${(buckets as readonly number[]).join(', ')}]`]),
    ...(annotation === 'gauged' ? [`combine ${combine ?? 'sum'}`] : []),
  ];
  return parts.join(', ');
}

function redefined(name: string, where: string, here: string, elsewhere: string, other: string): SpandrelFault {
  return new SpandrelFault('SPANDREL_METRIC_REDEFINED', where, { name, here, elsewhere, other });
}

/** OpenTelemetry compares instrument names without regard to case. */
function keyOf(name: string): string {
  return name.toLowerCase();
}
