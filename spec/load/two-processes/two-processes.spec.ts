/**
 * Two processes that call each other over HTTP, each deciding about its own part of a trace: a successful one is kept in both or in
 * neither, what fails is kept whole where it failed, and what is sent on is what was known as the trace began.
 */
import { randomFrom } from '../../faithful/kept-traces/random-trees.js';
import { callsIn, isFailed, type PlannedSpan, Planner, spansOf } from '../../support/mixed-traces/planned-span.js';
import { fromOtlp, isWithin, type ToldSpan, thresholdOf, wrongIn } from '../../support/mixed-traces/told-span.js';
import { plainAttributes } from '../../support/otlp-receiver.js';
import { CallingProcess, type Told } from './calling-process.js';
import { hasFailed, headersOf, type Origin, partsOf, withThreshold } from './trace-parts.js';

/** So many that go over both. */
const traces = 10_000;
const atOnce = 40;
const base = thresholdOf(0.1);

const random = randomFrom(20_262);
const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const hex = (digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

function origin(): Origin {
  if (random() < 0.7) return { traceId: undefined, sampled: false, ot: [], vendors: '' };
  const ot = one([[], ['th:8'], [`rv:${hex(14)}`], ['xx:y', 'th:c'], [`rv:${hex(14)}`, 'th:4']]);
  return { traceId: hex(32), sampled: random() < 0.5, ot, vendors: one(['', 'vendor=1', 'a=b,c@d=e']) };
}

const planner = new Planner(random, { requests: 0.35, together: false });
const planned: { readonly root: PlannedSpan; readonly origin: Origin }[] = [];
for (let crossing = 0; crossing < traces; ) {
  const root = planner.trace();
  const crosses = [...spansOf(root)].some(({ make }) => make === 'request');
  // Of those that stay in one process a few.
  if (crosses || random() < 0.1) planned.push({ root, origin: origin() });
  if (crosses) crossing += 1;
}
const parts = planned.map(({ root }) => partsOf(root));

let processes: readonly CallingProcess[] = [];
let told: readonly Told[] = [];
let spans: readonly ToldSpan[][] = [];

beforeAll(async () => {
  const [first, second] = await Promise.all([CallingProcess.start(20_263), CallingProcess.start(20_264)]);
  processes = [first, second];
  first.knows(second);
  second.knows(first);
  const rest = [...planned];
  const goOn = async (): Promise<void> => {
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
      await first.play(next.root, headersOf(next.origin));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, goOn));
  told = await Promise.all(processes.map((process) => process.end()));
  spans = processes.map(({ receiver }) => receiver.spans().map(fromOtlp));
}, 170_000);

afterAll(() => Promise.all(processes.map((process) => process.stop())));

/** By the bits of its id, or as its parent was. */
function isInShare({ root, origin }: (typeof planned)[number], traceIds: ReadonlyMap<number, string>): boolean {
  return origin.traceId === undefined ? isWithin(traceIds.get(root.key) as string, base) : origin.sampled;
}

test('each part of a trace is there whole, or not at all, in both processes', () => {
  const traceIds = new Map(told[0]?.traceIds);
  const byKey = spans.map((list) => new Map(list.map((span) => [span.key, span])));
  const wrong: string[] = [];
  let expected = 0;
  const kept = { failed: 0, plain: 0, both: 0, let: 0 };
  for (const [place, trace] of planned.entries()) {
    const share = isInShare(trace, traceIds);
    for (const part of parts[place] ?? []) {
      const keys = byKey[part.process] as ReadonlyMap<number, ToldSpan>;
      const found = part.spans.flatMap(({ key }) => keys.get(key) ?? []);
      const failed = hasFailed(part);
      if (!failed && !share) {
        kept.let += 1;
        if (found.length > 0) wrong.push(`trace ${trace.root.key}: ${found.length} spans arrived`);
        continue;
      }
      kept[failed ? 'failed' : 'plain'] += 1;
      if (share && part.process === 1) kept.both += 1;
      expected += part.spans.length;
      const plain =
        trace.origin.traceId === undefined ? `ot=th:${base}` : withThreshold(trace.origin, thresholdIn(trace.origin));
      const state = failed ? withThreshold(trace.origin, '0') : plain;
      const what = wrongIn(part.spans, found, { state, keptFor: failed ? 'error' : undefined });
      wrong.push(...what.map((text) => `trace ${trace.root.key} (${part.process}): ${text}`));
      // Where both sides of a request arrived they know of each other.
      for (const { make, key, children } of part.spans) {
        const below = byKey[part.process === 0 ? 1 : 0]?.get(children[0]?.key as number);
        if (make !== 'request' || below === undefined) continue;
        const above = keys.get(key);
        if (below.parentId !== above?.spanId || below.traceId !== above?.traceId)
          wrong.push(`request ${key}: what is below it`);
      }
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(spans.map(({ length }) => length).reduce((sum, length) => sum + length)).toBe(expected);
  for (const count of Object.values(kept)) expect(count).toBeGreaterThan(200);
});

test('of the traces that began here a fair tenth is in the share', () => {
  const traceIds = new Map(told[0]?.traceIds);
  const begun = planned.filter(({ origin }) => origin.traceId === undefined);
  const inShare = begun.filter((trace) => isInShare(trace, traceIds)).length;
  expect(Math.abs(inShare - begun.length * 0.1)).toBeLessThan(4 * Math.sqrt(begun.length * 0.1 * 0.9));
});

test('what is sent on says what was known as the trace began', () => {
  const traceIds = new Map(told[0]?.traceIds);
  const rootOf = new Map(planned.flatMap((trace) => [...spansOf(trace.root)].map(({ key }) => [key, trace] as const)));
  const wrong: unknown[] = [];
  let sent = 0;
  for (const [key, traceparent, tracestate] of told.flatMap(({ arrived }) => arrived)) {
    const trace = rootOf.get(key) as (typeof planned)[number];
    if (trace.root.key === key) continue;
    sent += 1;
    const share = isInShare(trace, traceIds);
    const th = trace.origin.traceId !== undefined ? thresholdIn(trace.origin) : base;
    const expected = [
      traceIds.get(trace.root.key),
      share ? '01' : '00',
      withThreshold(trace.origin, share ? th : undefined),
    ];
    const [, traceId, , flags] = (traceparent ?? '').split('-');
    if (JSON.stringify([traceId, flags, tracestate ?? '']) !== JSON.stringify(expected)) {
      wrong.push([traceId, flags, tracestate, ...expected]);
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(traces);
});

test('counters are exact in each process, and nothing else was lost', () => {
  for (const [place, process] of processes.entries()) {
    const made: PlannedSpan[] = parts.flat().flatMap((part) => (part.process === place ? part.spans : []));
    const metrics = process.receiver.lastMetrics();
    const points = (name: string) => metrics.find((metric) => metric.name === name)?.sum?.dataPoints ?? [];
    const calls = points('mixed.calls').map(({ attributes, asInt, asDouble }) => {
      const { make, outcome } = plainAttributes(attributes);
      return [`${String(make)} ${String(outcome)}`, Number(asInt ?? asDouble)] as const;
    });
    expect(new Map(calls)).toEqual(callsIn(made));
    const byHand = points('mixed.by.hand').reduce((sum, { asInt, asDouble }) => sum + Number(asInt ?? asDouble), 0);
    expect(byHand).toBe(made.length);
    const [delivery] = told[place]?.health.spans ?? [];
    expect(delivery).toMatchObject({ delivered: spans[place]?.length, failed: 0, waiting: 0 });
    expect(told[place]?.health.faults).toEqual([]);
    expect(made.filter(isFailed).length).toBeGreaterThan(20);
  }
});

function thresholdIn({ ot }: Origin): string | undefined {
  return ot.find((part) => part.startsWith('th:'))?.slice(3);
}
