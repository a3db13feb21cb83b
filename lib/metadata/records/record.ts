/**
 * The frozen record an annotation leaves behind. Both dialects produce the same one; everything after the decorators
 * reads records and nothing else. A new annotation adds an interface beside this file and a member to the union.
 */
import type { Element } from '../element.js';
import type { CountedOptions, GaugedOptions, InFlightOptions, TimedOptions } from './metric-options.js';
import type { TracedOptions, UntracedOptions } from './traced-options.js';

/** A record of one kind of annotation; the options are as they were given, and checked. */
export interface RecordOf<Annotation extends string, Options> {
  readonly annotation: Annotation;
  readonly element: Element;
  readonly options: Readonly<Options>;
}

export type TracedRecord = RecordOf<'traced', TracedOptions>;
export type UntracedRecord = RecordOf<'untraced', UntracedOptions>;
export type CountedRecord = RecordOf<'counted', CountedOptions & { name: string }>;
export type TimedRecord = RecordOf<'timed', TimedOptions & { name: string }>;
export type GaugedRecord = RecordOf<'gauged', GaugedOptions & { name: string }>;
export type InFlightRecord = RecordOf<'in-flight', InFlightOptions & { name: string }>;

/** What an annotation leaves behind, frozen: which annotation it is, the element it stands on, and its checked options. */
export type AnnotationRecord =
  | TracedRecord
  | UntracedRecord
  | CountedRecord
  | TimedRecord
  | GaugedRecord
  | InFlightRecord;

export type AnnotationName = AnnotationRecord['annotation'];

/** The word users write for an annotation, for messages. */
export const wordOf: Readonly<Record<AnnotationName, string>> = Object.freeze({
  traced: 'Traced',
  untraced: 'Untraced',
  counted: 'Counted',
  timed: 'Timed',
  gauged: 'Gauged',
  'in-flight': 'InFlight',
});
