/**
 * The OTLP exporters over HTTP with JSON. What is not given in code they read from `OTEL_EXPORTER_OTLP_*` themselves,
 * general and per signal, as the specification has it.
 */
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import type { ExportSettings } from './settings/settings.js';

export interface OtlpExporters {
  readonly spans: OTLPTraceExporter;
  readonly metrics: OTLPMetricExporter;
  readonly logs: OTLPLogExporter;
}

/** One exporter a signal. */
export function otlpHttpExporters(settings: ExportSettings): OtlpExporters {
  return {
    spans: new OTLPTraceExporter(exporterOptions(settings, 'traces')),
    metrics: new OTLPMetricExporter(exporterOptions(settings, 'metrics')),
    logs: new OTLPLogExporter(exporterOptions(settings, 'logs')),
  };
}

/** Only what was given: an explicit `undefined` would hide the environment's value. */
function exporterOptions(
  { endpoint, headers, compression, timeoutMs }: ExportSettings,
  signal: 'traces' | 'metrics' | 'logs',
): { url?: string; headers?: Record<string, string>; compression?: CompressionAlgorithm; timeoutMillis?: number } {
  return {
    ...(endpoint === undefined ? {} : { url: signalAddress(endpoint, signal) }),
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(compression === undefined
      ? {}
      : { compression: compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE }),
    ...(timeoutMs === undefined ? {} : { timeoutMillis: timeoutMs }),
  };
}

/** The base address with the signal's path (specification, OTLP exporter: endpoint URLs for OTLP/HTTP). */
function signalAddress(endpoint: string, signal: string): string {
  const address = new URL(endpoint);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return address.href;
}
