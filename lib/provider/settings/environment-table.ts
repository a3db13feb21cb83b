/**
 * Every environment variable that has a meaning here, with what it may be. Those of the OpenTelemetry specification
 * (configuration by environment variables; OTLP exporter; Prometheus exporter) and three of the JavaScript SDK's, by which settings left out are
 * given. `environment.ts` holds what is set against it; `docs/reference/environment.md` is this table in words.
 */
import { readFileSync } from 'node:fs';
import { type TextRule, textRules } from './environment-rules.js';
import type { ValueRule } from './rules.js';

const { anything, count, headers, listOf, milliseconds, oneOf, pairs, port, positive, ratio, url } = textRules;

const protocol = oneOf('grpc', 'http/protobuf', 'http/json');
const compression = oneOf('none', 'gzip');
const boolean = oneOf('true', 'false');

/** The SDK takes none at all for no limit. */
const characters = positive(Number.MAX_SAFE_INTEGER);

const isHostAndPort = (value: string): boolean => /^[\w.-]+:\d+$/.test(value) && URL.canParse(`http://${value}`);

/** Over gRPC an address may have no scheme. */
const receiver: ValueRule = {
  allowed: 'an address, such as http://localhost:4318',
  accepts: (value) => url.accepts(value) || isHostAndPort(String(value)) || /^unix:/.test(String(value)),
};

const file: ValueRule = {
  allowed: 'a file in PEM that can be read',
  accepts: (value) => {
    try {
      return readFileSync(String(value), 'latin1').includes('-----BEGIN ');
    } catch {
      return false;
    }
  },
};

export const environmentTable = {
  OTEL_SDK_DISABLED: boolean,
  OTEL_LOG_LEVEL: oneOf('none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'),
  OTEL_SERVICE_NAME: anything,
  OTEL_RESOURCE_ATTRIBUTES: pairs,
  OTEL_NODE_RESOURCE_DETECTORS: listOf('env', 'host', 'os', 'process', 'container', 'serviceinstance', 'all', 'none'),
  OTEL_PROPAGATORS: listOf('tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger', 'none'),

  OTEL_TRACES_SAMPLER: oneOf(
    'always_on',
    'always_off',
    'traceidratio',
    'parentbased_always_on',
    'parentbased_always_off',
    'parentbased_traceidratio',
  ),
  OTEL_TRACES_SAMPLER_ARG: ratio,

  OTEL_TRACES_EXPORTER: listOf('otlp', 'console', 'none'),
  OTEL_METRICS_EXPORTER: listOf('otlp', 'prometheus', 'console', 'none'),
  OTEL_LOGS_EXPORTER: listOf('otlp', 'console', 'none'),

  OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: protocol,
  OTEL_EXPORTER_OTLP_ENDPOINT: receiver,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: receiver,
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: receiver,
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: receiver,
  OTEL_EXPORTER_OTLP_HEADERS: headers,
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: headers,
  OTEL_EXPORTER_OTLP_METRICS_HEADERS: headers,
  OTEL_EXPORTER_OTLP_LOGS_HEADERS: headers,
  OTEL_EXPORTER_OTLP_COMPRESSION: compression,
  OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: compression,
  OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: compression,
  OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: compression,
  OTEL_EXPORTER_OTLP_TIMEOUT: milliseconds,
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: milliseconds,
  OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: milliseconds,
  OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: milliseconds,
  OTEL_EXPORTER_OTLP_INSECURE: boolean,
  OTEL_EXPORTER_OTLP_TRACES_INSECURE: boolean,
  OTEL_EXPORTER_OTLP_METRICS_INSECURE: boolean,
  OTEL_EXPORTER_OTLP_LOGS_INSECURE: boolean,
  OTEL_EXPORTER_OTLP_CERTIFICATE: file,
  OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE: file,
  OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE: file,
  OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE: file,
  OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: file,
  OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE: file,
  OTEL_EXPORTER_OTLP_METRICS_CLIENT_CERTIFICATE: file,
  OTEL_EXPORTER_OTLP_LOGS_CLIENT_CERTIFICATE: file,
  OTEL_EXPORTER_OTLP_CLIENT_KEY: file,
  OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: file,
  OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY: file,
  OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY: file,
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: oneOf('cumulative', 'delta', 'lowmemory'),
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: oneOf(
    'explicit_bucket_histogram',
    'base2_exponential_bucket_histogram',
  ),
  OTEL_EXPORTER_PROMETHEUS_HOST: anything,
  OTEL_EXPORTER_PROMETHEUS_PORT: port,

  OTEL_BSP_SCHEDULE_DELAY: milliseconds,
  OTEL_BSP_EXPORT_TIMEOUT: milliseconds,
  OTEL_BSP_MAX_QUEUE_SIZE: positive(10_000_000),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: positive(1_000_000),
  OTEL_BLRP_SCHEDULE_DELAY: milliseconds,
  OTEL_BLRP_EXPORT_TIMEOUT: milliseconds,
  OTEL_BLRP_MAX_QUEUE_SIZE: positive(10_000_000),
  OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: positive(1_000_000),
  OTEL_METRIC_EXPORT_INTERVAL: milliseconds,
  OTEL_METRIC_EXPORT_TIMEOUT: milliseconds,

  OTEL_ATTRIBUTE_COUNT_LIMIT: count,
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: characters,
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: count,
  OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: characters,
  OTEL_SPAN_EVENT_COUNT_LIMIT: count,
  OTEL_SPAN_LINK_COUNT_LIMIT: count,
  OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: count,
  OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: count,
  OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT: count,
  OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT: count,
  OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: count,
  OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: characters,
} as const satisfies Readonly<Record<string, TextRule>>;

export type Variable = keyof typeof environmentTable;
