/**
 * Whatever is measured, by us or by hand, under whatever attributes, and whoever collects when: there are never more series
 * than the limits say, and what each reader is told adds up, to the last unit, to what was measured.
 */
import { ValueType } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationTemporality, InstrumentType, type MetricData, type MetricReader } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import type { SeriesLimits } from '../../lib/metrics/series-budget.js';
import { meteringFor } from '../../lib/provider/metering.js';
import { ReaderOnDemand } from '../support/recorded-telemetry.js';

const { CUMULATIVE, DELTA } = AggregationTemporality;

const names = ['our.sum', 'our.level', 'our.time', 'hand.sum', 'hand.level', 'hand.time', 'seen.sum'] as const;
type Name = (typeof names)[number];

type Temporality = 'cumulative' | 'delta' | 'mixed';

function readerOf(temporality: Temporality): ReaderOnDemand {
  return new ReaderOnDemand({
    aggregationTemporalitySelector: (type) =>
      temporality === 'delta' || (temporality === 'mixed' && type !== InstrumentType.UP_DOWN_COUNTER)
        ? DELTA
        : CUMULATIVE,
  });
}

const isDelta = (temporality: Temporality, name: Name): boolean =>
  temporality === 'delta' || (temporality === 'mixed' && !name.endsWith('.level'));

/** Metrics of each kind, and how much was added to each. */
function begin(readers: readonly MetricReader[], limits: SeriesLimits) {
  const { instruments, provider, series } = meteringFor(resourceFromAttributes({}), readers, { limits });
  const meter = provider.getMeter('hand');
  const unit = { valueType: ValueType.INT };
  const ours = {
    'our.sum': instruments.counter({ name: 'our.sum' }),
    'our.level': instruments.upDownCounter({ name: 'our.level' }),
  };
  const time = instruments.histogram({ name: 'our.time', buckets: [1, 10] });
  const hand = {
    'hand.sum': meter.createCounter('hand.sum', unit),
    'hand.level': meter.createUpDownCounter('hand.level', unit),
  };
  const handTime = meter.createHistogram('hand.time', unit);
  const seen = new Map<number, number>();
  meter.createObservableCounter('seen.sum', unit).addCallback((result) => {
    for (const [id, value] of seen) result.observe(value, { id });
  });
  const held = new Map<string, { add(amount: number): void }>();
  const totals = new Map<Name, number>(names.map((name) => [name, 0]));
  return {
    totals,
    series,
    instruments,
    measure(name: Name, value: number, id: number, holds: boolean): void {
      const attributes = id < 3 ? { id, kind: 'few' } : { id };
      totals.set(name, (totals.get(name) ?? 0) + value);
      if (name === 'our.time') time.series(attributes).record(value);
      else if (name === 'hand.time') handTime.record(value, attributes);
      else if (name === 'seen.sum') seen.set(id, (seen.get(id) ?? 0) + value);
      else if (name === 'hand.sum' || name === 'hand.level') hand[name].add(value, attributes);
      else {
        const key = `${name} ${id}`;
        const one = held.get(key) ?? ours[name].series(attributes);
        if (holds && (one as { keep?: boolean }).keep === true) held.set(key, one);
        one.add(value);
      }
    },
  };
}

const sumOf = ({ dataPoints }: MetricData): number =>
  dataPoints.reduce((sum, { value }) => sum + (typeof value === 'number' ? value : (value.sum ?? 0)), 0);

async function told(reader: MetricReader): Promise<MetricData[]> {
  const { resourceMetrics, errors } = await reader.collect();
  expect(errors).toEqual([]);
  return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
}

type Step =
  | {
      readonly does: 'measure';
      readonly name: Name;
      readonly value: number;
      readonly id: number;
      readonly holds: boolean;
    }
  | { readonly does: 'flood'; readonly name: Name; readonly from: number }
  | { readonly does: 'collect'; readonly reader: number }
  | { readonly does: 'restart' };

const name = fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      does: fc.constant('measure' as const),
      name,
      value: fc.nat(9),
      id: fc.nat(12),
      holds: fc.boolean(),
    }),
    weight: 12,
  },
  { arbitrary: fc.record({ does: fc.constant('flood' as const), name, from: fc.nat(200) }), weight: 2 },
  { arbitrary: fc.record({ does: fc.constant('collect' as const), reader: fc.nat(2) }), weight: 4 },
  fc.record({ does: fc.constant('restart' as const) }),
);

const limits = fc.record({
  inAll: fc.integer({ min: 1, max: 60 }),
  most: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
});

const temporalities = fc.array(fc.constantFrom<Temporality>('cumulative', 'delta', 'mixed'), {
  minLength: 1,
  maxLength: 3,
});

/** What is told at the end of the life of one telemetry. */
async function live(steps: readonly Step[], temporalities: readonly Temporality[], { inAll, perMetric }: SeriesLimits) {
  const readers = temporalities.map(readerOf);
  const world = begin(readers, { inAll, perMetric });
  // A metric that comes when nothing is left has its overflow all the same.
  const bound = inAll + Math.max(0, names.length - Math.floor(inAll / 5));
  const sums = temporalities.map(() => new Map<string, number>());
  const collect = async (place: number): Promise<void> => {
    const metrics = await told(readers[place] as MetricReader);
    const series = metrics.reduce((sum, { dataPoints }) => sum + dataPoints.length, 0);
    expect(series).toBeLessThanOrEqual(bound);
    for (const metric of metrics) {
      const { name } = metric.descriptor;
      expect(metric.dataPoints.length).toBeLessThanOrEqual(perMetric(name) ?? inAll);
      const before = isDelta(temporalities[place] as Temporality, name as Name) ? (sums[place]?.get(name) ?? 0) : 0;
      sums[place]?.set(name, before + sumOf(metric));
    }
  };
  const measure = (name: Name, value: number, id: number, holds: boolean): void => {
    world.measure(name, value, id, holds);
    expect(world.series.used.used).toBeLessThanOrEqual(bound);
  };
  for (const step of steps) {
    if (step.does === 'measure') measure(step.name, step.value, step.id, step.holds);
    else if (step.does === 'collect') await collect(step.reader % readers.length);
    else if (step.does === 'flood') for (let id = 0; id < 30; id += 1) measure(step.name, 1, step.from + id, true);
  }
  for (const [place, temporality] of temporalities.entries()) {
    await collect(place);
    for (const name of names) {
      expect([temporality, name, sums[place]?.get(name) ?? 0]).toEqual([temporality, name, world.totals.get(name)]);
    }
  }
  const { used } = world.series.used;
  if (temporalities.every((one) => one === 'cumulative')) {
    const all = await told(readers[0] as MetricReader);
    expect(used).toBe(all.reduce((sum, { dataPoints }) => sum + dataPoints.length, 0));
  }
  world.instruments.release();
  await Promise.all(readers.map((reader) => reader.shutdown()));
}

beforeEach(() => void jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(() => void jest.restoreAllMocks());

test('never more series than the limits say, and every total exact', async () => {
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 60 }),
    temporalities,
    limits,
    async (steps, temporalities, { inAll, most }) => {
      const lives: Step[][] = [[]];
      for (const step of steps) {
        if (step.does === 'restart') lives.push([]);
        else lives.at(-1)?.push(step);
      }
      for (const steps of lives) await live(steps, temporalities, { inAll, perMetric: () => most });
    },
  );
  await fc.assert(property, { numRuns: 150, seed: 7 });
});
