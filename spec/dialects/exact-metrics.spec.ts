/**
 * Metrics are exact whatever becomes of spans: under any sampler, under any limit on series, and told to readers of either kind. All
 * calls are counted, timed and followed while they run, by annotations and by hand.
 */
import { context, metrics, TraceFlags } from '@opentelemetry/api';
import { AggregationTemporality, type MetricData } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { bootstrap, Counted, call, InFlight, type LimitSettings, type SamplingSettings, Timed, Traced } from 'spandrel';
import { ReaderOnDemand } from '../support/recorded-telemetry.js';
import { under } from '../support/sampled-by.js';

class Counter {
  @Traced()
  @Counted('exact.calls', { attributes: { id: call.arg(0), outcome: call.outcome() } })
  @Counted('exact.amount', { amount: call.arg(1), attributes: { id: call.arg(0) } })
  @Timed('exact.time', { attributes: { id: call.arg(0) } })
  @InFlight('exact.open', { attributes: { id: call.arg(0) } })
  run(_id: number, _amount: number, fails: boolean): void {
    if (fails) throw new RangeError('as asked');
  }

  @Traced()
  @Counted('exact.later')
  @InFlight('exact.open', { attributes: { id: call.arg(0) } })
  later(_id: number, until: Promise<void>): Promise<void> {
    return until;
  }
}

const counter = new Counter();
const { env } = process;
beforeEach(() => void jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(() => {
  process.env = env;
  jest.restoreAllMocks();
});

const { CUMULATIVE, DELTA } = AggregationTemporality;

interface Step {
  readonly does: 'run' | 'fail' | 'open' | 'close' | 'collect';
  readonly id: number;
  readonly amount: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    does: fc.constantFrom('run', 'run', 'fail', 'open', 'close', 'collect'),
    id: fc.nat(20),
    amount: fc.nat(100),
  }),
  { maxLength: 80 },
);

/** Does it all, and holds what each reader was told against what was done. */
async function hold(sequence: readonly Step[], limits: LimitSettings, sampling?: SamplingSettings): Promise<void> {
  const readers = [CUMULATIVE, DELTA].map((one) => new ReaderOnDemand({ aggregationTemporalitySelector: () => one }));
  const settings = { limits, ...(sampling === undefined ? {} : { sampling }) };
  const telemetry = bootstrap({ export: { protocol: 'none', metricReaders: readers }, ...settings });
  const byHand = metrics.getMeter('hand').createCounter('exact.by.hand');
  const sums = readers.map(() => new Map<string, number>());
  const collect = async (place: number): Promise<void> => {
    const { resourceMetrics } = await (readers[place] as ReaderOnDemand).collect();
    const told = resourceMetrics.scopeMetrics.flatMap((scope): MetricData[] => scope.metrics);
    const series = told.reduce((sum, { dataPoints }) => sum + dataPoints.length, 0);
    expect(series).toBeLessThanOrEqual(limits.series ?? 1000);
    for (const { descriptor, dataPoints } of told) {
      const before = place === 1 ? (sums[1]?.get(descriptor.name) ?? 0) : 0;
      const values = dataPoints.map(({ value }) => (typeof value === 'number' ? value : value.count));
      sums[place]?.set(
        descriptor.name,
        values.reduce((sum, value) => sum + value, before),
      );
    }
  };
  const done = { calls: 0, amount: 0, later: 0 };
  const open: (() => void)[] = [];
  const running: Promise<void>[] = [];
  for (const { does, id, amount } of sequence) {
    if (does === 'collect') await collect(amount % 2);
    else if (does === 'close') open.shift()?.();
    else if (does === 'open') {
      running.push(counter.later(id, new Promise((resolve) => void open.push(resolve))));
    } else {
      done.calls += 1;
      done.amount += amount;
      byHand.add(amount, { id });
      if (does === 'run') counter.run(id, amount, false);
      else expect(() => counter.run(id, amount, true)).toThrow('as asked');
    }
  }
  for (const place of [0, 1]) {
    await collect(place);
    expect(sums[place]?.get('exact.open') ?? 0).toBe(open.length);
  }
  for (const close of open) close();
  await Promise.all(running);
  done.later = running.length;
  for (const place of [0, 1]) {
    await collect(place);
    const told = (name: string): number => sums[place]?.get(name) ?? 0;
    expect({
      calls: [told('exact.calls'), told('exact.time')],
      amount: [told('exact.amount'), told('exact.by.hand')],
      later: told('exact.later'),
      open: told('exact.open'),
    }).toEqual({ calls: [done.calls, done.calls], amount: [done.amount, done.amount], later: done.later, open: 0 });
  }
  await telemetry.shutdown();
}

const limits: fc.Arbitrary<LimitSettings> = fc.constantFrom<LimitSettings>(
  {},
  { series: 40 },
  { seriesPerMetric: 3 },
  { series: 50, seriesPerMetric: { 'exact.calls': 2, '*': 12 } },
);

test.each<[OTEL_TRACES_SAMPLER: string, arg: string]>([
  ['always_on', ''],
  ['always_off', ''],
  ['traceidratio', '0.3'],
  ['parentbased_traceidratio', '0.1'],
])('with the sampler %s %s', async (sampler, arg) => {
  process.env = { ...env, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: arg };
  await fc.assert(
    fc.asyncProperty(steps, limits, (sequence, limits) => hold(sequence, limits)),
    { numRuns: 12, seed: 11 },
  );
});

test('below a parent elsewhere that is not sampled', async () => {
  await fc.assert(
    fc.asyncProperty(steps, limits, (sequence, limits) =>
      context.with(under(TraceFlags.NONE), () => hold(sequence, limits)),
    ),
    { numRuns: 12, seed: 12 },
  );
});

test.each<[string, SamplingSettings]>([
  ['a tenth of successes', { success: 0.1 }],
  ['nothing but errors', { success: 0, error: 1 }],
  ['nothing', { success: 0, error: 0 }],
])('where traces are decided about at their end: %s', async (_, sampling) => {
  await fc.assert(
    fc.asyncProperty(steps, limits, (sequence, limits) => hold(sequence, limits, sampling)),
    { numRuns: 12, seed: 13 },
  );
});
