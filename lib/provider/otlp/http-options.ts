/**
 * What the OTLP exporters over HTTP are told. What is not given in code they read from `OTEL_EXPORTER_OTLP_*` themselves, general
 * and per signal, as the specification has it.
 */

import type { OTLPExporterNodeConfigBase } from '@opentelemetry/otlp-exporter-base';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import type { Signal } from '../settings/routes.js';
import type { ExportSettings, TlsSettings } from '../settings/settings.js';

/** Only what was given: an explicit `undefined` would hide the environment's value. */
export function httpOptions(
  { endpoint, headers, compression, timeoutMs, tls }: ExportSettings,
  signal: Signal,
): OTLPExporterNodeConfigBase {
  return {
    ...(endpoint === undefined ? {} : { url: signalAddress(endpoint, signal) }),
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(compression === undefined ? {} : { compression: compressionOf(compression) }),
    ...(timeoutMs === undefined ? {} : { timeoutMillis: timeoutMs }),
    ...(tls === undefined ? {} : { httpAgentOptions: agentOptions(tls) }),
  };
}

export function compressionOf(compression: 'none' | 'gzip'): CompressionAlgorithm {
  return compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE;
}

/** Node's agent takes bytes as buffers only. */
function agentOptions({ ca, cert, key, minVersion }: TlsSettings) {
  return {
    keepAlive: true,
    ...(ca === undefined ? {} : { ca: Buffer.from(ca) }),
    ...(cert === undefined ? {} : { cert: Buffer.from(cert) }),
    ...(key === undefined ? {} : { key: Buffer.from(key) }),
    ...(minVersion === undefined ? {} : { minVersion }),
  };
}

/** The base address with the signal's path (specification, OTLP exporter: endpoint URLs for OTLP/HTTP). */
function signalAddress(endpoint: string, signal: Signal): string {
  const address = new URL(endpoint);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return address.href;
}
