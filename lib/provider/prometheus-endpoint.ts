/**
 * An address that Prometheus scrapes: a metric reader that collects when it is asked over HTTP. The SDK writes the text; the server is our own, since the SDK's
 * listens on all interfaces unless told otherwise, takes port 0 for its default, and says nothing when the port is taken.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AggregationTemporality, AggregationType, MetricReader } from '@opentelemetry/sdk-metrics';
import { messageOf, report } from '../faults/report.js';
import type { CollectionCount } from './health.js';
import { prometheusText } from './prometheus-text.js';
import { unobserved } from './unobserved.js';

export interface ScrapedAt {
  readonly host: string;
  readonly port: number;
}

const exporter = 'prometheus';

/** Prometheus text format 0.0.4: since Prometheus 3 a scrape without it is refused. */
const format = 'text/plain; version=0.0.4; charset=utf-8';

export class PrometheusEndpoint extends MetricReader {
  readonly #server: Server;
  #exports = 0;
  #failed = 0;
  #lastError: string | undefined;

  /** Listens at once; where it can't, that is reported. */
  constructor(at: ScrapedAt) {
    super({
      aggregationSelector: () => ({ type: AggregationType.DEFAULT }),
      aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE,
    });
    // What is asked of it is no call of the program.
    this.#server = unobserved(() => this.#listen(at));
  }

  /** `http://127.0.0.1:9464/metrics`, once it listens. */
  get address(): string | undefined {
    const address = this.#server.address() as AddressInfo | null;
    if (address === null) return undefined;
    const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return `http://${host}:${address.port}/metrics`;
  }

  count(): CollectionCount {
    const { address } = this;
    return {
      exporter,
      exports: this.#exports,
      failed: this.#failed,
      lastError: this.#lastError,
      ...(address === undefined ? {} : { address }),
    };
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override onShutdown(): Promise<void> {
    this.abandon();
    return Promise.resolve();
  }

  /** Listens no more, whoever is still connected. */
  abandon(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Neither it nor who is connected keeps the process alive. In a cluster, each worker has its own port or none. */
  #listen({ host, port }: ScrapedAt): Server {
    const server = createServer((request, response) => void this.#answer(request, response));
    server.on('connection', (socket) => socket.unref());
    server.on('error', (error) => this.#fail(error));
    return server.listen({ host, port, exclusive: true }).unref();
  }

  async #answer({ method, url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (url.split('?', 1)[0] !== '/metrics') return void response.writeHead(404).end();
    if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    try {
      const { resourceMetrics, errors } = await this.collect();
      const text = prometheusText(resourceMetrics);
      this.#exports += 1;
      if (errors.length > 0) this.#fail(errors[0]);
      response.writeHead(200, { 'content-type': format }).end(text);
    } catch (error) {
      this.#fail(error);
      response.writeHead(500).end();
    }
  }

  #fail(error: unknown): void {
    this.#failed += 1;
    this.#lastError = messageOf(error);
    report('SPANDREL_EXPORT_FAILED', exporter, { signal: 'metrics', exporter, error: this.#lastError });
  }
}
