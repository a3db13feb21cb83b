/**
 * Spandrel as an application sets it up, with its defaults.
 */
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { DiscardedMetrics, DiscardedSpans } from './discard.mjs';
import { bootstrap } from './lib/index.js';

/** `otlp`: where to send to. Left out: nowhere. The sampler comes from the environment. */
export async function start({ otlp, batch }) {
  const spans = new DiscardedSpans();
  const measured = new DiscardedMetrics();
  const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 60_000 });
  const discarding = { protocol: 'none', spanExporters: [spans], metricReaders: [reader] };
  const telemetry = bootstrap({
    service: 'bench',
    export: otlp === undefined ? discarding : { protocol: 'http/json', endpoint: otlp },
    ...(batch === undefined ? {} : { batch }),
  });
  return {
    async stop() {
      await telemetry.flush();
      if (otlp === undefined) return { spans: spans.count, counted: measured.counted };
      return { spans: telemetry.health().spans?.delivered };
    },
  };
}
