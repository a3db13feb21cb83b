/**
 * A real HTTP server on loopback that takes OTLP over HTTP as a backend would, in protobuf or JSON, and can be told to misbehave as backends do.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { fromProtobuf } from './otlp-protobuf.js';

export interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: OtlpValue[] };
  readonly kvlistValue?: { readonly values: OtlpAttribute[] };
}
export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  /** Those of the trace are the last eight bits. */
  readonly flags?: number;
  readonly name: string;
  readonly kind: number;
  readonly attributes: OtlpAttribute[];
  readonly status: { readonly code: number; readonly message?: string };
  readonly events: { readonly name: string; readonly attributes: OtlpAttribute[] }[];
}
export interface OtlpLog {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly severityText: string;
  readonly body: OtlpValue;
  readonly attributes: OtlpAttribute[];
}
export interface OtlpPoint {
  readonly attributes: OtlpAttribute[];
  readonly asInt?: number | string;
  readonly asDouble?: number;
  readonly count?: number | string;
  readonly sum?: number;
  readonly explicitBounds?: number[];
  readonly bucketCounts?: (number | string)[];
}
export interface OtlpMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly sum?: {
    readonly dataPoints: OtlpPoint[];
    readonly isMonotonic: boolean;
    readonly aggregationTemporality: number;
  };
  readonly gauge?: { readonly dataPoints: OtlpPoint[] };
  readonly histogram?: { readonly dataPoints: OtlpPoint[] };
}

export interface OtlpRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** How the next requests are answered; `'hang'` never does. */
export type Answer = number | 'hang';

export class OtlpReceiver {
  readonly requests: OtlpRequest[] = [];
  answer: Answer = 200;
  /** Told of each request, once it is here in full and before it is answered. */
  onRequest: (path: string) => void = () => undefined;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param tls its certificate and whom it lets in; none: without TLS. */
  static async start(tls?: TlsOptions): Promise<OtlpReceiver> {
    const server = tls === undefined ? createServer() : createSecureServer(tls);
    const receiver = new OtlpReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        receiver.onRequest(request.url ?? '');
        if (receiver.answer === 'hang') return;
        const raw = Buffer.concat(chunks);
        const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
        if (receiver.answer === 200) {
          receiver.requests.push({
            path: request.url ?? '',
            headers: request.headers,
            body: bodyOf(request.url ?? '', request.headers, bytes),
          });
        }
        response.writeHead(receiver.answer, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** Host and port. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get endpoint(): string {
    return `http://${this.address}`;
  }

  spans(): OtlpSpan[] {
    return this.#records('/v1/traces', 'resourceSpans', 'scopeSpans', 'spans') as OtlpSpan[];
  }

  logs(): OtlpLog[] {
    return this.#records('/v1/logs', 'resourceLogs', 'scopeLogs', 'logRecords') as OtlpLog[];
  }

  /** The metrics of the last export alone: cumulative figures are complete in it. */
  lastMetrics(): OtlpMetric[] {
    const last = this.requests.filter(({ path }) => path === '/v1/metrics').slice(-1);
    return recordsIn(last, 'resourceMetrics', 'scopeMetrics', 'metrics') as OtlpMetric[];
  }

  resource(path: string): Record<string, unknown> {
    const request = this.requests.find((one) => one.path === path);
    const [list] = Object.values(request?.body ?? {}) as { resource: { attributes: OtlpAttribute[] } }[][];
    return plainAttributes(list?.[0]?.resource.attributes ?? []);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #records(path: string, outer: string, inner: string, records: string): unknown[] {
    return recordsIn(
      this.requests.filter((request) => request.path === path),
      outer,
      inner,
      records,
    );
  }
}

function bodyOf(path: string, headers: IncomingHttpHeaders, bytes: Buffer): Record<string, unknown> {
  if (headers['content-type'] === 'application/x-protobuf') return fromProtobuf(path, bytes);
  return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
}

function recordsIn(requests: readonly OtlpRequest[], outer: string, inner: string, records: string): unknown[] {
  return requests.flatMap(({ body }) =>
    (body[outer] as Record<string, Record<string, unknown[]>[]>[]).flatMap((one) =>
      (one[inner] ?? []).flatMap((scope) => scope[records] ?? []),
    ),
  );
}

/** Attributes as a plain object, 64-bit numbers (text in JSON) as numbers. */
export function plainAttributes(attributes: readonly OtlpAttribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: OtlpValue): unknown {
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.arrayValue !== undefined) return value.arrayValue.values.map(plainValue);
  if (value.kvlistValue !== undefined) return plainAttributes(value.kvlistValue.values);
  return value.stringValue ?? value.doubleValue ?? value.boolValue;
}
