/**
 * Which woven spans are recorded: as the SDK would have it, by the specification's variables and by any sampler.
 */
import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SamplingDecision,
  type SpanContext,
  SpanKind,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import type { ReadableSpan, Sampler } from '@opentelemetry/sdk-trace-base';
import { bootstrap, Traced } from 'spandrel';
import type { SamplingRule } from '../../lib/recorder/sampling-rule.js';
import { KeepingExporter } from '../support/keeping-exporter.js';
import { EndedSpans, recorderOf } from '../support/recorder-of.js';

class Mill {
  @Traced()
  run<T>(work: () => T): T {
    return work();
  }
}

const mill = new Mill();
const traceId = '0123456789abcdef0123456789abcdef';
const under = (traceFlags: TraceFlags, isRemote: boolean): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: 'b'.repeat(16), traceFlags, isRemote });

const { SAMPLED, NONE } = TraceFlags;
const parents: readonly Context[] = [
  ROOT_CONTEXT,
  under(SAMPLED, true),
  under(NONE, true),
  under(SAMPLED, false),
  under(NONE, false),
];

/** Whether a call is recorded below each of the parents, and one within it: by a woven span and by one of the SDK. */
async function decisions(): Promise<{ woven: string[]; sdk: string[] }> {
  const exporter = new KeepingExporter();
  const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
  const tracer = trace.getTracer('hand');
  const byHand = <T>(work: () => T): T =>
    tracer.startActiveSpan('by hand', (span) => {
      const value = work();
      span.end();
      return value;
    });
  const seen = (): string => {
    const span = trace.getActiveSpan();
    const flags = span?.spanContext().traceFlags;
    const isValid = trace.isSpanContextValid(span?.spanContext() as SpanContext);
    return `${isValid ? 'in a trace' : 'in none'}, flags ${flags}, recording ${span?.isRecording()}`;
  };
  const all = (run: <T>(work: () => T) => T): string[] =>
    parents.flatMap((parent) => context.with(parent, () => run(() => [seen(), run(seen)])));
  const woven = all((work) => mill.run(work));
  const sdk = all(byHand);
  await telemetry.flush();
  const exported = exporter.getFinishedSpans().map(({ name }) => name);
  const sampled = (decided: string[]): number => decided.filter((one) => one.includes('flags 1')).length;
  expect(exported.filter((name) => name === 'Mill.run')).toHaveLength(sampled(woven));
  expect(exported.filter((name) => name === 'by hand')).toHaveLength(sampled(sdk));
  await telemetry.shutdown();
  return { woven, sdk };
}

describe('by the environment', () => {
  const { env } = process;
  afterEach(() => {
    process.env = env;
  });

  test.each([
    ['', '', 6],
    ['always_on', '', 10],
    ['always_off', '', 0],
    ['parentbased_always_on', '', 6],
    ['parentbased_always_off', '', 4],
    ['traceidratio', '0', 0],
    ['traceidratio', '1', 10],
    ['parentbased_traceidratio', '0', 4],
    ['parentbased_traceidratio', '1', 6],
  ])('OTEL_TRACES_SAMPLER=%s, %s', async (sampler, arg, recorded) => {
    process.env = { ...env, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: arg };
    const { woven, sdk } = await decisions();
    expect(woven).toEqual(sdk);
    expect(woven.filter((one) => one.includes('recording true'))).toHaveLength(recorded);
  });

  test('a ratio keeps about so many, whole traces at a time, as it says of their ids', async () => {
    process.env = { ...env, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' };
    const exporter = new KeepingExporter();
    const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
    const calls = 4000;
    for (let call = 0; call < calls; call += 1) mill.run(() => mill.run(() => undefined));
    await telemetry.shutdown();
    const perTrace = new Map<string, number>();
    for (const span of exporter.getFinishedSpans()) {
      const id = span.spanContext().traceId;
      perTrace.set(id, (perTrace.get(id) ?? 0) + 1);
    }
    // Eight standard deviations.
    expect(Math.abs(perTrace.size - calls / 4)).toBeLessThan(8 * Math.sqrt(calls * 0.25 * 0.75));
    expect([...perTrace.values()].filter((spans) => spans !== 2)).toEqual([]);
  });

  test('what is not recorded is handed on all the same', async () => {
    process.env = { ...env, OTEL_TRACES_SAMPLER: 'always_off' };
    const telemetry = bootstrap({ export: { protocol: 'none' } });
    const headers: Record<string, string> = {};
    context.with(under(SAMPLED, true), () =>
      mill.run(() => {
        const span = trace.getActiveSpan();
        span?.setAttribute('a', 1).setAttributes({}).addEvent('e').addLinks([]).setStatus({ code: 2 }).updateName('n');
        span?.recordException('x');
        span?.end();
        propagation.inject(context.active(), headers);
      }),
    );
    expect(headers['traceparent']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    expect(headers['traceparent']).not.toContain('b'.repeat(16));
    await telemetry.shutdown();
  });
});

describe('by any sampler', () => {
  const asked: unknown[][] = [];
  const sampler = (decision: SamplingDecision, more: object = {}): Sampler => ({
    shouldSample(...given) {
      asked.push(given);
      return { decision, ...more };
    },
    toString: () => 'spec',
  });
  const rule = (otherwise: Sampler): SamplingRule => ({ followsParent: false, otherwise });
  const links = [{ context: { traceId, spanId: 'c'.repeat(16), traceFlags: 0 } }];

  function recorded(given: Sampler, parent: Context, attributes?: Attributes): ReadableSpan | undefined {
    const sink = new EndedSpans();
    const recorder = recorderOf({ sink, sampling: rule(given) });
    const site = recorder.at({ kind: SpanKind.CLIENT, attributes: { fixed: 1 }, more: ['more'] });
    asked.length = 0;
    site.start('name', parent, performance.now(), attributes, links).finish(performance.now());
    return sink.ended[0];
  }

  test('it is asked about all there is, and what it adds is on the span', () => {
    const traceState = new TraceState('spec=1');
    const given = sampler(SamplingDecision.RECORD_AND_SAMPLED, { attributes: { rate: 4 }, traceState });
    const parent = under(NONE, true);
    const span = recorded(given, parent, { fixed: 1, more: [1] });
    expect(asked).toEqual([
      [parent, traceId, 'name', SpanKind.CLIENT, { fixed: 1, more: [1], rate: 4 }, [{ ...links[0], attributes: {} }]],
    ]);
    expect(span?.attributes).toEqual({ fixed: 1, more: [1], rate: 4 });
    expect(span?.links).toEqual(links);
    expect(span?.spanContext()).toMatchObject({ traceId, traceFlags: SAMPLED, traceState });
    expect(span?.parentSpanContext).toEqual(trace.getSpanContext(parent));
  });

  test('what it adds for one span is not on the next of the site', () => {
    const sink = new EndedSpans();
    const given = sampler(SamplingDecision.RECORD, { attributes: { rate: 4 } });
    const fixed = Object.freeze({ fixed: 1 });
    recorderOf({ sink, sampling: rule(given) })
      .at({ kind: 0, attributes: fixed, more: [] })
      .start('name', ROOT_CONTEXT, 0, undefined, undefined)
      .finish(1);
    expect(sink.ended[0]?.attributes).toEqual({ fixed: 1, rate: 4 });
    expect(fixed).toEqual({ fixed: 1 });
  });

  test('recorded, and not for exporting', () => {
    const span = recorded(sampler(SamplingDecision.RECORD), ROOT_CONTEXT);
    expect(span?.attributes).toEqual({ fixed: 1 });
    expect(span?.spanContext().traceFlags).toBe(NONE);
  });

  test('not recorded', () => {
    expect(recorded(sampler(SamplingDecision.NOT_RECORD), ROOT_CONTEXT)).toBeUndefined();
  });

  test('a child it decides otherwise about is of the same trace, below the same span', () => {
    const sink = new EndedSpans();
    let decision = SamplingDecision.RECORD_AND_SAMPLED;
    const changing: Sampler = { shouldSample: () => ({ decision }), toString: () => 'spec' };
    const site = recorderOf({ sink, sampling: rule(changing) }).at({ kind: 0, attributes: {}, more: [] });
    const outer = site.start('outer', ROOT_CONTEXT, 0, undefined, undefined) as unknown as Context;
    decision = SamplingDecision.RECORD;
    site.start('inner', outer, 1, undefined, undefined).finish(2);
    const [inner] = sink.ended;
    const above = trace.getSpanContext(outer);
    expect(inner?.parentSpanContext).toEqual(above);
    expect(above?.traceFlags).toBe(SAMPLED);
    expect(inner?.spanContext()).toMatchObject({ traceId: above?.traceId, traceFlags: NONE });
  });
});
