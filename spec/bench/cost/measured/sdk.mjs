/**
 * OpenTelemetry's SDK as an application sets it up: batches of spans, metrics once a minute.
 */
import { metrics } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { DiscardedMetrics, DiscardedSpans } from './discard.mjs';

/** `otlp`: where to send to. Left out: nowhere. The sampler comes from the environment. */
export async function startSdk({ otlp }) {
  const resource = resourceFromAttributes({ 'service.name': 'bench' });
  const spans = otlp === undefined ? new DiscardedSpans() : new OTLPTraceExporter({ url: `${otlp}/v1/traces` });
  const measured = otlp === undefined ? new DiscardedMetrics() : new OTLPMetricExporter({ url: `${otlp}/v1/metrics` });
  const tracing = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(spans)] });
  tracing.register();
  const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 60_000 });
  const metering = new MeterProvider({ resource, readers: [reader] });
  metrics.setGlobalMeterProvider(metering);
  return {
    async stop() {
      await tracing.forceFlush();
      await metering.forceFlush();
      return { spans: spans.count, counted: measured.counted };
    },
  };
}
