/**
 * Thousands of calls at once, of every kind, within one another and within spans made by hand, each resting wherever chance
 * has it: the spans that are exported are the tree of who called whom, and nothing else.
 */
import { context, propagation, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { bootstrap, call, type Telemetry, Traced } from 'spandrel';
import { KeepingExporter } from '../support/keeping-exporter.js';

/** What a call does besides: the kind of its own call, its children, where it rests, whether it fails. */
interface Node {
  readonly key: number;
  readonly kind: (typeof kinds)[number];
  readonly children: Node[];
  readonly rests: readonly number[];
  readonly fails: boolean;
}

const kinds = ['sync', 'async', 'generator', 'asyncGenerator', 'hand', 'baggage', 'root', 'remote'] as const;

const remote = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true };

/** Of each call that was made: which one called it, `undefined` for none of this process. */
const made = new Map<number, { readonly caller: number | undefined; readonly fails: boolean; readonly kind: string }>();
const wrong: string[] = [];

const within = { attributes: { key: call.arg(0, 'key') } };

class Player {
  @Traced(within)
  sync(node: Node): Promise<unknown>[] {
    const playing = node.children.map((child) => play(child, node.key));
    if (node.fails) throw Object.assign(new Error('sync'), { playing });
    return playing;
  }

  @Traced(within)
  async async(node: Node): Promise<void> {
    await playAll(node, () => undefined);
    if (node.fails) throw new Error('async');
  }

  @Traced(within)
  *generator(node: Node): Generator<Promise<unknown>> {
    for (const child of node.children) yield play(child, node.key);
    if (node.fails) throw new Error('generator');
  }

  @Traced(within)
  async *asyncGenerator(node: Node): AsyncGenerator<number> {
    for (const child of node.children) {
      yield child.key;
      await play(child, node.key);
    }
    if (node.fails) throw new Error('async generator');
  }
}

const player = new Player();

async function rest(ms: number): Promise<void> {
  if (ms === 0) await Promise.resolve();
  else if (ms === 1) await new Promise((resolve) => setImmediate(resolve));
  else await new Promise((resolve) => setTimeout(resolve, ms));
}

/** The children of a call, some at once and some after a rest. */
async function playAll(node: Node, active: () => void): Promise<void> {
  const playing: Promise<unknown>[] = [];
  for (const [place, child] of node.children.entries()) {
    await rest(node.rests[place % node.rests.length] as number);
    active();
    playing.push(play(child, node.key));
  }
  await Promise.all(playing);
}

/** One call. What it fails with is its caller's to expect. */
async function play(node: Node, caller: number | undefined): Promise<void> {
  const ownRoot = node.kind === 'root' || node.kind === 'remote';
  made.set(node.key, { caller: ownRoot ? undefined : caller, fails: node.fails, kind: node.kind });
  const before = trace.getActiveSpan();
  try {
    await ways[node.kind](node);
    if (node.fails) wrong.push(`${node.key} (${node.kind}) did not fail`);
  } catch (error) {
    if (!node.fails) wrong.push(`${node.key} (${node.kind}): ${String(error)}`);
    await Promise.all((error as { playing?: Promise<unknown>[] }).playing ?? []);
  }
  if (trace.getActiveSpan() !== before) wrong.push(`${node.key} (${node.kind}) left another span active`);
}

const ways: Readonly<Record<Node['kind'], (node: Node) => unknown>> = {
  sync: async (node) => Promise.all(player.sync(node)),
  async: (node) => player.async(node),
  async generator(node) {
    const playing: Promise<unknown>[] = [];
    const steps = player.generator(node);
    try {
      for (;;) {
        // Each step from a place of its own: what is active there is not the generator's.
        await rest(node.rests[0] as number);
        const { done, value } = context.with(ROOT_CONTEXT, () => steps.next());
        if (done === true) break;
        playing.push(value as Promise<unknown>);
      }
    } finally {
      // Also those of one that failed: they go on.
      await Promise.all(playing);
    }
  },
  async asyncGenerator(node) {
    for await (const key of player.asyncGenerator(node)) await rest(key % 3);
  },
  hand: (node) =>
    trace.getTracer('hand').startActiveSpan('by hand', { attributes: { key: node.key } }, async (span: Span) => {
      try {
        await playAll(node, () => {
          if (trace.getActiveSpan() !== span) wrong.push(`${node.key}: the span made by hand is not active`);
        });
        if (node.fails) throw new Error('by hand');
      } finally {
        span.end();
      }
    }),
  baggage: (node) => {
    const baggage = propagation.createBaggage({ key: { value: String(node.key) } });
    return context.with(propagation.setBaggage(context.active(), baggage), () => player.async(node));
  },
  root: (node) => context.with(trace.deleteSpan(context.active()), () => player.async(node)),
  remote: (node) => context.with(trace.setSpanContext(context.active(), remote), () => player.async(node)),
};

/** A forest of so many calls. */
function forestOf(random: () => number, count: number): Node[] {
  const pick = (most: number): number => Math.floor(random() * most);
  const nodes: Node[] = [];
  const roots: Node[] = [];
  for (let key = 1; key <= count; key += 1) {
    const kind = kinds[pick(kinds.length)] as Node['kind'];
    const node = { key, kind, children: [], rests: [pick(3), pick(3), pick(4)], fails: pick(5) === 0 };
    // Mostly below one of the last calls, so that some of it is deep.
    const above = random() < 0.02 ? undefined : nodes[Math.max(0, nodes.length - 1 - pick(pick(2) === 0 ? 12 : 200))];
    (above?.children ?? roots).push(node);
    nodes.push(node);
  }
  return roots;
}

/** mulberry32: a forest is told by its seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const exporter = new KeepingExporter();
let telemetry: Telemetry;

beforeAll(() => {
  telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] }, batch: { buffer: 100_000 } });
});
afterAll(() => telemetry.shutdown());

const startOf = ({ startTime: [s, n] }: ReadableSpan): bigint => BigInt(s) * 1_000_000_000n + BigInt(n);
const endOf = ({ endTime: [s, n] }: ReadableSpan): bigint => BigInt(s) * 1_000_000_000n + BigInt(n);

test('the tree that is exported is the one that was called', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.integer({ min: 1000, max: 3000 }), async (seed, count) => {
      exporter.reset();
      made.clear();
      wrong.length = 0;
      await Promise.all(forestOf(randomFrom(seed), count).map((node) => play(node, undefined)));
      await telemetry.flush();
      const spans = exporter.getFinishedSpans();
      const byKey = new Map(spans.map((span) => [span.attributes['key'] as number, span]));
      const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
      expect(wrong).toEqual([]);
      expect(spans).toHaveLength(made.size);
      expect([byKey.size, byId.size]).toEqual([made.size, made.size]);
      for (const [key, { caller, fails, kind }] of made) {
        const span = byKey.get(key) as ReadableSpan;
        const { traceId } = span.spanContext();
        const above = byId.get(span.parentSpanContext?.spanId ?? '');
        const hold = (is: boolean, what: string): unknown => is || wrong.push(`${key} (${kind}): ${what}`);
        hold(above?.attributes['key'] === caller, `it is below ${above?.attributes['key']}, not ${caller}`);
        hold(traceId === (kind === 'remote' ? remote.traceId : (above?.spanContext().traceId ?? traceId)), 'its trace');
        hold(kind !== 'remote' || span.parentSpanContext?.spanId === remote.spanId, 'its remote parent');
        hold(kind === 'hand' || (span.status.code === SpanStatusCode.ERROR) === fails, 'its status');
        hold(startOf(span) <= endOf(span), 'its times');
        // Those made by hand have times of the SDK's clock.
        const isOurs = above !== undefined && kind !== 'hand' && above.name !== 'by hand';
        hold(!isOurs || startOf(above) <= startOf(span), 'it starts before the one above');
      }
      expect(wrong).toEqual([]);
      expect(telemetry.health().faults).toEqual([]);
    }),
    { numRuns: 8 },
  );
}, 60_000);
