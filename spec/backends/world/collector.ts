/**
 * A real Collector between the program and a receiver of ours: it takes OTLP by gRPC and by HTTP on loopback, and hands on
 * what it took before it answers, so that what it has confirmed has arrived.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectorProgram } from '../parts/install-collector.js';
import { freePorts } from './free-ports.js';
import { NotStarted, StartedProgram } from './started-program.js';

export interface CollectorOptions {
  /** The address of the receiver that it hands on to. */
  readonly to: string;
  /** The token that a request must bear. */
  readonly token?: string;
  /** Files of a certificate and its key; with `clientCa` a client must show a certificate too. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly clientCa?: string };
}

export class Collector {
  readonly #options: CollectorOptions;
  readonly #folder: string;
  #ports: readonly number[] = [];
  #program: StartedProgram | undefined;

  private constructor(options: CollectorOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
  }

  static async start(options: CollectorOptions): Promise<Collector> {
    const collector = new Collector(options, await mkdtemp(join(tmpdir(), 'spandrel-collector-')));
    await collector.#startAnywhere(5);
    return collector;
  }

  get #scheme(): string {
    return this.#options.tls === undefined ? 'http' : 'https';
  }

  /** Where it takes OTLP by gRPC. */
  get grpc(): string {
    return `${this.#scheme}://127.0.0.1:${this.#ports[0]}`;
  }

  /** Where it takes OTLP by HTTP, JSON and protobuf. */
  get http(): string {
    return `${this.#scheme}://127.0.0.1:${this.#ports[1]}`;
  }

  /** Where it can be scraped for the metrics that it took. */
  get scraped(): string {
    return `http://127.0.0.1:${this.#ports[2]}/metrics`;
  }

  get log(): string {
    return this.#program?.log ?? '';
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    await this.#program?.end('SIGKILL');
    this.#program = undefined;
  }

  /** Starts it again where it was. */
  async restart(): Promise<void> {
    await this.kill();
    await this.#startHere();
  }

  /** Lets it hang: it takes connections, and answers nothing. */
  pause(): void {
    this.#program?.pause();
  }

  resume(): void {
    this.#program?.resume();
  }

  async stop(): Promise<void> {
    await this.#program?.end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #startAnywhere(attempts: number): Promise<void> {
    this.#ports = await freePorts(3);
    try {
      await this.#startHere();
    } catch (error) {
      const taken = error instanceof NotStarted && error.message.includes('address already in use');
      if (!taken || attempts <= 1) throw error;
      await this.#startAnywhere(attempts - 1);
    }
  }

  async #startHere(): Promise<void> {
    const configuration = join(this.#folder, 'config.json');
    // YAML holds JSON.
    await writeFile(configuration, JSON.stringify(this.#configuration()));
    this.#program = await StartedProgram.start(collectorProgram(), ['--config', configuration], /Everything is ready/);
  }

  #configuration(): unknown {
    const { to, token, tls } = this.#options;
    const side = (port: number | undefined): unknown => ({
      endpoint: `127.0.0.1:${port}`,
      ...(token === undefined ? {} : { auth: { authenticator: 'bearertokenauth' } }),
      ...(tls === undefined
        ? {}
        : { tls: { cert_file: tls.cert, key_file: tls.key, ...(tls.clientCa && { client_ca_file: tls.clientCa }) } }),
    });
    const pipeline = { receivers: ['otlp'], processors: ['memory_limiter'], exporters: ['otlp_http'] };
    return {
      receivers: { otlp: { protocols: { grpc: side(this.#ports[0]), http: side(this.#ports[1]) } } },
      processors: { memory_limiter: { check_interval: '1s', limit_mib: 512 } },
      exporters: {
        otlp_http: {
          endpoint: to,
          encoding: 'json',
          compression: 'none',
          sending_queue: { enabled: false },
          retry_on_failure: { enabled: false },
        },
        prometheus: { endpoint: `127.0.0.1:${this.#ports[2]}` },
      },
      extensions: token === undefined ? {} : { bearertokenauth: { token } },
      service: {
        extensions: token === undefined ? [] : ['bearertokenauth'],
        telemetry: { metrics: { level: 'none' } },
        pipelines: {
          traces: pipeline,
          metrics: { ...pipeline, exporters: ['otlp_http', 'prometheus'] },
          logs: pipeline,
        },
      },
    };
  }
}
