/**
 * The settings as the pipeline takes them: code over environment over default, all of it decided once.
 */
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { containerPackage, hasPeer } from '../peers.js';
import { checkBatchSize, checkBufferOfEach, checkSettings } from './check-settings.js';
import { type Environment, ReadEnvironment } from './environment.js';
import { type ResolvedLimits, resolveLimits } from './resolve-limits.js';
import { type ResolvedSampling, resolveSampling } from './resolve-sampling.js';
import { type Routes, routesFor } from './routes.js';
import type {
  BatchSettings,
  DetectorName,
  ExportSettings,
  InstrumentationPlugin,
  MetricsSettings,
  PropagatorName,
  ServiceSettings,
  Settings,
  StopSignal,
} from './settings.js';

/** How one signal is gathered. */
export interface ResolvedBatch extends Required<BatchSettings> {
  /** How long an exporter may take to answer. */
  readonly answerMs: number;
}

export interface ResolvedMetrics extends MetricsSettings {
  readonly intervalMs: number;
  readonly own: boolean;
  /** How long an export of metrics may take. */
  readonly exportMs: number;
  /** Histograms without boundaries in place of those with: what OTLP is told where nothing else is asked for. */
  readonly exponential: boolean;
}

export interface ResolvedSettings {
  /** Nothing is to be recorded. */
  readonly disabled: boolean;
  readonly service: ServiceSettings;
  readonly export: ExportSettings;
  readonly routes: Routes;
  readonly batch: { readonly spans: ResolvedBatch; readonly logs: ResolvedBatch };
  readonly metrics: ResolvedMetrics;
  /** `undefined`: as the environment says. */
  readonly sampling: ResolvedSampling | undefined;
  readonly limits: ResolvedLimits;
  readonly shutdown: { readonly timeoutMs: number; readonly signals: readonly StopSignal[] | undefined };
  readonly processors: readonly SpanProcessor[];
  readonly logProcessors: readonly LogRecordProcessor[];
  readonly propagators: NonNullable<Settings['propagators']>;
  readonly detectors: NonNullable<Settings['detectors']>;
  readonly instrumentations: readonly InstrumentationPlugin[];
  readonly provider: 'own' | 'existing';
  /** What of it could be read, and all that is no matter of ours. */
  readonly environment: Environment;
}

/** Checks and completes the settings. Throws a `SpandrelFault` for the first wrong one. */
export function resolveSettings(given: unknown, environment: Environment): ResolvedSettings {
  const settings = checkSettings(given);
  const read = new ReadEnvironment(environment);
  const { service = {}, export: exports = {}, limits, shutdown, processors = [], provider = 'own' } = settings;
  return Object.freeze({
    disabled: read.word('OTEL_SDK_DISABLED') === 'true',
    service: typeof service === 'string' ? { name: service } : service,
    export: exports,
    routes: routesFor(exports, read),
    batch: { spans: resolveBatch(settings, read, spanVariables), logs: resolveBatch(settings, read, logVariables) },
    metrics: resolveMetrics(settings, read),
    sampling: resolveSampling(settings.sampling),
    limits: resolveLimits(limits, read),
    shutdown: {
      timeoutMs: shutdown?.timeoutMs ?? 5_000,
      signals: stopSignals(shutdown?.signals ?? provider === 'own'),
    },
    processors: [...processors],
    logProcessors: [...(settings.logProcessors ?? [])],
    propagators: settings.propagators ?? read.words<PropagatorName>('OTEL_PROPAGATORS') ?? w3c,
    detectors: settings.detectors ?? detectorsIn(read),
    instrumentations: [...(settings.instrumentations ?? [])],
    provider,
    environment: read.forSdk,
  });
}

/** `undefined`: the end of the process is not listened for. */
function stopSignals(given: boolean | readonly StopSignal[]): readonly StopSignal[] | undefined {
  if (typeof given !== 'boolean') return [...new Set(given)];
  return given ? ['SIGTERM', 'SIGINT'] : undefined;
}

const w3c: readonly PropagatorName[] = ['tracecontext', 'baggage'];

const spanVariables = {
  size: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
  delay: 'OTEL_BSP_SCHEDULE_DELAY',
  buffer: 'OTEL_BSP_MAX_QUEUE_SIZE',
  timeout: 'OTEL_BSP_EXPORT_TIMEOUT',
} as const;

const logVariables = {
  size: 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE',
  delay: 'OTEL_BLRP_SCHEDULE_DELAY',
  buffer: 'OTEL_BLRP_MAX_QUEUE_SIZE',
  timeout: 'OTEL_BLRP_EXPORT_TIMEOUT',
} as const;

function resolveBatch(
  { batch = {}, export: exporting }: Settings,
  environment: ReadEnvironment,
  variables: typeof spanVariables | typeof logVariables,
): ResolvedBatch {
  const buffer = batch.buffer ?? environment.number(variables.buffer) ?? 10_000;
  checkBatchSize(batch.size, buffer);
  checkBufferOfEach(exporting?.endpoints, buffer);
  const size = batch.size ?? environment.number(variables.size) ?? 512;
  return {
    buffer,
    // The size from the environment, or the default, gives way to a smaller buffer.
    size: Math.min(size, buffer),
    intervalMs: batch.intervalMs ?? environment.number(variables.delay) ?? 5_000,
    answerMs: environment.number(variables.timeout) ?? 30_000,
  };
}

function resolveMetrics({ metrics = {}, sampling }: Settings, environment: ReadEnvironment): ResolvedMetrics {
  const intervalMs = metrics.intervalMs ?? environment.number('OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000;
  const timeoutMs = environment.number('OTEL_METRIC_EXPORT_TIMEOUT') ?? 30_000;
  const histograms = environment.word('OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION');
  return {
    ...metrics,
    intervalMs,
    // Who lets spans go on purpose wants to see it. Without that, a program that measures nothing sends no metrics.
    own: metrics.own ?? sampling !== undefined,
    // It may not take longer than the time to the next.
    exportMs: Math.min(timeoutMs, intervalMs),
    exponential: histograms === 'base2_exponential_bucket_histogram',
  };
}

/** All that there are: the one that needs a package of its own where that is installed. */
const allDetectors = (): readonly DetectorName[] => [
  ...(['env', 'host', 'os', 'process', 'serviceinstance'] as const),
  ...(hasPeer(containerPackage) ? (['container'] as const) : []),
];

/** `all` and `none` stand for lists. */
function detectorsIn(environment: ReadEnvironment): readonly DetectorName[] {
  const named = environment.words<DetectorName | 'all' | 'none'>('OTEL_NODE_RESOURCE_DETECTORS') ?? [];
  if (named.includes('none')) return [];
  return named.includes('all') ? allDetectors() : (named as readonly DetectorName[]);
}
