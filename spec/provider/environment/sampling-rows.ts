/**
 * Which traces are kept. No setting in code of this version has a say in it.
 */
import { context, ROOT_CONTEXT, SamplingDecision, TraceFlags, trace } from '@opentelemetry/api';
import { type ReadableSpan, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import { under } from '../../support/sampled-by.js';
import { Kept } from './kept.js';
import { Mill, type Row, ran } from './row.js';

const parents = {
  nowhere: ROOT_CONTEXT,
  sampled: under(TraceFlags.SAMPLED),
  unsampled: under(TraceFlags.NONE),
};

/** Below which parents a woven span and one of the SDK are kept. */
async function keptBelow(sampler: string, arg: string): Promise<string[]> {
  const kept = new Kept<ReadableSpan>();
  const exporting = { export: { protocol: 'none' as const, spanExporters: [kept] } };
  const woven: string[] = [];
  const byHand: string[] = [];
  await ran({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: arg }, exporting, () => {
    for (const [name, parent] of Object.entries(parents)) {
      context.with(parent, () => {
        new Mill().turn(() => {
          if (trace.getActiveSpan()?.isRecording() === true) woven.push(name);
        });
        const span = trace.getTracer('hand').startSpan('by hand');
        if (span.isRecording()) byHand.push(name);
        span.end();
      });
    }
  });
  expect(byHand).toEqual(woven);
  expect(kept.records.map(({ name }) => name)).toEqual(woven.flatMap(() => ['Mill.turn', 'by hand']));
  return woven;
}

const all = ['nowhere', 'sampled', 'unsampled'];
const parentBased = ['nowhere', 'sampled'];

/** What was kept of so many traces, and what the SDK's own sampler would have kept of them. */
async function keptOf(traces: number, arg: string): Promise<{ kept: string[]; bySdk: string[] }> {
  const kept = new Kept<ReadableSpan>();
  const ids: string[] = [];
  const variables = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: arg };
  await ran(variables, { export: { protocol: 'none', spanExporters: [kept] } }, () => {
    const mill = new Mill();
    for (let at = 0; at < traces; at += 1) {
      mill.turn(() => ids.push(trace.getActiveSpan()?.spanContext().traceId ?? '(none)'));
    }
  });
  const sampler = new TraceIdRatioBasedSampler(Number(arg || '1'));
  const isKept = (id: string): boolean =>
    sampler.shouldSample(ROOT_CONTEXT, id).decision !== SamplingDecision.NOT_RECORD;
  return { kept: kept.records.map((span) => span.spanContext().traceId), bySdk: ids.filter(isKept) };
}

export const samplingRows = {
  OTEL_TRACES_SAMPLER: {
    means: 'the sampler, of the six that the specification names',
    async run() {
      expect(await keptBelow('', '')).toEqual(parentBased);
      expect(await keptBelow('Always_On', '')).toEqual(all);
      expect(await keptBelow('ALWAYS_OFF', '')).toEqual([]);
      expect(await keptBelow('traceidratio', '1')).toEqual(all);
      expect(await keptBelow('traceidratio', '0')).toEqual([]);
      expect(await keptBelow('ParentBased_Always_On', '')).toEqual(parentBased);
      expect(await keptBelow('PARENTBASED_ALWAYS_OFF', '')).toEqual(['sampled']);
      expect(await keptBelow('parentbased_traceidratio', '1')).toEqual(parentBased);
      expect(await keptBelow('parentbased_traceidratio', '0')).toEqual(['sampled']);
    },
  },
  OTEL_TRACES_SAMPLER_ARG: {
    means: 'the share of traces that is kept: the very ones that the SDK would keep; all by default',
    async run() {
      const quarter = await keptOf(400, '0.25');
      expect(quarter.kept).toEqual(quarter.bySdk);
      // Ten standard deviations.
      expect(Math.abs(quarter.kept.length - 100)).toBeLessThan(87);
      expect((await keptOf(50, '1')).kept).toHaveLength(50);
      expect((await keptOf(50, '0')).kept).toEqual([]);
      expect((await keptOf(50, '')).kept).toHaveLength(50);
    },
  },
} satisfies Record<string, Row>;
