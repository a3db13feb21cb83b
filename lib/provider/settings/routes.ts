/**
 * Which way each signal goes out: over OTLP and how that is spoken, to the terminal, or to be scraped. Code over environment, and in
 * the environment the signal's own variable over the general one.
 */
import { ignore, type ReadEnvironment } from './environment.js';
import { httpAddress } from './rules.js';
import type { ExportSettings } from './settings.js';

export type OtlpProtocol = 'http/json' | 'http/protobuf' | 'grpc';

export type Signal = 'traces' | 'metrics' | 'logs';

export interface Route {
  /** How OTLP is spoken; `undefined` where it is not. */
  readonly otlp: OtlpProtocol | undefined;
  /** The address of the environment is none for HTTP: the default stands in for it. */
  readonly atDefault: boolean;
  readonly console: boolean;
}

export interface Routes {
  readonly traces: Route;
  readonly metrics: Route;
  readonly logs: Route;
  readonly prometheus: { readonly host: string; readonly port: number } | undefined;
}

const variables = {
  traces: {
    exporter: 'OTEL_TRACES_EXPORTER',
    protocol: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
    endpoint: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  },
  metrics: {
    exporter: 'OTEL_METRICS_EXPORTER',
    protocol: 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
    endpoint: 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
  },
  logs: {
    exporter: 'OTEL_LOGS_EXPORTER',
    protocol: 'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL',
    endpoint: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
  },
} as const;

export function routesFor(settings: ExportSettings, environment: ReadEnvironment): Routes {
  return {
    traces: routeOf('traces', settings, environment),
    metrics: routeOf('metrics', settings, environment),
    logs: routeOf('logs', settings, environment),
    prometheus: scraped(settings, environment),
  };
}

function routeOf(signal: Signal, settings: ExportSettings, environment: ReadEnvironment): Route {
  const { otlp, console } = wayOf(signal, settings, environment);
  const asksEnvironment =
    otlp !== undefined && otlp !== 'grpc' && (settings.endpoint ?? settings.endpoints) === undefined;
  return { otlp, console, atDefault: asksEnvironment && !isHttp(signal, environment) };
}

function wayOf(
  signal: Signal,
  { protocol }: ExportSettings,
  environment: ReadEnvironment,
): Pick<Route, 'otlp' | 'console'> {
  if (protocol === 'console' || protocol === 'none') return { otlp: undefined, console: protocol === 'console' };
  if (protocol !== undefined) return { otlp: protocol, console: false };
  const exporters = exportersOf(signal, environment);
  return {
    otlp: exporters.includes('otlp') ? protocolOf(signal, environment) : undefined,
    console: exporters.includes('console'),
  };
}

/** Whether the address that the environment gives, if any, is one for HTTP; over gRPC it needs no scheme. */
function isHttp(signal: Signal, environment: ReadEnvironment): boolean {
  const { endpoint } = variables[signal];
  const variable = environment.text(endpoint) === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : endpoint;
  const address = environment.text(variable);
  if (address === undefined || httpAddress.accepts(address)) return true;
  ignore(variable, address, httpAddress.allowed);
  return false;
}

/** `none` goes over what stands beside it. */
function exportersOf(signal: Signal, environment: ReadEnvironment): readonly string[] {
  const exporters = environment.words(variables[signal].exporter) ?? ['otlp'];
  return exporters.includes('none') ? [] : exporters;
}

/** The specification's default (OTLP exporter): every receiver of OTLP over HTTP takes it. */
function protocolOf(signal: Signal, environment: ReadEnvironment): OtlpProtocol {
  return (
    environment.word<OtlpProtocol>(variables[signal].protocol) ??
    environment.word<OtlpProtocol>('OTEL_EXPORTER_OTLP_PROTOCOL') ??
    'http/protobuf'
  );
}

function scraped({ protocol, prometheus }: ExportSettings, environment: ReadEnvironment): Routes['prometheus'] {
  const asked = protocol === undefined && exportersOf('metrics', environment).includes('prometheus');
  if (prometheus === undefined && !asked) return undefined;
  return {
    host: prometheus?.host ?? environment.text('OTEL_EXPORTER_PROMETHEUS_HOST') ?? 'localhost',
    port: prometheus?.port ?? environment.number('OTEL_EXPORTER_PROMETHEUS_PORT') ?? 9464,
  };
}
