/**
 * What it costs to decide about traces in one place or in another: processor and bytes in the process that sends, processor and
 * memory in the Collector that waits, and how late a trace is seen. Prints tables in Markdown, for `docs/guide/distributed-sampling.md`.
 *
 *     npm run bench:two-tier [-- --rounds 5 --traces 20000]
 *
 * Times are of the processor, medians of all rounds. A trace has seven spans with some attributes: those of the sample `samples/two-tier`.
 */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import type { Settings } from 'spandrel';
import { CountingReceiver } from '../../backends/world/counting-receiver.js';
import { StartedProgram } from '../../backends/world/started-program.js';
import { TailSamplingCollector } from '../../backends/world/tail-sampling-collector.js';
import { cpuSecondsOf, residentMegabytesOf } from './process-figures.js';
import type { Sending, Sent } from './sender.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, traces: { type: 'string', default: '20000' } },
});
const rounds = Number(values.rounds);
const traces = Number(values.traces);
const spansOfTrace = 7;

const tsx = ['--import', 'tsx'];
const here = 'spec/bench/two-tier';

async function send(settings: Settings | undefined, count = traces): Promise<Sent> {
  const told: Sending = { settings, traces: count };
  const args = [...tsx, `${here}/sender.ts`, JSON.stringify(told)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 300_000 });
  return JSON.parse(stdout) as Sent;
}

class Sink {
  readonly address: string;
  readonly #program: StartedProgram;

  private constructor(program: StartedProgram, address: string) {
    this.#program = program;
    this.address = address;
  }

  static async start(): Promise<Sink> {
    const ready = /listening at (\S+)/;
    const program = await StartedProgram.start(process.execPath, [...tsx, `${here}/sink.ts`], ready);
    return new Sink(program, ready.exec(program.log)?.[1] ?? '');
  }

  async bytes(): Promise<number> {
    return Number(await (await fetch(this.address)).text());
  }

  stop(): Promise<void> {
    return this.#program.end();
  }
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

interface Row {
  readonly name: string;
  readonly cpu: number[];
  delivered: number;
  bytes: number;
  lost: number;
}

async function inTheProcess(): Promise<void> {
  const sinks = await Promise.all([Sink.start(), Sink.start(), Sink.start()]);
  const [endpoint = '', ...endpoints] = sinks.map(({ address }) => address);
  const tail = { success: 0.1, error: 1 };
  const ways: readonly (readonly [name: string, settings: Settings | undefined])[] = [
    ['no telemetry', undefined],
    ['all, http/protobuf', { export: { endpoint } }],
    ['all, http/protobuf, gzip', { export: { endpoint, compression: 'gzip' } }],
    ['all, http/json', { export: { endpoint, protocol: 'http/json' } }],
    ['all, http/json, gzip', { export: { endpoint, protocol: 'http/json', compression: 'gzip' } }],
    ['all, http/protobuf, gzip, to two `endpoints`', { export: { endpoints, compression: 'gzip' } }],
    [
      'both: `sampling: { success: 1, error: 1 }`, to two `endpoints`, gzip',
      { export: { endpoints, compression: 'gzip' }, sampling: { success: 1, error: 1 } },
    ],
    ['`sampling` keeps a tenth, http/protobuf, gzip', { export: { endpoint, compression: 'gzip' }, sampling: tail }],
  ];
  const rows: Row[] = ways.map(([name]) => ({ name, cpu: [], delivered: 0, bytes: 0, lost: 0 }));
  const received = async (): Promise<number> => {
    const counts = await Promise.all(sinks.map((sink) => sink.bytes()));
    return counts.reduce((all, one) => all + one);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, [, settings]] of ways.entries()) {
      const row = rows[at] as Row;
      const before = await received();
      const { cpu, delivered, lost } = await send(settings);
      row.cpu.push(cpu);
      row.delivered = delivered;
      row.lost += lost;
      // What was sent to warm up is among them.
      row.bytes = ((await received()) - before) * (traces / (traces + 5000));
    }
  }
  await Promise.all(sinks.map((sink) => sink.stop()));
  console.log(
    '| What is sent | Processor of the process, for a span made | Bytes for a span sent | Bytes for a span made |',
  );
  console.log('| --- | --- | --- | --- |');
  const bare = median((rows[0] as Row).cpu);
  const made = traces * spansOfTrace;
  for (const { name, cpu, delivered, bytes, lost } of rows.slice(1)) {
    const each = ((median(cpu) - bare) / made).toFixed(2);
    const cells = [name, `${each} µs`, (bytes / delivered).toFixed(0), (bytes / made).toFixed(1)];
    console.log(`| ${cells.join(' | ')} |${lost > 0 ? ` lost ${lost}` : ''}`);
  }
}

async function inTheCollector(): Promise<void> {
  const receiver = await CountingReceiver.start();
  const collector = await TailSamplingCollector.start({ to: receiver.endpoint, decisionWait: '600s' });
  const pid = collector.pid as number;
  console.log('\n| Traces that wait | Resident memory of the Collector | Its processor, for a span |');
  console.log('| --- | --- | --- |');
  let [cpu, spans] = [cpuSecondsOf(pid), 0];
  for (let step = 0; step <= 4; step += 1) {
    if (step > 0) await send({ export: { endpoint: collector.http, compression: 'gzip' } }, 5000);
    const now = cpuSecondsOf(pid);
    const accepted = await collector.own('otelcol_receiver_accepted_spans');
    const each = accepted === spans ? '' : `${(((now - cpu) * 1e6) / (accepted - spans)).toFixed(1)} µs`;
    // What the garbage of taking them in leaves is part of what it needs.
    console.log(`| ${accepted / spansOfTrace} | ${residentMegabytesOf(pid).toFixed(0)} MB | ${each} |`);
    [cpu, spans] = [now, accepted];
  }
  await collector.kill();
  await receiver.stop();
}

/** From the end of a span to its arrival behind the Collector, of those that are kept. */
async function howLate(): Promise<void> {
  const receiver = await CountingReceiver.start();
  const collector = await TailSamplingCollector.start({ to: receiver.endpoint, decisionWait: '5s' });
  const count = 40;
  for (let n = 1; n <= count; n += 1) {
    const [end, id] = [`${Date.now()}000000`, n.toString(16).padStart(16, '0')];
    const span = {
      traceId: id + id,
      spanId: id,
      name: 'failed',
      status: { code: 2 },
      startTimeUnixNano: end,
      endTimeUnixNano: end,
    };
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    await fetch(`${collector.http}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await new Promise((resolve) => setTimeout(resolve, 110));
  }
  const late: number[] = [];
  while (late.length < count) {
    const arrived = receiver.spans().slice(late.length) as unknown as { endTimeUnixNano: string }[];
    for (const span of arrived) late.push((Date.now() - Number(span.endTimeUnixNano) / 1e6) / 1000);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const [least, most] = [Math.min(...late), Math.max(...late)];
  const figures = [least, median(late), most].map((seconds) => seconds.toFixed(1));
  console.log(
    `\ndecision_wait 5 s: a span is seen ${figures[0]} to ${figures[2]} s after its end, by the median ${figures[1]} s`,
  );
  await collector.kill();
  await receiver.stop();
}

console.log(`Node ${process.version}, ${cpus()[0]?.model}, ${rounds} rounds of ${traces} traces\n`);
await inTheProcess();
await inTheCollector();
await howLate();
