/**
 * `spandrel/decorators`: the annotations alone, for libraries that annotate and leave `bootstrap()` to the application.
 * Loads no OpenTelemetry and no reflect-metadata.
 */

export { isSpandrelFault, SpandrelFault } from '../faults/fault.js';
export type {
  CountedOptions,
  GaugedOptions,
  InFlightOptions,
  MetricOptions,
  TimedOptions,
} from '../metadata/records/metric-options.js';
export type { AnnotationRecord } from '../metadata/records/record.js';
export type {
  AttributeSource,
  AttributeSources,
  AttributeValue,
  MemberSelector,
  MethodTracedOptions,
  TracedOptions,
} from '../metadata/records/traced-options.js';
export {
  type CallFacts,
  type CallFunction,
  call,
  type EntryFacts,
  type Outcome,
  Source,
  type SourceOrigin,
} from '../metadata/source.js';
export { Counted } from './counted.js';
export { Gauged } from './gauged.js';
export { InFlight } from './in-flight.js';
export { recordsKey } from './records-key.js';
export type { OnClass, OnClassOnly, OnMember, OnMethod, OnReading } from './signature.js';
export { Timed } from './timed.js';
export { Traced } from './traced.js';
export { Untraced } from './untraced.js';
