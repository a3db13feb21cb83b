/**
 * The settings as the pipeline takes them: code over environment over default, all of it decided once.
 */
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { checkBatchSize, checkSettings } from './check-settings.js';
import { type Environment, numberFrom, protocolFrom } from './environment.js';
import type { BatchSettings, ExportSettings, ServiceSettings, Settings } from './settings.js';

export interface ResolvedSettings {
  readonly service: ServiceSettings;
  readonly export: ExportSettings & Required<Pick<ExportSettings, 'protocol'>>;
  readonly batch: Required<BatchSettings>;
  readonly metrics: { readonly intervalMs: number };
  readonly limits: { readonly idleMs: number };
  readonly shutdown: { readonly timeoutMs: number };
  readonly processors: readonly SpanProcessor[];
  readonly provider: 'own' | 'existing';
  readonly environment: Environment;
}

/** Checks and completes the settings. Throws a `SpandrelFault` for the first wrong one. */
export function resolveSettings(given: unknown, environment: Environment): ResolvedSettings {
  const settings = checkSettings(given);
  const { service = {}, export: exports = {}, metrics, limits, shutdown, processors = [], provider = 'own' } = settings;
  return Object.freeze({
    service: typeof service === 'string' ? { name: service } : service,
    export: { ...exports, protocol: exports.protocol ?? protocolFrom(environment) ?? 'http/json' },
    batch: resolveBatch(settings, environment),
    metrics: { intervalMs: metrics?.intervalMs ?? numberFrom(environment, 'OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000 },
    limits: { idleMs: limits?.idleMs ?? 600_000 },
    shutdown: { timeoutMs: shutdown?.timeoutMs ?? 5_000 },
    processors: [...processors],
    provider,
    environment,
  });
}

function resolveBatch({ batch = {} }: Settings, environment: Environment): Required<BatchSettings> {
  const buffer = batch.buffer ?? numberFrom(environment, 'OTEL_BSP_MAX_QUEUE_SIZE') ?? 10_000;
  checkBatchSize(batch.size, buffer);
  const size = batch.size ?? numberFrom(environment, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE') ?? 512;
  return {
    buffer,
    // The size from the environment, or the default, gives way to a smaller buffer.
    size: Math.min(size, buffer),
    intervalMs: batch.intervalMs ?? numberFrom(environment, 'OTEL_BSP_SCHEDULE_DELAY') ?? 5_000,
  };
}
