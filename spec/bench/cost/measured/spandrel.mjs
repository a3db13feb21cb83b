/**
 * Spandrel as an application sets it up, with its defaults.
 */
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { DiscardedMetrics, spansTo } from './discard.mjs';
import { bootstrap } from './lib/bootstrap.js';

/**
 * `otlp`: where to send spans to. Left out: nowhere. The sampler comes from the environment. `keeps`: the share of traces
 * that is kept by a decision at their end.
 */
export async function start({ otlp, batch, keeps }) {
  const spans = spansTo(otlp);
  const measured = new DiscardedMetrics();
  const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 60_000 });
  const settings = {
    service: 'bench',
    export: { protocol: 'none', spanExporters: [spans], metricReaders: [reader] },
    ...(batch === undefined ? {} : { batch }),
  };
  const telemetry = bootstrap(keeps === undefined ? settings : { ...settings, sampling: { success: keeps } });
  return {
    taken: () => spans.count,
    async stop() {
      await telemetry.flush();
      return { spans: spans.count, counted: measured.counted };
    },
  };
}
