/**
 * A share of the traces is told by numbers that are read of an ordinal: the same that anybody else reads of the trace's id.
 */
import { ROOT_CONTEXT, SamplingDecision } from '@opentelemetry/api';
import { TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { SpanIds } from '../../lib/recorder/span-ids.js';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const seeds = fc.array(word, { minLength: 6, maxLength: 6 }).map((words) => Uint32Array.from(words));
const ordinals = fc.oneof(
  fc.integer({ min: 1, max: 1000 }),
  fc.maxSafeNat().map((n) => Math.max(1, n)),
);

/** A seed by which one half of the id of the trace with this ordinal would be zero. */
function zeroSeed(ordinal: number, half: 2 | 4): Uint32Array {
  const start = (-BigInt(ordinal) * 0x9e3779b97f4a7c15n) & (2n ** 64n - 1n);
  const seed = Uint32Array.from([1, 2, 3, 4, 5, 6]);
  seed.set([Number(start >> 32n), Number(start & 0xffffffffn)], half);
  return seed;
}

const zeros = fc.tuple(ordinals, fc.constantFrom(2 as const, 4 as const));
const traces = fc.oneof(
  { weight: 20, arbitrary: fc.tuple(seeds, ordinals) },
  { weight: 1, arbitrary: zeros.map(([ordinal, half]) => [zeroSeed(ordinal, half), ordinal] as const) },
);
const runs = { numRuns: 2000, seed: 20_253 };

test('the random part is the first 24 of the last 56 bits of the id', () => {
  fc.assert(
    fc.property(traces, ([seed, ordinal]) => {
      const ids = new SpanIds(seed);
      expect(ids.randomPart(ordinal)).toBe(Number.parseInt(ids.traceId(ordinal).slice(-14, -8), 16));
    }),
    runs,
  );
});

/** What the SDK's sampler makes of an id: the four words by "exclusive or". */
const accumulated = (traceId: string): number =>
  [0, 8, 16, 24].reduce((all, at) => (all ^ Number.parseInt(traceId.slice(at, at + 8), 16)) >>> 0, 0);

test('folded it is what the SDK’s sampler makes of the id, which decides alike however close to the edge', () => {
  fc.assert(
    fc.property(traces, fc.integer({ min: -2, max: 2 }), ([seed, ordinal], beside) => {
      const ids = new SpanIds(seed);
      const traceId = ids.traceId(ordinal);
      const folded = ids.folded(ordinal);
      expect(folded).toBe(accumulated(traceId));
      // A ratio whose bound is the very number, or one or two beside it.
      const ratio = Math.min(1, Math.max(0, (folded + beside + 0.5) / 0xffffffff));
      const { decision } = new TraceIdRatioBasedSampler(ratio).shouldSample(ROOT_CONTEXT, traceId);
      const isBelow = folded < Math.floor(ratio * 0xffffffff);
      if (ratio < 1) expect(decision === SamplingDecision.RECORD_AND_SAMPLED).toBe(isBelow);
    }),
    runs,
  );
});
