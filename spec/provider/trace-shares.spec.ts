/**
 * A share of the traces is told by arithmetic of our own: it is the share that the SDK's sampler tells of the same ids.
 */
import { context, ROOT_CONTEXT, SamplingDecision, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import { TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import * as fc from 'fast-check';
import { bootstrap, Traced } from 'spandrel';
import { sdkTracing } from '../../lib/provider/sdk-tracing.js';
import { SpanIds } from '../../lib/recorder/span-ids.js';
import { KeepingExporter } from '../support/keeping-exporter.js';
import { usualBounds } from '../support/recorder-of.js';
import { under } from '../support/sampled-by.js';

class Mill {
  @Traced()
  run<T>(work: (active: SpanContext) => T): T {
    return work(trace.getActiveSpan()?.spanContext() as SpanContext);
  }

  @Traced({ parent: 'root' })
  alone<T>(work: (active: SpanContext) => T): T {
    return work(trace.getActiveSpan()?.spanContext() as SpanContext);
  }
}

const mill = new Mill();
const { env } = process;

afterEach(() => {
  process.env = env;
});

function saidOf(ratio: number, traceId: string): boolean {
  const sampler = new TraceIdRatioBasedSampler(ratio);
  return sampler.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
}

/** The ids of the spans that `calls` make under a sampler, and of those that were exported. */
async function idsUnder(
  sampler: string,
  ratio: string,
  calls: (met: (active: SpanContext) => void) => void,
): Promise<{ all: SpanContext[]; exported: string[] }> {
  process.env = { ...env, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio };
  const exporter = new KeepingExporter();
  const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] } });
  const all: SpanContext[] = [];
  // In parts that the queue has room for.
  for (let part = 0; part < 5; part += 1) {
    calls((active) => void all.push(active));
    await telemetry.flush();
  }
  await telemetry.shutdown();
  return { all, exported: exporter.getFinishedSpans().map((span) => span.spanContext().spanId) };
}

const ratios = ['0', '0.000001', '0.1', '0.3333333', '0.5', '0.999999', '1'];

describe.each(['parentbased_traceidratio', 'traceidratio'])('OTEL_TRACES_SAMPLER=%s', (sampler) => {
  test.each(ratios)('%s: of thousands of roots those are recorded that the SDK’s sampler names', async (ratio) => {
    const { all, exported } = await idsUnder(sampler, ratio, (met) => {
      for (let root = 0; root < 600; root += 1) mill.run(met);
      for (let root = 0; root < 100; root += 1) mill.alone((outer) => mill.alone((inner) => [outer, inner].map(met)));
      for (let root = 0; root < 100; root += 1) mill.run((outer) => mill.run((inner) => [outer, inner].map(met)));
    });
    expect(all).toHaveLength(5000);
    const said = all.filter(({ traceId }) => saidOf(Number(ratio), traceId)).map(({ spanId }) => spanId);
    expect(new Set(exported)).toEqual(new Set(said));
    expect(exported).toHaveLength(said.length);
    for (const { traceId, traceFlags } of all) {
      expect(traceFlags).toBe(saidOf(Number(ratio), traceId) ? TraceFlags.SAMPLED : TraceFlags.NONE);
    }
  });
});

test('below a remote span its word counts, and without a parent its trace id does', async () => {
  for (const [flags, sampler] of [
    [TraceFlags.SAMPLED, 'parentbased_traceidratio'],
    [TraceFlags.NONE, 'parentbased_traceidratio'],
    [TraceFlags.SAMPLED, 'traceidratio'],
  ] as const) {
    const parent = under(flags);
    const { all, exported } = await idsUnder(sampler, '0.3', (met) => {
      for (let call = 0; call < 10; call += 1) context.with(parent, () => mill.run(met));
    });
    const byId = saidOf(0.3, all[0]?.traceId as string);
    const kept = sampler === 'traceidratio' ? byId : flags === TraceFlags.SAMPLED;
    expect(exported).toHaveLength(kept ? 50 : 0);
  }
});

test('whatever the ratio and the seed: folded ids are those of the SDK', () => {
  const seed = fc.array(fc.integer({ min: 0, max: 0xffffffff }), { minLength: 6, maxLength: 6 });
  // Of the ordinals those beyond 32 bits too.
  const root = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 2 ** 32 - 5, max: 2 ** 45 }));
  const ratio = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-9, 1e-6, 1));
  fc.assert(
    fc.property(seed, root, ratio, (words, ordinal, share) => {
      const ids = new SpanIds(new Uint32Array(words));
      const below = share === 1 ? 2 ** 32 : Math.floor(share * 0xffffffff);
      expect(ids.folded(ordinal) < below).toBe(saidOf(share, ids.traceId(ordinal)));
    }),
    { seed: 11, numRuns: 2000 },
  );
});

describe('what is made of a sampler', () => {
  const ruleOf = (described: string, decision: (traceId: string) => boolean) => {
    const asked: string[] = [];
    const sampler = {
      shouldSample(_: unknown, traceId: string) {
        asked.push(traceId);
        return { decision: decision(traceId) ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
      },
      toString: () => described,
    };
    const found = sdkTracing({ _sampler: sampler, _spanLimits: usualBounds } as never);
    return { rule: found?.sampling, sampler, asked };
  };
  const parentBased = (root: string): string =>
    `ParentBased{root=${root}, remoteParentSampled=AlwaysOnSampler, remoteParentNotSampled=AlwaysOffSampler, ` +
    'localParentSampled=AlwaysOnSampler, localParentNotSampled=AlwaysOffSampler}';

  test('one that follows parents and takes a share as we do is not asked any more', () => {
    for (const [ratio, below] of [
      [0, 0],
      [0.1, 429496729],
      [1e-7, 429],
      [1, 2 ** 32],
    ] as const) {
      const { rule } = ruleOf(parentBased(new TraceIdRatioBasedSampler(ratio).toString()), (id) => saidOf(ratio, id));
      expect(rule).toEqual({ followsParent: true, otherwise: { below } });
    }
  });

  test('one that says it does and goes by another rule is asked at each root', () => {
    for (const decision of [() => true, () => false, (id: string) => !saidOf(0.5, id)]) {
      const { rule, sampler } = ruleOf(parentBased('TraceIdRatioBased{0.5}'), decision);
      expect(rule?.followsParent).toBe(true);
      expect(rule?.otherwise).toBe(sampler);
    }
    // By the end of the id, as the specification has it: of nearly all ids both say the same.
    for (const ratio of [1e-9, 1e-6, 0.999999]) {
      const byEnd = (id: string): boolean => Number.parseInt(id.slice(24), 16) >= (1 - ratio) * 2 ** 32;
      const { rule, sampler } = ruleOf(parentBased(`TraceIdRatioBased{${ratio}}`), byEnd);
      expect(rule?.otherwise).toBe(sampler);
    }
  });

  test('one that is told apart by nothing we know is asked, and so is a share that follows no parents', () => {
    for (const described of [
      'Spec',
      'TraceIdRatioBased{0.5}',
      parentBased('Spec'),
      parentBased('TraceIdRatioBased{x}'),
    ]) {
      const { rule, sampler, asked } = ruleOf(described, (id) => saidOf(0.5, id));
      expect(rule?.otherwise).toBe(sampler);
      expect(rule?.followsParent).toBe(described.startsWith('ParentBased'));
      expect(asked).toEqual([]);
    }
  });
});
