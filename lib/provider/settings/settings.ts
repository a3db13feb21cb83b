/**
 * What `bootstrap()` can be told. The comments give units, defaults and the environment variable that stands in for a
 * setting left out. Only what this version has is here; `check-settings.ts` refuses the rest by name.
 */
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import type { MetricReader } from '@opentelemetry/sdk-metrics';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** Who is telling: attributes of the resource every span, metric and log carries. */
export interface ServiceSettings {
  /** `service.name`. Default: `OTEL_SERVICE_NAME`, then `OTEL_RESOURCE_ATTRIBUTES`, then `unknown_service:node`. */
  readonly name?: string;
  /** `service.version`. */
  readonly version?: string;
  /** `service.namespace`. */
  readonly namespace?: string;
  /** `deployment.environment.name`. */
  readonly environment?: string;
  /** `service.instance.id`. Default: a random UUID for each start. */
  readonly instance?: string;
}

/** Where the terminal is drawn: anything with `write`, such as `process.stdout`. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How the `console` protocol draws. */
export interface ConsoleSettings {
  /** Where to. Default `process.stdout`. */
  readonly stream?: TextStream;
  /**
   * `'all'` (default): each trace as soon as it is complete. A number: only that many of the slowest traces, drawn at
   * `flush()` and `shutdown()`.
   */
  readonly traces?: 'all' | number;
  /** Also the attributes of each span. Default `false`. */
  readonly attributes?: boolean;
  /** Columns. Default: those of the stream, 100 where it has none. At least 40. */
  readonly width?: number;
  /** Default: when the stream is a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` turns it on. */
  readonly colour?: boolean;
}

export interface ExportSettings {
  /**
   * `'http/json'` (default; OTLP over HTTP), `'console'` (drawn in the terminal) or `'none'` (only your own exporters).
   * `OTEL_EXPORTER_OTLP_PROTOCOL`.
   */
  readonly protocol?: 'http/json' | 'console' | 'none';
  /**
   * Base address of the OTLP receiver; `/v1/traces`, `/v1/metrics` and `/v1/logs` are added. Default
   * `http://localhost:4318`. `OTEL_EXPORTER_OTLP_ENDPOINT`, and for one signal
   * `OTEL_EXPORTER_OTLP_{TRACES,METRICS,LOGS}_ENDPOINT`.
   */
  readonly endpoint?: string;
  /** Sent with each request. `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_EXPORTER_OTLP_{TRACES,METRICS,LOGS}_HEADERS`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default `'none'`. `OTEL_EXPORTER_OTLP_COMPRESSION`. */
  readonly compression?: 'none' | 'gzip';
  /** How long one export may take, retries included, in milliseconds. Default 10,000. `OTEL_EXPORTER_OTLP_TIMEOUT`. */
  readonly timeoutMs?: number;
  readonly console?: ConsoleSettings;
  /** Your own; each has a batch and a buffer of its own, and one that fails does not touch another. */
  readonly spanExporters?: readonly SpanExporter[];
  /** Your own; a reader belongs to one provider, so make it for this call. */
  readonly metricReaders?: readonly MetricReader[];
  readonly logExporters?: readonly LogRecordExporter[];
}

/** How spans and log records are gathered before they are sent, for each exporter. */
export interface BatchSettings {
  /** Records sent at once. Default 512. `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`. */
  readonly size?: number;
  /** How long a record waits at most before it is sent, in milliseconds. Default 5,000. `OTEL_BSP_SCHEDULE_DELAY`. */
  readonly intervalMs?: number;
  /** Records kept waiting at most; more are dropped and counted. Default 10,000. `OTEL_BSP_MAX_QUEUE_SIZE`. */
  readonly buffer?: number;
}

export interface MetricsSettings {
  /** Between two collections, in milliseconds. Default 60,000. `OTEL_METRIC_EXPORT_INTERVAL`. */
  readonly intervalMs?: number;
}

export interface ShutdownSettings {
  /** How long `shutdown()` may take, in milliseconds, where it is not told otherwise. Default 5,000. */
  readonly timeoutMs?: number;
}

export interface LimitSettings {
  /**
   * How long what lasts longer than its call may rest, in milliseconds: an iterator between two steps, a promise of a
   * subclass that nobody asks. Then its span is ended where it was last used. Default 600,000 (ten minutes).
   */
  readonly idleMs?: number;
}

export interface Settings {
  /** A name, or all that is known of the service. */
  readonly service?: string | ServiceSettings;
  readonly export?: ExportSettings;
  readonly batch?: BatchSettings;
  readonly metrics?: MetricsSettings;
  readonly limits?: LimitSettings;
  readonly shutdown?: ShutdownSettings;
  /**
   * Span processors of your own, told in this order and before anything is sent. One that throws touches neither the call
   * nor the others; what it does is not traced.
   */
  readonly processors?: readonly SpanProcessor[];
  /**
   * `'own'` (default): this library starts the OpenTelemetry SDK, and refuses to where one is registered already.
   * `'existing'`: the one that is registered is used, by way of the OpenTelemetry API. What it was set up with decides, so `service`,
   * `export`, `batch`, `metrics` and `processors` are refused beside it; `shutdown()` leaves it running.
   */
  readonly provider?: 'own' | 'existing';
  /** This version does not redact; `false` says that you know. */
  readonly redaction?: false;
}
