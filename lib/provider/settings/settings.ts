/**
 * What `bootstrap()` can be told. The comments give units, defaults and the environment variable that stands in for a
 * setting left out. Only what this version has is here; `check-settings.ts` refuses the rest by name.
 */
import type { MeterProvider, TextMapPropagator, TracerProvider } from '@opentelemetry/api';
import type { LoggerProvider } from '@opentelemetry/api-logs';
import type { ResourceDetector } from '@opentelemetry/resources';
import type { LogRecordExporter, LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { MetricReader, ViewOptions } from '@opentelemetry/sdk-metrics';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { LimitSettings } from './limit-settings.js';
import type { SamplingSettings } from './sampling-settings.js';

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
  /** Called with whole lines. */
  write(text: string): unknown;
  /** Whether somebody looks at it, so that colours are wanted. Default `false`. */
  readonly isTTY?: boolean;
  /** How wide it is, in characters. Default 100. */
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

/** Certificates and keys in PEM, as texts or as read from files. Where none is given, `OTEL_EXPORTER_OTLP_*CERTIFICATE` and `…_CLIENT_KEY` name files. */
export interface TlsSettings {
  /** Whom to trust in place of Node's own list of authorities. */
  readonly ca?: string | Uint8Array;
  /** The certificate to show to the receiver; goes with `key`. */
  readonly cert?: string | Uint8Array;
  /** The private key of `cert`. */
  readonly key?: string | Uint8Array;
  /** Default: Node's, `'TLSv1.2'`. Over gRPC it can't be chosen, and is refused. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
}

/** An address that Prometheus scrapes, at the path `/metrics`. */
export interface PrometheusSettings {
  /** Which interface to listen on. Default `'localhost'` (specification, Prometheus exporter). `OTEL_EXPORTER_PROMETHEUS_HOST`. */
  readonly host?: string;
  /** Default 9464; 0 takes any free port, which `health()` tells. `OTEL_EXPORTER_PROMETHEUS_PORT`. */
  readonly port?: number;
}

/** Where spans, metrics and log records go, and how. */
export interface ExportSettings {
  /**
   * How all signals are sent: `'http/protobuf'` (default), `'http/json'` or `'grpc'` (OTLP), `'console'` (drawn in the terminal) or
   * `'none'` (only your own exporters). It goes over `OTEL_{TRACES,METRICS,LOGS}_EXPORTER` and
   * `OTEL_EXPORTER_OTLP_{TRACES_,METRICS_,LOGS_,}PROTOCOL`, which can choose for each signal.
   */
  readonly protocol?: 'http/json' | 'http/protobuf' | 'grpc' | 'console' | 'none';
  /**
   * Base address of the OTLP receiver; over HTTP `/v1/traces`, `/v1/metrics` and `/v1/logs` are added. Default
   * `http://localhost:4318`, over gRPC `http://localhost:4317`. `OTEL_EXPORTER_OTLP_ENDPOINT`, and for one signal
   * `OTEL_EXPORTER_OTLP_{TRACES,METRICS,LOGS}_ENDPOINT`.
   */
  readonly endpoint?: string;
  /**
   * Several OTLP receivers in place of `endpoint`, in any order. Each trace, with its log records, goes to the one that its id chooses: the
   * same from every process with this list. Metrics go to the one that `service.instance.id` chooses.
   */
  readonly endpoints?: readonly string[];
  /** Sent with each request. `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_EXPORTER_OTLP_{TRACES,METRICS,LOGS}_HEADERS`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default `'none'`. `OTEL_EXPORTER_OTLP_COMPRESSION`. */
  readonly compression?: 'none' | 'gzip';
  /** How long one export may take, retries included, in milliseconds. Default 10,000. `OTEL_EXPORTER_OTLP_TIMEOUT`. */
  readonly timeoutMs?: number;
  /** Certificates for OTLP over TLS. Default: those the environment names, else Node's own list of authorities. */
  readonly tls?: TlsSettings;
  /** How `protocol: 'console'` draws. */
  readonly console?: ConsoleSettings;
  /** Metrics to be scraped, beside what else is done with them. `OTEL_METRICS_EXPORTER=prometheus`. */
  readonly prometheus?: PrometheusSettings;
  /** Your own; each has a batch and a buffer of its own, and one that fails does not touch another. */
  readonly spanExporters?: readonly SpanExporter[];
  /** Your own; a reader belongs to one provider, so make it for this call. */
  readonly metricReaders?: readonly MetricReader[];
  /** Your own; each has a batch and a buffer of its own, as span exporters have. */
  readonly logExporters?: readonly LogRecordExporter[];
}

/** How spans and log records are gathered before they are sent, for each exporter. */
export interface BatchSettings {
  /** Records sent at once. Default 512. `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`, of log records `OTEL_BLRP_MAX_EXPORT_BATCH_SIZE`. */
  readonly size?: number;
  /** How long a record waits at most before it is sent, in milliseconds. Default 5,000. `OTEL_BSP_SCHEDULE_DELAY`, `OTEL_BLRP_SCHEDULE_DELAY`. */
  readonly intervalMs?: number;
  /**
   * Records kept waiting at most; more are dropped and counted, of spans by whole traces. It bounds ended spans wherever in the process they
   * wait: for their trace to be decided about, and to be sent. Default 10,000. `OTEL_BSP_MAX_QUEUE_SIZE`, `OTEL_BLRP_MAX_QUEUE_SIZE`.
   */
  readonly buffer?: number;
}

/** How often metrics are collected, what form they have, and which are brought along. */
export interface MetricsSettings {
  /** Between two collections, in milliseconds. Default 60,000. `OTEL_METRIC_EXPORT_INTERVAL`. */
  readonly intervalMs?: number;
  /**
   * What OTLP is told: totals since the start (`'cumulative'`, default), what was added since the last time (`'delta'`), or delta only where
   * that needs less memory (`'lowmemory'`). `OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE`.
   */
  readonly temporality?: 'cumulative' | 'delta' | 'lowmemory';
  /** Views as the OpenTelemetry SDK has them, for all metrics of the process. */
  readonly views?: readonly ViewOptions[];
  /** Metrics of the machine and the process, by `@opentelemetry/host-metrics`, which you install. Default `false`. */
  readonly host?: boolean;
  /**
   * Telemetry's own figures as metrics `spandrel.*`: what was kept, dropped and sent, as `health()` tells it. Default: `true` where
   * `sampling` is set, else `false`.
   */
  readonly own?: boolean;
  /** Metrics of V8 and the event loop, by `@opentelemetry/instrumentation-runtime-node`, which you install. Default `false`. */
  readonly runtime?: boolean;
}

/** An OpenTelemetry instrumentation, such as `new HttpInstrumentation()`: what of it is used here. */
export interface InstrumentationPlugin {
  /** What it calls itself: the name of its package. */
  readonly instrumentationName: string;
  /** Called by `bootstrap()`, once it has its providers. */
  enable(): void;
  /** Called by `shutdown()`. */
  disable(): void;
  /** Told whose spans it makes. */
  setTracerProvider(provider: TracerProvider): void;
  /** Told whose instruments it records with. */
  setMeterProvider(provider: MeterProvider): void;
  /** Told whose log records it writes, if it writes any. */
  setLoggerProvider?(provider: LoggerProvider): void;
}

/** How a trace is written into requests: W3C (`tracecontext`, `baggage`), B3 in one header or several, Jaeger; `none` for not at all. */
export type PropagatorName = 'tracecontext' | 'baggage' | 'b3' | 'b3multi' | 'jaeger' | 'none';

/** A detector of OpenTelemetry, by the name that `OTEL_NODE_RESOURCE_DETECTORS` has for it; `env` adds nothing to what is read already. */
export type DetectorName = 'host' | 'os' | 'process' | 'container' | 'serviceinstance' | 'env';

/** A signal whose own effect is that the process ends. */
export type StopSignal = 'SIGTERM' | 'SIGINT' | 'SIGHUP' | 'SIGQUIT' | 'SIGUSR2' | 'SIGBREAK';

/** What happens when the process ends. */
export interface ShutdownSettings {
  /**
   * What is waiting is sent when one of these signals comes, and when the process has nothing more to do ('beforeExit'). How the
   * process ends stays as it is. `true`: `SIGTERM` and `SIGINT`. `false`: neither signals nor 'beforeExit' are listened
   * to. Default `true`; `false` with `provider: 'existing'`.
   */
  readonly signals?: boolean | readonly StopSignal[];
  /** How long `shutdown()` may take, in milliseconds, where it is not told otherwise. Default 5,000. */
  readonly timeoutMs?: number;
}

/**
 * All that `bootstrap()` can be told; all of it can be left out. Code goes over environment, and environment over default. A setting that is
 * wrong is thrown as a {@link SpandrelFault}, before anything is started.
 */
export interface Settings {
  /** A name, or all that is known of the service. */
  readonly service?: string | ServiceSettings;
  /** Default: OTLP over HTTP with protobuf, to `http://localhost:4318`. */
  readonly export?: ExportSettings;
  /** How spans and log records are gathered. */
  readonly batch?: BatchSettings;
  /** Collection of metrics. */
  readonly metrics?: MetricsSettings;
  /** Which traces are kept. Default: as `OTEL_TRACES_SAMPLER` says, else all. */
  readonly sampling?: SamplingSettings;
  /** What is bounded. */
  readonly limits?: LimitSettings;
  /** Signals, and how long the end may take. */
  readonly shutdown?: ShutdownSettings;
  /**
   * Span processors of your own, told in this order and before anything is sent. One that throws touches neither the call
   * nor the others; what it does is not traced.
   */
  readonly processors?: readonly SpanProcessor[];
  /** Log record processors of your own, in this order and before anything is sent; guarded in the same way. */
  readonly logProcessors?: readonly LogRecordProcessor[];
  /**
   * How the trace goes from process to process, in this order. Default `['tracecontext', 'baggage']`. `OTEL_PROPAGATORS`.
   */
  readonly propagators?: readonly (PropagatorName | TextMapPropagator)[];
  /**
   * What else finds out about this process, for the resource: by name, or your own. Default none. `OTEL_NODE_RESOURCE_DETECTORS`.
   * `'container'` needs `@opentelemetry/resource-detector-container`, which you install. `service` and `OTEL_RESOURCE_ATTRIBUTES` go over them.
   */
  readonly detectors?: readonly (DetectorName | ResourceDetector)[];
  /** OpenTelemetry's instrumentations of other libraries. Switched on here and off by `shutdown()`. */
  readonly instrumentations?: readonly InstrumentationPlugin[];
  /**
   * `'own'` (default): this library starts the OpenTelemetry SDK, and refuses to where one is registered already.
   * `'existing'`: the one that is registered is used, by way of the OpenTelemetry API. What it was set up with decides, so `service`,
   * `export`, `batch`, `metrics` and `processors` are refused beside it; `shutdown()` leaves it running.
   */
  readonly provider?: 'own' | 'existing';
  /** This version does not redact; `false` says that you know. */
  readonly redaction?: false;
}
