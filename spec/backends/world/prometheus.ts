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
  /** The time of the last scrape that was waited for. */
  #at: string | undefined;

  private constructor(folder: string, address: string, program: StartedProgram) {
    this.#folder = folder;
    this.#address = address;
    this.#program = program;
  }

  /** Scrapes `target` (`http://host:port/metrics`) every second. */
  static async start(target: string, attempts = 5): Promise<Prometheus> {
    const { host, pathname } = new URL(target);
    const folder = await mkdtemp(join(tmpdir(), 'spandrel-prometheus-'));
    const configuration = {
      global: { scrape_interval: '1s', scrape_timeout: '1s' },
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

  /** What PromQL says of the scrape that was waited for, its labels without those that every scraped series has. */
  async query(promql: string): Promise<Sample[]> {
    return this.#query(promql, this.#at);
  }

  /** Waits for a scrape that began after now and succeeded; at most 20 s. Throws with what went wrong. */
  async scraped(): Promise<void> {
    const now = Date.now() / 1000;
    const end = now + 20;
    for (;;) {
      const [last] = await this.#query('timestamp(up) and on (job, instance) up == 1');
      if (last !== undefined && last.value > now) {
        this.#at = last.value.toFixed(3);
        return;
      }
      if (Date.now() / 1000 > end)
        throw new Error(`no scrape in 20 s: ${await this.#problems()}\n${this.#program.log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async stop(): Promise<void> {
    await this.#program.end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #query(promql: string, at?: string): Promise<Sample[]> {
    const time = at === undefined ? '' : `&time=${at}`;
    const { status, error, data } = await this.#get<Answer>(`query?query=${encodeURIComponent(promql)}${time}`);
    if (status !== 'success') throw new Error(`${promql}: ${error}`);
    return data.result.map(({ metric: { __name__, job, instance, ...labels }, value }) => ({
      labels,
      // JavaScript's own word for it is another.
      value: Number(value[1].replace('Inf', 'Infinity')),
    }));
  }

  async #problems(): Promise<string> {
    const { data } = await this.#get<Targets>('targets');
    return data.activeTargets.map(({ health, lastError }) => `${health} ${lastError}`).join('\n');
  }

  async #get<A>(path: string): Promise<A> {
    const response = await fetch(`${this.#address}/api/v1/${path}`, { signal: AbortSignal.timeout(10_000) });
    return (await response.json()) as A;
  }
}
