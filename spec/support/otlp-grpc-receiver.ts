/**
 * A server on loopback that takes OTLP over gRPC as a backend would. It speaks HTTP/2 by Node's own module, since a gRPC server keeps from its
 * handlers how a message was compressed, and that is to be seen here.
 */

import type { SecureServerOptions } from 'node:http2';
import { createSecureServer, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { fromProtobuf } from './otlp-protobuf.js';
import type { OtlpRequest } from './otlp-receiver.js';

/** By the path of the request, the path that the same has over HTTP. */
const paths: Readonly<Record<string, string>> = {
  '/opentelemetry.proto.collector.trace.v1.TraceService/Export': '/v1/traces',
  '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export': '/v1/metrics',
  '/opentelemetry.proto.collector.logs.v1.LogsService/Export': '/v1/logs',
};

const ok = 0;

/** Five bytes: whether it is compressed, and the length of what follows. An empty answer says that all was taken. */
const emptyMessage = Buffer.alloc(5);

export class OtlpGrpcReceiver {
  readonly requests: OtlpRequest[] = [];
  readonly #server: Http2Server;
  readonly #sessions = new Set<{ destroy(): void }>();

  private constructor(server: Http2Server) {
    this.#server = server;
    server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('error', () => undefined);
    });
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      const chunks: Buffer[] = [];
      stream.on('error', () => undefined);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const path = paths[String(headers[':path'])] ?? '(no such method)';
        this.requests.push({ path, headers, body: fromProtobuf(path, messageIn(Buffer.concat(chunks))) });
        stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(ok) }));
        stream.end(emptyMessage);
      });
    });
  }

  /** @param tls its certificate and whom it lets in; none: without TLS. */
  static async start(tls?: SecureServerOptions): Promise<OtlpGrpcReceiver> {
    const server = tls === undefined ? createServer() : createSecureServer(tls);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new OtlpGrpcReceiver(server);
  }

  /** Host and port. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function messageIn(frame: Buffer): Buffer {
  const message = frame.subarray(5, 5 + frame.readUInt32BE(1));
  return frame[0] === 1 ? gunzipSync(message) : message;
}
