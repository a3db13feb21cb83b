/**
 * `spandrel/provider`: what is needed to write settings, exporters, readers and processors in a file of their own, and to
 * test them, without loading `bootstrap()`: the types of every group of settings and of what `health()` tells, and the check
 * that `bootstrap()` makes. Nothing of how the pipeline works inside. Loads no OpenTelemetry.
 */
export { isSpandrelFault, SpandrelFault } from '../faults/fault.js';
export type { FaultCount } from '../faults/report.js';
export type {
  CollectionCount,
  DeliveryCount,
  Health,
  HeldSpans,
  RunningCount,
  SamplingHealth,
  SeriesCount,
} from './health.js';
export { checkSettings } from './settings/checked-settings.js';
export type { Environment } from './settings/environment.js';
export type { LimitSettings } from './settings/limit-settings.js';
export type { AdaptiveSettings, SamplingSettings, TraceRule } from './settings/sampling-settings.js';
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
} from './settings/settings.js';
