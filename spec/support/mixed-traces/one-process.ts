/**
 * Many traces of mixed shapes in one process, a tenth of the successes kept: what arrived of them, whether it is whole, and what was
 * counted meanwhile.
 */
import { metrics, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Telemetry } from 'spandrel';
import { bootstrapWith } from '../../../lib/bootstrap.js';
import { SpanIds } from '../../../lib/recorder/span-ids.js';
import { randomFrom } from '../../faithful/kept-traces/random-trees.js';
import { ReaderOnDemand } from '../recorded-telemetry.js';
import { MixedPlayer } from './mixed-player.js';
import { callsIn, isFailed, type PlannedSpan, Planner, spansOf } from './planned-span.js';
import { keptOf, shareTold, type ToldSpan, thresholdOf, toldOf, wrongIn } from './told-span.js';

/** So many run at once. */
const together = 500;

export const share = 0.1;

export interface Outcome {
  readonly traces: number;
  readonly failing: number;
  readonly keptFailing: number;
  readonly keptSuccesses: number;
  readonly spans: number;
  /** The traces, and the spans, that there were by what the kept ones say. */
  readonly extrapolated: { readonly traces: number; readonly spans: number };
  /** One standard deviation of each, given the share. */
  readonly deviation: { readonly kept: number; readonly traces: number; readonly spans: number };
  /** The first few of whatever is not as planned. */
  readonly wrong: readonly string[];
  readonly counted: ReadonlyMap<string, number>;
  readonly expectedCounts: ReadonlyMap<string, number>;
  readonly byHand: number;
}

/** Plays so many traces, told by a seed: their shapes and their ids. */
export async function playMany(count: number, seed: number): Promise<Outcome> {
  const arrived = new ToldExporter();
  const reader = new ReaderOnDemand();
  const ids = new SpanIds(Uint32Array.from([1, 2, 3, 4, 5, 6], (word) => word * seed));
  const telemetry = bootstrapWith(
    { ids },
    {
      sampling: { success: share, error: 1 },
      export: { protocol: 'none', spanExporters: [arrived], metricReaders: [reader] },
    },
  );
  try {
    return await new Playing(count, seed, telemetry, arrived, reader).outcome();
  } finally {
    await telemetry.shutdown();
    trace.disable();
    metrics.disable();
  }
}

class ToldExporter implements SpanExporter {
  #told: ToldSpan[] = [];

  export(...[spans, done]: Parameters<SpanExporter['export']>): void {
    for (const span of spans) this.#told.push(toldOf(span));
    done({ code: 0 });
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  /** Those since it was last asked. */
  take(): readonly ToldSpan[] {
    const told = this.#told;
    this.#told = [];
    return told;
  }
}

class Playing {
  readonly #count: number;
  readonly #planner: Planner;
  readonly #telemetry: Telemetry;
  readonly #arrived: ToldExporter;
  readonly #reader: ReaderOnDemand;
  readonly #wrong: string[] = [];
  readonly #expected = new Map<string, number>();
  #spans = 0;
  #failing = 0;
  #keptFailing = 0;
  #keptSuccesses = 0;
  #ofTraces = 0;
  #ofSpans = 0;
  /** Of the successes: how many, and the sum of the squares of their sizes. */
  #successes = 0;
  #squares = 0;

  constructor(count: number, seed: number, telemetry: Telemetry, arrived: ToldExporter, reader: ReaderOnDemand) {
    this.#count = count;
    this.#planner = new Planner(randomFrom(seed));
    this.#telemetry = telemetry;
    this.#arrived = arrived;
    this.#reader = reader;
  }

  async outcome(): Promise<Outcome> {
    const player = new MixedPlayer();
    for (let played = 0; played < this.#count; played += together) {
      const traces = this.#planner.traces(Math.min(together, this.#count - played));
      this.#expect(traces);
      await Promise.all(traces.map((trace) => player.playRoot(trace)));
      await this.#telemetry.flush();
      this.#compare(traces, this.#arrived.take());
    }
    const perTrace = (1 - share) / share;
    return {
      traces: this.#count,
      failing: this.#failing,
      keptFailing: this.#keptFailing,
      keptSuccesses: this.#keptSuccesses,
      spans: this.#spans,
      extrapolated: { traces: this.#ofTraces, spans: this.#ofSpans },
      deviation: {
        kept: Math.sqrt(this.#successes * share * (1 - share)),
        traces: Math.sqrt(this.#successes * perTrace),
        spans: Math.sqrt(this.#squares * perTrace),
      },
      wrong: this.#wrong,
      expectedCounts: this.#expected,
      ...(await this.#counts()),
    };
  }

  #expect(traces: readonly PlannedSpan[]): void {
    for (const trace of traces) {
      const spans = [...spansOf(trace)];
      this.#spans += spans.length;
      for (const [kind, calls] of callsIn(spans)) this.#expected.set(kind, (this.#expected.get(kind) ?? 0) + calls);
      if (spans.some(isFailed)) {
        this.#failing += 1;
        continue;
      }
      this.#successes += 1;
      this.#squares += spans.length ** 2;
    }
  }

  #compare(traces: readonly PlannedSpan[], told: readonly ToldSpan[]): void {
    for (const { trace, told: part } of keptOf(traces, told)) {
      const planned = [...spansOf(trace)];
      const hasFailed = planned.some(isFailed);
      const expected = hasFailed
        ? { state: 'ot=th:0', keptFor: 'error' }
        : { state: `ot=th:${thresholdOf(share)}`, keptFor: undefined };
      const root = part.find(({ key }) => key === trace.key);
      this.#say(trace, root?.parentId === undefined ? [] : ['its root has a parent']);
      this.#say(trace, wrongIn(planned, part, expected));
      if (hasFailed) this.#keptFailing += 1;
      else this.#keptSuccesses += 1;
      this.#ofTraces += 1 / shareTold(root?.state ?? '');
      for (const { state } of part) this.#ofSpans += 1 / shareTold(state);
    }
  }

  #say({ key }: PlannedSpan, wrong: readonly string[]): void {
    if (this.#wrong.length < 20) this.#wrong.push(...wrong.map((one) => `trace ${key}: ${one}`));
  }

  async #counts(): Promise<{ counted: Map<string, number>; byHand: number }> {
    const { resourceMetrics } = await this.#reader.collect();
    const all = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
    const points = (name: string) => all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
    const counted = new Map<string, number>();
    for (const { attributes, value } of points('mixed.calls')) {
      counted.set(`${attributes['make']} ${attributes['outcome']}`, value as number);
    }
    return { counted, byHand: points('mixed.by.hand').reduce((sum, { value }) => sum + (value as number), 0) };
  }
}
