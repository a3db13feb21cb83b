/**
 * A Collector of the second tier, as the sample has it: started with the very file that the sample and the guide show. It says
 * itself what it took and decided.
 */
import { collectorProgram } from '../parts/install-collector.js';
import { freePorts } from './free-ports.js';
import { NotStarted, StartedProgram } from './started-program.js';

export const configuration = 'samples/two-tier/collector.yaml';

export interface TailSamplingOptions {
  /** The address of the receiver that it hands on to. */
  readonly to: string;
  /** From the first span of a trace to the decision, as Go writes durations. */
  readonly decisionWait: string;
}

export class TailSamplingCollector {
  /** Where it takes OTLP over HTTP. */
  readonly http: string;
  readonly grpc: string;
  readonly #ownMetrics: string;
  readonly #program: StartedProgram;

  private constructor([grpc, http, own]: readonly number[], program: StartedProgram) {
    this.http = `http://127.0.0.1:${http}`;
    this.grpc = `http://127.0.0.1:${grpc}`;
    this.#ownMetrics = `http://127.0.0.1:${own}/metrics`;
    this.#program = program;
  }

  static async start({ to, decisionWait }: TailSamplingOptions, attempts = 5): Promise<TailSamplingCollector> {
    const ports = await freePorts(3);
    const [OTLP_GRPC_PORT = '', OTLP_HTTP_PORT = '', OWN_METRICS_PORT = ''] = ports.map(String);
    const env = { OTLP_GRPC_PORT, OTLP_HTTP_PORT, OWN_METRICS_PORT, BACKEND: to, DECISION_WAIT: decisionWait };
    try {
      const args = ['--config', configuration];
      return new TailSamplingCollector(
        ports,
        await StartedProgram.start(collectorProgram(), args, /Everything is ready/, env),
      );
    } catch (error) {
      const taken = error instanceof NotStarted && error.message.includes('address already in use');
      if (!taken || attempts <= 1) throw error;
      return TailSamplingCollector.start({ to, decisionWait }, attempts - 1);
    }
  }

  get log(): string {
    return this.#program.log;
  }

  get pid(): number | undefined {
    return this.#program.pid;
  }

  /** The sum of one of its own metrics, over the series that have all these labels. */
  async own(metric: string, ...labels: readonly string[]): Promise<number> {
    const text = await (await fetch(this.#ownMetrics)).text();
    return text
      .split('\n')
      .filter((line) => new RegExp(`^${metric}[{ ]`).test(line) && labels.every((label) => line.includes(label)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  /** Ends it at once, as a crash would: what it holds is gone. */
  kill(): Promise<void> {
    return this.#program.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.#program.end();
  }
}
