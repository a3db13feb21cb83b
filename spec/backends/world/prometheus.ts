/**
 * A real Prometheus on loopback that scrapes what it is told to, and answers PromQL.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prometheusProgram } from '../parts/install-prometheus.js';
import { freePorts } from './free-ports.js';
import { NotStarted, StartedProgram } from './started-program.js';

/** One element of an instant vector. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: { readonly result: { metric: Record<string, string>; value: [number, string] }[] };
}

interface Targets {
  readonly data: { readonly activeTargets: { readonly health: string; readonly lastError: string }[] };
}

export class Prometheus {
  readonly #folder: string;
  readonly #address: string;
  readonly #program: StartedProgram;

  private constructor(folder: string, address: string, program: StartedProgram) {
    this.#folder = folder;
    this.#address = address;
    this.#program = program;
  }

  /** Scrapes `target` (`http://host:port/metrics`) five times a second. */
  static async start(target: string, attempts = 5): Promise<Prometheus> {
    const { host, pathname } = new URL(target);
    const folder = await mkdtemp(join(tmpdir(), 'spandrel-prometheus-'));
    const configuration = {
      global: { scrape_interval: '200ms', scrape_timeout: '200ms' },
      scrape_configs: [{ job_name: 'shop', metrics_path: pathname, static_configs: [{ targets: [host] }] }],
    };
    const file = join(folder, 'prometheus.yml');
    // YAML holds JSON.
    await writeFile(file, JSON.stringify(configuration));
    const [port] = await freePorts(1);
    const address = `127.0.0.1:${port}`;
    const args = [`--config.file=${file}`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=${address}`];
    try {
      const program = await StartedProgram.start(
        prometheusProgram('prometheus'),
        args,
        /ready to receive web requests/,
      );
      return new Prometheus(folder, `http://${address}`, program);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      const taken = error instanceof NotStarted && error.message.includes('address already in use');
      if (!taken || attempts <= 1) throw error;
      return Prometheus.start(target, attempts - 1);
    }
  }

  /** What PromQL says now, its labels without those that every scraped series has. */
  async query(promql: string): Promise<Sample[]> {
    const { status, error, data } = await this.#get<Answer>(`query?query=${encodeURIComponent(promql)}`);
    if (status !== 'success') throw new Error(`${promql}: ${error}`);
    return data.result.map(({ metric: { __name__, job, instance, ...labels }, value }) => ({
      labels,
      // JavaScript's own word for it is another.
      value: Number(value[1].replace('Inf', 'Infinity')),
    }));
  }

  /** Waits for two scrapes that began after now: what they read is what is there. At most 15 s; throws where they fail. */
  async scraped(): Promise<void> {
    const seen = (): Promise<Sample[]> => this.query('count_over_time(up[1h])');
    const before = (await seen())[0]?.value ?? 0;
    const end = Date.now() + 15_000;
    while (((await seen())[0]?.value ?? 0) < before + 2) {
      if (Date.now() > end) throw new Error(`no scrape in 15 s\n${this.#program.log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { data } = await this.#get<Targets>('targets');
    const problems = data.activeTargets.filter(({ health }) => health !== 'up').map(({ lastError }) => lastError);
    if (problems.length > 0) throw new Error(`the scrape failed: ${problems.join('\n')}`);
  }

  async stop(): Promise<void> {
    await this.#program.end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #get<A>(path: string): Promise<A> {
    const response = await fetch(`${this.#address}/api/v1/${path}`, { signal: AbortSignal.timeout(10_000) });
    return (await response.json()) as A;
  }
}
