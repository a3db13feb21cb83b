/**
 * `spandrel`: everything an application needs. A library that only annotates takes `spandrel/decorators`, which loads
 * neither OpenTelemetry nor reflect-metadata.
 */
import 'reflect-metadata';

export { annotate } from './annotate.js';
export { bootstrap } from './bootstrap.js';
export { Counted } from './decorators/counted.js';
export { Gauged } from './decorators/gauged.js';
export { InFlight } from './decorators/in-flight.js';
export { recordsKey } from './decorators/records-key.js';
export type { OnClass, OnClassOnly, OnMember, OnMethod, OnReading } from './decorators/signature.js';
export { Timed } from './decorators/timed.js';
export { Traced } from './decorators/traced.js';
export { Untraced } from './decorators/untraced.js';
export { isSpandrelFault, SpandrelFault } from './faults/fault.js';
export type { FaultCount } from './faults/report.js';
export { type LogAttributes, log } from './log.js';
export type { FunctionTracedOptions } from './metadata/records/function-traced-options.js';
export type {
  CountedOptions,
  GaugedOptions,
  InFlightOptions,
  MetricOptions,
  TimedOptions,
} from './metadata/records/metric-options.js';
export type { AnnotationRecord } from './metadata/records/record.js';
export type {
  AttributeSource,
  AttributeSources,
  AttributeValue,
  MemberSelector,
  MethodTracedOptions,
  TracedOptions,
} from './metadata/records/traced-options.js';
export {
  type CallFacts,
  type CallFunction,
  call,
  type EntryFacts,
  type Outcome,
  Source,
  type SourceOrigin,
} from './metadata/source.js';
export type {
  CollectionCount,
  DeliveryCount,
  Health,
  HeldSpans,
  RunningCount,
  SamplingHealth,
  SeriesCount,
} from './provider/health.js';
export type { LimitSettings } from './provider/settings/limit-settings.js';
export type { AdaptiveSettings, SamplingSettings, TraceRule } from './provider/settings/sampling-settings.js';
export type {
  BatchSettings,
  ConsoleSettings,
  DetectorName,
  ExportSettings,
  InstrumentationPlugin,
  MetricsSettings,
  PrometheusSettings,
  PropagatorName,
  ServiceSettings,
  Settings,
  ShutdownSettings,
  StopSignal,
  TextStream,
  TlsSettings,
} from './provider/settings/settings.js';
export type { Telemetry } from './telemetry.js';
export { traced } from './traced.js';
