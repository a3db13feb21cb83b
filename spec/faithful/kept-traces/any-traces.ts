/**
 * Scripts of spans that start and end, in any order and under any setting, each played and held against what the documentation says is
 * to become of them.
 */
import { ROOT_CONTEXT } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { bootstrap, type Health, type SamplingSettings, type Telemetry } from 'spandrel';
import { KeepingExporter } from '../../support/keeping-exporter.js';
import { type Carrier, DrivenSpans, type Ending, type From } from './driven-spans.js';
import { type ExpectedTrace, expectedTraces, type Shares, stateIn } from './expected-traces.js';

const traceIds = [
  '4bf92f3577b34da6a3ce929d0e0e4736',
  '0af7651916cd43dd84f8eb211c80319c',
  '1af7651916cd43dd8400000000000001',
];

const remote: fc.Arbitrary<Carrier> = fc.record({
  traceparent: fc
    .tuple(fc.constantFrom(...traceIds), fc.constantFrom('00', '01'))
    .map(([id, flags]) => `00-${id}-00f067aa0ba902b7-${flags}`),
  tracestate: fc.constantFrom(
    '',
    'ot=th:8',
    'ot=th:c;xx:y,vendor=1',
    'vendor=1',
    'ot=rv:fedcba98765432',
    'ot=rv:00000000000001;th:0,a=b',
  ),
});

type Step =
  | {
      readonly do: 'start';
      readonly make: 'woven' | 'sdk';
      readonly from: 'nothing' | 'context' | 'headers';
      readonly at: number;
    }
  | { readonly do: 'arrive'; readonly make: 'woven' | 'sdk'; readonly headers: Carrier }
  | { readonly do: 'end'; readonly at: number; readonly how: Ending }
  | { readonly do: 'look' | 'pass by'; readonly at: number }
  | { readonly do: 'flush' };

const make = fc.constantFrom('woven' as const, 'sdk' as const);
const at = fc.nat(1_000);
const start = (from: 'nothing' | 'context' | 'headers'): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('start' as const), make, from: fc.constant(from), at });
const how = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Ending>('well') },
  { weight: 2, arbitrary: fc.constantFrom<Ending>('failed', 'slow', 'marked') },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: start('nothing') },
  { weight: 14, arbitrary: start('context') },
  { weight: 4, arbitrary: start('headers') },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('arrive' as const), make, headers: remote }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('end' as const), at, how }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('look' as const, 'pass by' as const), at }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'flush' }) },
);

const share = fc.constantFrom(0, 0.1, 0.25, 0.5, 0.75, 1);
const shares: fc.Arbitrary<Shares> = fc.record({
  success: share,
  error: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: share }),
  slow: fc.option(share, { nil: undefined }),
  marked: fc.option(share, { nil: undefined }),
});

const settingsOf = ({ success, error, slow, marked }: Shares): SamplingSettings => ({
  success,
  error,
  ...(slow === undefined ? {} : { slow: { overMs: 10_000, rate: slow } }),
  ...(marked === undefined ? {} : { rules: [{ attributes: { marked: true }, keep: marked }] }),
});

async function run(given: readonly Step[], telemetry: Telemetry): Promise<DrivenSpans> {
  const driven = new DrivenSpans();
  // Mostly one of the last, so that some are old when something is done with them.
  const one = (place: number, list = driven.all) => list[list.length - 1 - (place % Math.min(12, list.length))];
  for (const step of given) {
    if (step.do === 'flush') {
      driven.happened.push({ what: 'flush' });
      await telemetry.flush();
      continue;
    }
    if (step.do === 'arrive') {
      driven.start(step.make, { by: 'headers', above: undefined, headers: step.headers });
      continue;
    }
    const running = driven.all.filter(({ ended }) => !ended);
    const some = step.do === 'end' ? one(step.at, running) : one(step.at);
    if (step.do === 'end' && some !== undefined) driven.end(some, step.how);
    if (step.do === 'look' && some !== undefined) driven.look(some);
    if (step.do === 'pass by') driven.passBy((step.at % 3 === 0 ? undefined : some)?.within ?? ROOT_CONTEXT);
    if (step.do !== 'start') continue;
    const from: From =
      some === undefined || step.from === 'nothing'
        ? { by: 'nothing' }
        : step.from === 'context'
          ? { by: 'context', above: some }
          : driven.headersOf(some);
    driven.start(step.make, from);
  }
  return driven;
}

const keyOf = ({ attributes }: ReadableSpan): number => attributes['key'] as number;

/** What arrived of one trace, as it is told and as it should be. */
function compare(trace: ExpectedTrace, byKey: ReadonlyMap<number, ReadableSpan>): void {
  const { th, others } = trace.state;
  const isPlain = trace.reason === 'success' || trace.reason === 'parent';
  for (const { key } of trace.arrived) {
    const { attributes, ...span } = byKey.get(key) as ReadableSpan;
    const { traceId, traceFlags, traceState } = (byKey.get(key) as ReadableSpan).spanContext();
    const told = stateIn(traceState?.serialize());
    expect([key, span.name && traceId, traceFlags]).toEqual([key, trace.traceId, 1]);
    expect([key, told.th, new Set(told.others)]).toEqual([key, th, new Set(others)]);
    expect([key, attributes['spandrel.sampling.kept_for']]).toEqual([key, isPlain ? undefined : trace.reason]);
  }
}

/** Holds the rules against so many scripts. */
export async function expectOfAny(numRuns: number, seed: number): Promise<void> {
  const scripts = fc.array(step, { minLength: 5, maxLength: 120 });
  await fc.assert(fc.asyncProperty(shares, scripts, fc.boolean(), expectOf), { numRuns, seed });
}

async function expectOf(shares: Shares, given: readonly Step[], endsAll: boolean): Promise<void> {
  const exporter = new KeepingExporter();
  const telemetry = bootstrap({
    sampling: settingsOf(shares),
    export: { protocol: 'none', spanExporters: [exporter] },
  });
  try {
    const driven = await run(given, telemetry);
    if (endsAll) for (const one of [...driven.all].reverse()) if (!one.ended) driven.end(one, 'well');
    driven.happened.push({ what: 'stop' });
    await telemetry.shutdown();
    for (const one of driven.all) if (!one.ended) driven.end(one, 'failed');
    const { traces, wrong } = expectedTraces(driven.happened, shares);
    expect(wrong).toEqual([]);
    const spans = exporter.getFinishedSpans();
    const keys = traces.flatMap(({ arrived }) => arrived.map(({ key }) => key));
    expect(spans.map(keyOf).sort((a, b) => a - b)).toEqual(keys.sort((a, b) => a - b));
    const byKey = new Map(spans.map((span) => [keyOf(span), span]));
    for (const trace of traces) compare(trace, byKey);
    expect(orphans(spans, driven)).toEqual([]);
    expectCounts(traces, driven, telemetry.health(), shares);
  } finally {
    await telemetry.shutdown();
  }
}

/** Whatever was recorded has arrived, or is counted with the reason why not. */
function expectCounts(
  traces: readonly ExpectedTrace[],
  { all }: DrivenSpans,
  health: Health,
  { success }: Shares,
): void {
  const total = (of: (trace: ExpectedTrace) => number): number => traces.reduce((sum, trace) => sum + of(trace), 0);
  const { sampling, spans, faults } = health;
  const dropped = { sampled: total(({ letGo }) => letGo), late: total(({ late }) => late) };
  expect(sampling?.dropped).toEqual({ thinned: 0, limited: 0, evicted: 0, collapsed: 0, ...dropped });
  expect(sampling?.buffered).toBe(0);
  const reasons = ['success', 'error', 'slow', 'rule', 'parent'] as const;
  const kept = reasons.map((reason) => [
    reason,
    total((trace) => Number(trace.kept === true && trace.reason === reason)),
  ]);
  // Where all successes are kept they are counted as they begin, those too that are taken back.
  if (success < 1) expect(sampling?.kept).toEqual(Object.fromEntries(kept));
  const [delivery] = spans;
  const afterShutdown = total(({ afterStop }) => afterStop);
  expect(delivery).toMatchObject({ dropped: { afterShutdown, bufferFull: 0 }, failed: 0, waiting: 0 });
  const arrived = delivery?.delivered ?? 0;
  const recorded = all.filter(({ isRecorded }) => isRecorded).length;
  expect(arrived + dropped.sampled + dropped.late + afterShutdown).toBe(recorded);
  expect(faults).toEqual([]);
}

/** Spans below one that was there and has ended in time, but did not arrive. */
function orphans(spans: readonly ReadableSpan[], { happened }: DrivenSpans): unknown[] {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const stop = happened.findIndex(({ what }) => what === 'stop');
  const endedInTime = new Set(
    happened.slice(0, stop).flatMap((event) => (event.what === 'end' ? event.driven.key : [])),
  );
  const above = new Map<number, From>();
  for (const event of happened) if (event.what === 'start') above.set(event.driven.key, event.from);
  return spans.filter((span) => {
    const from = above.get(keyOf(span));
    const isBelowKnown = from?.by === 'context' && endedInTime.has(from.above.key);
    return isBelowKnown && !ids.has(span.parentSpanContext?.spanId ?? '');
  });
}
