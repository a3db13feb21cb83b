/**
 * Calls that never settle, by the hundred thousand: `never-settling-program <kind> <telemetry> <calls>`. Says what the heap has
 * grown by, with all garbage collected, what telemetry says of itself, and how ordinary calls fare beside and after them.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { memoryUsage } from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import { bootstrap, Counted, InFlight, type Settings, type Telemetry, Timed, Traced } from 'spandrel';

/** What the program could settle them with; while it keeps this, nothing that waits can be collected. */
let settlers: (() => void)[] = [];
let keeps = true;

const never = (): Promise<void> =>
  new Promise((resolve) => {
    if (keeps) settlers.push(resolve);
  });

class Waiting {
  @Traced()
  async wait(): Promise<void> {
    await never();
  }

  @Traced()
  @Counted('waiting.waits')
  @InFlight('waiting.in_flight')
  @Timed('waiting.duration')
  async measured(): Promise<void> {
    await never();
  }

  @Traced()
  *steps(): Generator<number> {
    yield 1;
    yield 2;
  }

  @Traced()
  async *asyncSteps(): AsyncGenerator<number> {
    yield 1;
    yield 2;
  }

  @Traced()
  stream(): ReadableStream<number> {
    return new ReadableStream({}, { highWaterMark: 0 });
  }

  @Traced()
  async root(children: number, kept: unknown[]): Promise<void> {
    for (let made = 0; made < children; made += 1) {
      kept.push(this.wait());
      if (made % slice === 0) await turn();
    }
    await never();
  }
}

class Working {
  @Traced()
  async work(order: number): Promise<number> {
    await this.part(order);
    if (order % 10 === 0) throw new Error(`order ${order}`);
    return order;
  }

  @Traced()
  async part(order: number): Promise<number> {
    await turn();
    return order;
  }
}

const slice = 10_000;

const waiting = new Waiting();

/** One call of each kind; what it gives is what the program keeps. */
const kinds: Readonly<Record<string, () => unknown>> = {
  kept: () => waiting.wait(),
  dropped: () => void waiting.wait(),
  measured: () => waiting.measured(),
  generators: () => waiting.steps(),
  begun: () => {
    const steps = waiting.steps();
    steps.next();
    return steps;
  },
  asyncBegun: () => {
    const steps = waiting.asyncSteps();
    void steps.next();
    return steps;
  },
  streams: () => waiting.stream(),
};

async function run(kind: string, calls: number, kept: unknown[]): Promise<void> {
  if (kind === 'children') {
    void waiting.root(calls, kept);
    while (kept.length < calls) await turn();
    return;
  }
  const call = kinds[kind];
  if (call === undefined) throw new Error(`there is no kind ${kind}`);
  for (let made = 0; made < calls; made += 1) {
    const given = call();
    if (given !== undefined) kept.push(given);
    if (made % slice === 0) await turn();
  }
}

async function used(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    (globalThis as { gc?: () => void }).gc?.();
    least = Math.min(least, memoryUsage().heapUsed);
  }
  return least;
}

async function ordinary(calls: number): Promise<number> {
  const working = new Working();
  let failed = 0;
  for (let order = 1; order <= calls; order += 1) await working.work(order).catch(() => (failed += 1));
  return failed;
}

const [kind = 'kept', mode = 'spandrel', calls = '1000000', settings = '{}'] = process.argv.slice(2);
const exported = { spans: 0, failed: 0 };
let telemetry: Telemetry | undefined;
if (mode === 'spandrel') {
  telemetry = bootstrap({
    service: 'never-settling',
    export: {
      protocol: 'none',
      spanExporters: [
        {
          export(spans, done) {
            exported.spans += spans.length;
            exported.failed += spans.filter(({ name, status }) => name === 'Working.work' && status.code === 2).length;
            done({ code: 0 });
          },
          shutdown: () => Promise.resolve(),
        },
      ],
    },
    ...(JSON.parse(settings) as Settings),
  });
}
// What any program pays that keeps a Context over promises, this library's or another's.
if (mode === 'context') new AsyncLocalStorage<object>().run({}, () => undefined);

/** How many ordinary calls were exported, and failed, of those made now. */
async function fared(): Promise<{ made: number; failed: number; spans: number; failing: number }> {
  await telemetry?.flush();
  const before = { ...exported };
  const made = 1_000;
  const failed = await ordinary(made);
  await telemetry?.flush();
  return { made, failed, spans: exported.spans - before.spans, failing: exported.failed - before.failed };
}

await ordinary(100);
keeps = kind !== 'dropped';
let kept: unknown[] = [];
await run(kind, 10, []);
const before = await used();
await run(kind, Number(calls), kept);
const grown = (await used()) - before;
const during = await fared();
const { running } = telemetry?.health() ?? {};
kept = [];
settlers = [];
const left = (await used()) - before;
const after = await fared();
const again = await usedBy(kind);
console.log(JSON.stringify({ grown, during, running, left, after, again }));
await telemetry?.shutdown();
process.exit(0);

/** Whether calls of the kind are recorded once more, after all of them are gone. */
async function usedBy(name: string): Promise<number | undefined> {
  const refused = telemetry?.health().running?.unrecorded ?? 0;
  await run(name, 100, []);
  return (telemetry?.health().running?.unrecorded ?? 0) - refused;
}
