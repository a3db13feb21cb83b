/**
 * Whatever begins, ends, fails, comes from elsewhere and comes late, under whatever setting and however little room there is: of all
 * spans that were recorded and have ended, each was let go for one reason, waits, or was handed to the exporter.
 */
import { type Context, context, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { type Health, type SamplingSettings, type Telemetry, Traced } from 'spandrel';
import { startKeeping } from '../support/keeping-telemetry.js';
import { recorded } from '../support/recorded-telemetry.js';

class Works {
  /** Whether it is recorded. */
  @Traced('even')
  even(): boolean {
    return isRecorded();
  }

  @Traced('odd')
  odd(within: (isRecorded: boolean) => void): never {
    within(isRecorded());
    throw new RangeError('odd');
  }
}

const works = new Works();

const isRecorded = (): boolean => trace.getActiveSpan()?.isRecording() === true;

type Step = 'begin' | 'begin below' | 'come sampled' | 'come unsampled' | 'end' | 'fail' | 'take long' | 'even' | 'odd';

const steps: fc.Arbitrary<readonly [Step, number]> = fc.tuple(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>('begin') },
    { weight: 6, arbitrary: fc.constant<Step>('begin below') },
    { weight: 2, arbitrary: fc.constantFrom<Step>('come sampled', 'come unsampled') },
    { weight: 8, arbitrary: fc.constant<Step>('end') },
    { weight: 2, arbitrary: fc.constantFrom<Step>('fail', 'take long') },
    { weight: 10, arbitrary: fc.constantFrom<Step>('even', 'even', 'even', 'odd') },
  ),
  fc.nat(),
);

const shares = fc.constantFrom(0, 0.3, 1);

const rules = fc.array(fc.record({ name: fc.constantFrom('even', 'odd', 'by hand'), keep: shares }), { maxLength: 2 });

/** Where all are kept traces are not watched at all, unless a rule speaks against some. */
const keepingAll: fc.Arbitrary<SamplingSettings> = fc.record({ success: fc.constant(1), rules });

const keepingSome: fc.Arbitrary<SamplingSettings> = fc.record(
  {
    success: shares,
    error: shares,
    slow: fc.record({ overMs: fc.constant(1_000), rate: shares }),
    rules,
    adaptive: fc.constantFrom({ load: () => 0.9 }, { load: () => 0 }),
    maxSpansPerSecond: fc.constantFrom(2, 1_000_000),
    perSite: fc.constantFrom(1, 1_000_000),
    collapse: fc.boolean(),
  },
  { requiredKeys: ['success'] },
);

/** Makes the spans, and counts those that were recorded and have ended. */
class Traffic {
  ended = 0;
  readonly #running: Span[] = [];
  /** Below which something may begin, ended ones too. */
  readonly #contexts: Context[] = [];
  #remote = 0;

  do(step: Step, at: number): void {
    const running = this.#running[at % Math.max(1, this.#running.length)];
    const below = this.#contexts[this.#contexts.length - 1 - (at % 6)] ?? ROOT_CONTEXT;
    if (step === 'begin') this.#begin(ROOT_CONTEXT);
    else if (step === 'begin below') this.#begin(below);
    else if (step === 'come sampled') this.#begin(this.#from(1));
    else if (step === 'come unsampled') this.#begin(this.#from(0));
    else if (step === 'even') this.#count(context.with(below, () => works.even()));
    else if (step === 'odd') this.#odd(below);
    else if (running !== undefined) this.#end(running, step);
  }

  endAll(): void {
    for (const span of [...this.#running]) this.#end(span, 'end');
  }

  #begin(parent: Context): void {
    const span = trace.getTracer('hand').startSpan('by hand', { startTime: 1e12 }, parent);
    this.#running.push(span);
    this.#contexts.push(trace.setSpan(parent, span));
  }

  #end(span: Span, step: Step): void {
    if (step === 'fail') span.setStatus({ code: SpanStatusCode.ERROR });
    this.#count(span.isRecording());
    this.#running.splice(this.#running.indexOf(span), 1);
    span.end(1e12 + (step === 'take long' ? 1_001 : 1));
  }

  #odd(parent: Context): void {
    try {
      context.with(parent, () => works.odd((is) => this.#count(is)));
    } catch {
      // It is told by its span.
    }
  }

  #count(isRecorded: boolean): void {
    if (isRecorded) this.ended += 1;
  }

  /** Each is another trace. */
  #from(traceFlags: number): Context {
    this.#remote += 1;
    const traceId = this.#remote.toString(16).padStart(32, '0');
    return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: 'b7ad6b7169203331', traceFlags, isRemote: true });
  }
}

const sum = (counts: object = {}): number =>
  Object.values(counts).reduce((total: number, count: number) => total + count, 0);

/** What `health()` accounts for, by way of the exporter and by way of sampling. */
function accounted({ spans, sampling, held }: Health): { received: number; sent: number; all: number } {
  const [{ received, delivered, failed, waiting, dropped } = none] = spans;
  expect(held.spans).toBeLessThanOrEqual(held.spansAtMost);
  return {
    received,
    sent: delivered + failed + waiting + sum(dropped),
    all: received + sum(sampling?.dropped) + (sampling?.buffered ?? 0),
  };
}

const none = { received: Number.NaN, delivered: 0, failed: 0, waiting: 0, dropped: {} };

async function metrics(): Promise<Record<'kept' | 'dropped' | 'buffered' | 'received', number>> {
  const total = async (name: string): Promise<number> =>
    (await recorded.points(name)).reduce((all, [, value]) => all + value, 0);
  return {
    kept: await total('spandrel.sampling.trace.kept'),
    dropped: await total('spandrel.sampling.span.dropped'),
    buffered: await total('spandrel.sampling.span.buffered'),
    received: await total('spandrel.exporter.span.received'),
  };
}

function check(telemetry: Telemetry, traffic: Traffic): Health {
  const health = telemetry.health();
  const { received, sent, all } = accounted(health);
  expect(sent).toBe(received);
  expect(all).toBe(traffic.ended);
  return health;
}

test('recorded spans that have ended = let go + waiting + handed over, at any moment', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(keepingAll, keepingSome),
      fc.constantFrom(4, 40, 10_000),
      fc.array(steps, { minLength: 20, maxLength: 200 }),
      async (sampling, buffer, walk) => {
        const telemetry = startKeeping(sampling, { batch: { buffer }, metrics: { own: true } });
        try {
          const traffic = new Traffic();
          for (const [place, [step, at]] of walk.entries()) {
            traffic.do(step, at);
            if (place % 20 === 0) check(telemetry, traffic);
          }
          const { sampling: now, spans } = check(telemetry, traffic);
          expect(await metrics()).toEqual({
            kept: sum(now?.kept),
            dropped: sum(now?.dropped),
            buffered: now?.buffered,
            received: spans[0]?.received,
          });
          traffic.endAll();
          await telemetry.flush();
          const health = check(telemetry, traffic);
          expect(health.sampling?.buffered).toBe(0);
          if (sum(health.spans[0]?.dropped) > 0) return;
          const traces = new Set((await recorded.spans()).map((span) => span.spanContext().traceId));
          expect(sum(health.sampling?.kept)).toBe(traces.size);
        } finally {
          await recorded.stop();
        }
      },
    ),
    { numRuns: 100, seed: 7_007 },
  );
}, 60_000);
