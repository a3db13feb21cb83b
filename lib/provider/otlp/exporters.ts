/**
 * The OTLP exporter of a signal, for each way of speaking OTLP.
 */
import { OTLPLogExporter as LogsOverJson } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as LogsOverProtobuf } from '@opentelemetry/exporter-logs-otlp-proto';
import {
  AggregationTemporalityPreference,
  OTLPMetricExporter as MetricsOverJson,
  type OTLPMetricExporterOptions,
} from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as MetricsOverProtobuf } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as TracesOverJson } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as TracesOverProtobuf } from '@opentelemetry/exporter-trace-otlp-proto';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { AggregationType, InstrumentType, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { ResolvedMetrics } from '../settings/resolve-settings.js';
import type { OtlpProtocol } from '../settings/routes.js';
import type { ExportSettings } from '../settings/settings.js';
import { grpcModule, grpcOptions } from './grpc-exporters.js';
import { httpOptions } from './http-options.js';

export function otlpSpans(protocol: OtlpProtocol, settings: ExportSettings): SpanExporter {
  if (protocol === 'grpc') return new (grpcModule('traces').OTLPTraceExporter)(grpcOptions(settings, 'traces'));
  const options = httpOptions(settings, 'traces');
  return protocol === 'http/json' ? new TracesOverJson(options) : new TracesOverProtobuf(options);
}

export function otlpLogs(protocol: OtlpProtocol, settings: ExportSettings): LogRecordExporter {
  if (protocol === 'grpc') return new (grpcModule('logs').OTLPLogExporter)(grpcOptions(settings, 'logs'));
  const options = httpOptions(settings, 'logs');
  return protocol === 'http/json' ? new LogsOverJson(options) : new LogsOverProtobuf(options);
}

export function otlpMetrics(
  protocol: OtlpProtocol,
  settings: ExportSettings,
  metrics: ResolvedMetrics,
): PushMetricExporter {
  const told = metricOptions(metrics);
  if (protocol === 'grpc') {
    return new (grpcModule('metrics').OTLPMetricExporter)({ ...grpcOptions(settings, 'metrics'), ...told });
  }
  const options = { ...httpOptions(settings, 'metrics'), ...told };
  return protocol === 'http/json' ? new MetricsOverJson(options) : new MetricsOverProtobuf(options);
}

const preferences = {
  cumulative: AggregationTemporalityPreference.CUMULATIVE,
  delta: AggregationTemporalityPreference.DELTA,
  lowmemory: AggregationTemporalityPreference.LOWMEMORY,
};

function metricOptions({
  temporality,
  exponential,
}: ResolvedMetrics): Pick<OTLPMetricExporterOptions, 'temporalityPreference' | 'aggregationPreference'> {
  return {
    ...(temporality === undefined ? {} : { temporalityPreference: preferences[temporality] }),
    ...(exponential ? { aggregationPreference: exponentialHistograms } : {}),
  };
}

function exponentialHistograms(type: InstrumentType) {
  const isHistogram = type === InstrumentType.HISTOGRAM;
  return { type: isHistogram ? AggregationType.EXPONENTIAL_HISTOGRAM : AggregationType.DEFAULT } as const;
}
