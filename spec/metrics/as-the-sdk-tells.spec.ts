/**
 * Whatever is measured, and whoever collects when: each reader is told exactly what the SDK would have told it, times and
 * all. Amounts are eighths, whose sums are exact in any order.
 */
import type { Attributes } from '@opentelemetry/api';
import type { MetricData, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import {
  type InstrumentName,
  otherAggregation,
  ownWorld,
  type ReaderPlan,
  sdkWorld,
} from '../support/metric-worlds.js';

let clock = 1.7e12;
beforeEach(() => void jest.spyOn(Date, 'now').mockImplementation(() => clock));
afterEach(() => void jest.restoreAllMocks());

const attributeSets: readonly Attributes[] = [
  {},
  { a: 1 },
  { a: '1' },
  { a: true, b: 'x' },
  { b: 'x', a: true },
  { list: ['x', 'y'] },
  { list: '["x","y"]' },
  { a: '' },
  { a: 'x', z: 0.5 },
  { deep: [1, 2, 3], a: 'x' },
];

type Step =
  | { readonly does: 'measure'; name: InstrumentName; value: number; attributes: Attributes; holder: number }
  | { readonly does: 'collect'; reader: number }
  | { readonly does: 'wait'; ms: number };

const names: readonly InstrumentName[] = ['worlds.counter', 'worlds.up.down', 'worlds.histogram'];

const measuring: fc.Arbitrary<Step> = fc.record({
  does: fc.constant('measure'),
  name: fc.constantFrom(...names),
  value: fc.oneof(
    fc.integer({ min: -8, max: 80 }).map((eighths) => eighths / 8),
    fc.constantFrom(0, 1, 0.5, 2.5, Number.POSITIVE_INFINITY),
  ),
  attributes: fc.constantFrom(...attributeSets),
  holder: fc.integer({ min: 0, max: 2 }),
});

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { arbitrary: measuring, weight: 8 },
    { arbitrary: fc.record({ does: fc.constant('collect'), reader: fc.nat(2) }), weight: 2 },
    { arbitrary: fc.record({ does: fc.constant('wait'), ms: fc.nat(5000) }), weight: 1 },
  ),
  { maxLength: 120 },
);

/** The SDK limits a cumulative reader in each interval alone, and we over its life: see below. */
const unlimited = 2000;
const plans: fc.Arbitrary<readonly ReaderPlan[]> = fc.array(
  fc.oneof(
    fc.record({ temporality: fc.constant('delta'), limit: fc.integer({ min: 1, max: 8 }) }),
    fc.record({ temporality: fc.constantFrom('delta', 'cumulative', 'mixed'), limit: fc.constant(unlimited) }),
  ),
  { minLength: 1, maxLength: 3 },
);

/** Instruments of the SDK are told after ours, wherever they were made. */
function byName(told: readonly ScopeMetrics[]): readonly MetricData[] {
  const metrics = told.flatMap((one) => one.metrics);
  return metrics.sort((a, b) => (a.descriptor.name < b.descriptor.name ? -1 : 1));
}

async function compare(readers: readonly ReaderPlan[], sequence: readonly Step[]): Promise<void> {
  const [theirs, ours] = [sdkWorld(readers), ownWorld(readers)];
  const last = readers.map((_, reader): Step => ({ does: 'collect', reader }));
  for (const step of [...sequence, ...last]) {
    if (step.does === 'wait') clock += step.ms;
    else if (step.does === 'measure') {
      for (const world of [theirs, ours]) world.measure(step.name, step.value, step.attributes, step.holder);
    } else {
      const reader = step.reader % readers.length;
      const [told, expected] = [await ours.collect(reader), await theirs.collect(reader)];
      if (readers.every(({ aggregation }) => aggregation === undefined)) expect(told).toEqual(expected);
      else expect(byName(told)).toEqual(byName(expected));
    }
  }
}

test('in any order, by any readers', async () => {
  await fc.assert(fc.asyncProperty(plans, steps, compare), { numRuns: 300 });
});

test('also by readers that collect at intervals', async () => {
  const periodic = plans.map((some) => some.map((plan) => ({ ...plan, periodic: true })));
  await fc.assert(fc.asyncProperty(periodic, steps, compare), { numRuns: 40 });
});

test('also what the SDK has to aggregate, because one of the readers asks for something else', async () => {
  const other: ReaderPlan = { temporality: 'delta', limit: 4, aggregation: otherAggregation };
  const withOther = plans.map((some) => [...some.slice(1), other]);
  await fc.assert(fc.asyncProperty(withOther, steps, compare), { numRuns: 60 });
});
