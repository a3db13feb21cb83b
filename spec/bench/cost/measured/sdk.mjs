/**
 * OpenTelemetry's SDK as an application sets it up: batches of spans, metrics once a minute.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { metrics } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { DiscardedMetrics, spansTo } from './discard.mjs';

/** The same words for both sides, where the defaults are not what is asked for. */
const processorOptions = ({ size, intervalMs, buffer }) => ({
  maxExportBatchSize: size,
  scheduledDelayMillis: intervalMs,
  maxQueueSize: buffer,
});

/** `otlp`: where to send spans to. Left out: nowhere. The sampler comes from the environment. */
export async function startSdk({ otlp, batch }) {
  const resource = resourceFromAttributes({ 'service.name': 'bench' });
  const spans = spansTo(otlp);
  const measured = new DiscardedMetrics();
  const processor = new BatchSpanProcessor(spans, batch && processorOptions(batch));
  const tracing = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  tracing.register();
  const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 60_000 });
  const metering = new MeterProvider({ resource, readers: [reader] });
  metrics.setGlobalMeterProvider(metering);
  return {
    taken: () => spans.count,
    async stop() {
      await tracing.forceFlush();
      // It does not wait for a batch that was on its way before.
      for (let left = 100; spans.pending > 0 && left > 0; left -= 1) await sleep(20);
      await metering.forceFlush();
      return { spans: spans.count, counted: measured.counted };
    },
  };
}
