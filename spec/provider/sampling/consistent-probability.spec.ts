/**
 * Consistent probability sampling, against the words of the specification (Trace SDK, "tracestate probability sampling"): a trace is kept if
 * its 56 random bits R are not below the threshold T, the `th` that is told is T, `rv` stands in for the bits of the id, and what
 * others wrote stays.
 */
import { type Context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { mill, quietly } from '../../faithful/kept-traces/mill.js';
import { startKeeping } from '../../support/keeping-telemetry.js';
import { recorded } from '../../support/recorded-telemetry.js';

const all = 1n << 56n;

/** T in full: R below it is rejected. */
const exactly = (share: number): bigint => all - BigInt(Math.round(share * 2 ** 56));

/** T as it is told: four digits after those that are `f`, rounded half up. */
function told(share: number): bigint {
  const exact = exactly(share);
  const digits = exact.toString(16).padStart(14, '0');
  const dropped = BigInt(Math.max(0, 14 - (digits.length - digits.replace(/^f+/, '').length) - 4) * 4);
  return dropped === 0n ? exact : ((exact + (1n << (dropped - 1n))) >> dropped) << dropped;
}

const hexOf = (bits: bigint): string => bits.toString(16).padStart(14, '0');
const thOf = (bits: bigint): string => hexOf(bits).replace(/0+$/, '') || '0';

interface Said {
  readonly th: string | undefined;
  readonly rv: string | undefined;
  readonly others: readonly string[];
  readonly vendors: readonly string[];
}

function said(span: ReadableSpan): Said {
  const entries = (span.spanContext().traceState?.serialize() ?? '').split(',').filter((entry) => entry !== '');
  const parts = (entries.find((entry) => entry.startsWith('ot=')) ?? 'ot=').slice(3).split(';');
  const part = (name: string): string | undefined => parts.find((one) => one.startsWith(name))?.slice(3);
  const others = parts.filter((one) => one !== '' && !one.startsWith('th:') && !one.startsWith('rv:'));
  return { th: part('th:'), rv: part('rv:'), others, vendors: entries.filter((entry) => !entry.startsWith('ot=')) };
}

afterEach(() => recorded.stop());

test.each([
  [1, '0'],
  [0.5, '8'],
  [0.25, 'c'],
  [0.1, 'e666'],
  [1 / 3, 'aaab'],
  [0.01, 'fd70a'],
  [0.001, 'ffbe77'],
])('a share of %d is told as th:%s', (share, th) => {
  expect(thOf(told(share))).toBe(th);
  startKeeping({ success: 0, error: share });
  arrive({ traceId: `0123456789abcdef01${'f'.repeat(14)}`, flags: '00' }, failingCall);
  return recorded.spans().then((spans) => expect(spans.map((span) => said(span).th)).toEqual([th, th]));
});

test.each([0.5, 0.1, 1 / 3, 0.01, 0.9, 0.75])(
  'of roots of both kinds a share of %d is kept by their ids',
  async (share) => {
    startKeeping({ success: share });
    const ids: string[] = [];
    const look = (): unknown => ids.push(trace.getActiveSpan()?.spanContext().traceId as string);
    for (let root = 0; root < 300; root += 1) {
      mill.run(look);
      trace.getTracer('spec').startActiveSpan('hand', (one) => {
        look();
        one.end();
      });
    }
    const threshold = told(share);
    const kept = ids.filter((id) => BigInt(`0x${id.slice(18)}`) >= threshold);
    const spans = await recorded.spans();
    expect(spans.map((span) => span.spanContext().traceId)).toEqual(kept);
    expect(new Set(spans.map((span) => said(span).th))).toEqual(new Set(kept.length > 0 ? [thOf(threshold)] : []));
  },
);

interface From {
  readonly traceId: string;
  readonly flags: '00' | '01';
  readonly tracestate?: string;
}

function arrive({ traceId, flags, tracestate }: From, work: (within: Context) => void): void {
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-${flags}`, ...(tracestate && { tracestate }) };
  work(propagation.extract(ROOT_CONTEXT, headers));
}

/** A call that fails in one that does not. */
const failingCall = (within: Context): void =>
  mill.arrive(within, () => {
    quietly(() => mill.fail());
  });

function failingByHand(within: Context): void {
  const outer = trace.getTracer('spec').startSpan('hand', {}, within);
  const inner = trace.getTracer('spec').startSpan('within', {}, trace.setSpan(within, outer));
  inner.setStatus({ code: SpanStatusCode.ERROR });
  inner.end();
  outer.end();
}

const digits = (count: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: count, maxLength: count }).map((all) => all.join(''));

/** Bits at random, and such as lie at the threshold. */
const random = (share: number): fc.Arbitrary<bigint> =>
  fc.oneof(
    digits(14).map((hex) => BigInt(`0x${hex}`)),
    fc
      .constantFrom(told(share), told(share) - 1n, 0n, all - 1n)
      .map((bits) => (bits < 0n ? 0n : bits >= all ? all - 1n : bits)),
  );

const ratios = fc.oneof(
  fc.double({ min: 0.000001, max: 1, noNaN: true }),
  fc.constantFrom(0.1, 0.5, 1 / 3, 0.01, 2 ** -20, 0.999),
);

const remotes = ratios.chain((share) =>
  fc.record({
    share: fc.constant(share),
    first: digits(18).map((hex) => `1${hex.slice(1)}`),
    bits: random(share),
    rv: fc.option(random(share), { nil: undefined }),
    th: fc.option(fc.constantFrom('8', 'c', '0'), { nil: undefined }),
    others: fc.subarray(['xx:y', 'p:8;r:62']),
    vendors: fc.subarray(['vendor=1', 'a@b=c/d', 'congo=t61rcWkgMzE']),
    flags: fc.constantFrom('00' as const, '01' as const),
    isWoven: fc.boolean(),
  }),
);

test('below a remote span errors are kept by the same bits, and `rv` wins over the id', async () => {
  await fc.assert(
    fc.asyncProperty(remotes, async ({ share, first, bits, rv, th, others, vendors, flags, isWoven }) => {
      startKeeping({ success: 0, error: share });
      try {
        const parts = [...(th ? [`th:${th}`] : []), ...(rv === undefined ? [] : [`rv:${hexOf(rv)}`]), ...others];
        const tracestate = [...(parts.length > 0 ? [`ot=${parts.join(';')}`] : []), ...vendors].join(',');
        const from = { traceId: first + hexOf(bits), flags, ...(tracestate && { tracestate }) };
        arrive(from, isWoven ? failingCall : failingByHand);
        const threshold = told(share);
        const isKept = (rv ?? bits) >= threshold;
        const isSampled = flags === '01';
        const spans = await recorded.spans();
        expect(spans).toHaveLength(isKept || isSampled ? 2 : 0);
        // Of what is sampled anyway the greater share is told; where none was told it may have been any but all.
        const tells = isKept && (!isSampled || (th === undefined ? threshold === 0n : threshold < exactlyIn(th)));
        const expected = tells ? thOf(threshold) : th;
        for (const span of spans) {
          expect(said(span)).toEqual({
            th: expected,
            rv: rv === undefined ? undefined : hexOf(rv),
            others: others.flatMap((one) => one.split(';')),
            vendors,
          });
        }
      } finally {
        await recorded.stop();
      }
    }),
    { numRuns: 300, seed: 20_267 },
  );
});

const exactlyIn = (th: string): bigint => BigInt(`0x${th.padEnd(14, '0')}`);
