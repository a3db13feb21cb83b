/**
 * The OTLP exporters over gRPC. Their packages are large and wanted by few, so they are the user's to install: each is loaded when its
 * signal is sent that way.
 */
import { readFileSync } from 'node:fs';
import type * as Grpc from '@grpc/grpc-js';
import type * as LogsGrpc from '@opentelemetry/exporter-logs-otlp-grpc';
import type * as MetricsGrpc from '@opentelemetry/exporter-metrics-otlp-grpc';
import type * as TracesGrpc from '@opentelemetry/exporter-trace-otlp-grpc';
import { shown } from '../../faults/fault.js';
import { settingFault } from '../../faults/setting-fault.js';
import { loadPeer } from '../peers.js';
import type { Signal } from '../settings/routes.js';
import type { ExportSettings, TlsSettings } from '../settings/settings.js';
import { compressionOf } from './http-options.js';

const asked = 'OTLP over gRPC (export.protocol, OTEL_EXPORTER_OTLP_PROTOCOL)';

type GrpcOptions = NonNullable<ConstructorParameters<typeof TracesGrpc.OTLPTraceExporter>[0]>;

interface Exporters {
  readonly traces: typeof TracesGrpc;
  readonly metrics: typeof MetricsGrpc;
  readonly logs: typeof LogsGrpc;
}

const packages = {
  traces: '@opentelemetry/exporter-trace-otlp-grpc',
  metrics: '@opentelemetry/exporter-metrics-otlp-grpc',
  logs: '@opentelemetry/exporter-logs-otlp-grpc',
} as const;

/** The module of a signal's exporter. Throws a `SpandrelFault` that says what to install. */
export function grpcModule<S extends Signal>(signal: S): Exporters[S] {
  return loadPeer<Exporters[S]>(packages[signal], asked);
}

/**
 * Only what was given: the rest the exporter reads from `OTEL_EXPORTER_OTLP_*` by itself. What it would read later than now, as it
 * first sends, is read here.
 */
export function grpcOptions(settings: ExportSettings, signal: Signal): GrpcOptions {
  const { endpoint, headers, compression, timeoutMs, tls } = settings;
  return {
    ...(endpoint === undefined ? {} : { url: endpoint }),
    ...(headers === undefined ? {} : { metadata: metadataOf(headers) }),
    ...(compression === undefined ? {} : { compression: compressionOf(compression) }),
    ...(timeoutMs === undefined ? {} : { timeoutMillis: timeoutMs }),
    ...(tls === undefined ? credentialsInEnvironment(signal, endpoint) : { credentials: credentialsOf(tls) }),
  };
}

/** A scheme says whether there is TLS; without one there is, unless `…_INSECURE` (specification, OTLP exporter). */
function credentialsInEnvironment(signal: Signal, inCode: string | undefined): Pick<GrpcOptions, 'credentials'> {
  const read = (what: string): string | undefined =>
    process.env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${what}`] ?? process.env[`OTEL_EXPORTER_OTLP_${what}`];
  const address = inCode ?? read('ENDPOINT') ?? 'http://localhost:4317';
  const isPlain = /^http:/i.test(address) || (!/^https:/i.test(address) && read('INSECURE') === 'true');
  if (isPlain) return { credentials: grpc().credentials.createInsecure() };
  const bytes = (what: string): Buffer | undefined => {
    const file = read(what);
    return file === undefined ? undefined : readFileSync(file);
  };
  const [cert, key] = [bytes('CLIENT_CERTIFICATE'), bytes('CLIENT_KEY')];
  const ca = bytes('CERTIFICATE');
  try {
    return { credentials: credentialsOf({ ...(ca && { ca }), ...(cert && key && { cert, key }) }) };
  } catch {
    // Files that are no good, or don't go together, stop no program: the exporter comes to it as it sends, and fails.
    return {};
  }
}

const grpc = (): typeof Grpc => loadPeer<typeof Grpc>('@grpc/grpc-js', asked);

function metadataOf(headers: Readonly<Record<string, string>>): Grpc.Metadata {
  const metadata = new (grpc().Metadata)();
  for (const [name, value] of Object.entries(headers)) {
    const setting = 'export.headers';
    const allowed =
      'names of letters, digits, "-", "_" and ".", not ending in "-bin", and printable ASCII: what gRPC can send';
    givenTo(setting, `${name}: ${value}`, allowed, () => metadata.set(name, value));
  }
  return metadata;
}

function credentialsOf({ ca, cert, key, minVersion }: TlsSettings): Grpc.ChannelCredentials {
  if (minVersion !== undefined) {
    const setting = 'export.tls.minVersion';
    const allowed = 'nothing beside the protocol "grpc", which chooses by itself';
    throw settingFault('SPANDREL_SETTING_INVALID', setting, { setting, value: `"${minVersion}"`, allowed });
  }
  const bytes = (given: string | Uint8Array | undefined): Buffer | null => (given ? Buffer.from(given) : null);
  const given = Object.entries({ ca, cert, key }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const allowed = '"cert" and "key" together, in PEM, and "ca"';
  return givenTo('export.tls', given, allowed, () => grpc().credentials.createSsl(bytes(ca), bytes(key), bytes(cert)));
}

/** What gRPC refuses by throwing, as the fault of a setting. */
function givenTo<T>(setting: string, value: unknown, allowed: string, work: () => T): T {
  try {
    return work();
  } catch {
    throw settingFault('SPANDREL_SETTING_INVALID', setting, { setting, value: shown(value), allowed });
  }
}
