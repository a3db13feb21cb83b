/**
 * Any views in any number, on any measurements through annotations, read by any readers: each is told exactly what it is told of
 * an SDK meter that is fed the same by hand.
 */
import {
  type AggregationOption,
  AggregationType,
  createAllowListAttributesProcessor,
  createDenyListAttributesProcessor,
  type IAttributesProcessor,
  InstrumentType,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { CUMULATIVE, DELTA, started, time } from '../support/viewed-mill.js';

afterEach(() => void jest.restoreAllMocks());

const view: fc.Arbitrary<ViewOptions> = fc
  .record(
    {
      instrumentName: fc.constantFrom(
        ...['viewed.count', 'viewed.time', 'viewed.active', 'viewed.level', 'viewed.*', 'viewed', 'Viewed.count'],
        ...['*', '*.time', '*e*', 'viewed.c*', 'v*.c*t', 'viewed.?ount', 'other.*'],
      ),
      instrumentType: fc.constantFrom(...Object.values(InstrumentType)),
      instrumentUnit: fc.constantFrom('ms', '{sack}', '{call}', 'm', ''),
      meterName: fc.constantFrom('spandrel', 'spandrel', 'http'),
      meterVersion: fc.constantFrom('0.1.0', '9'),
      meterSchemaUrl: fc.constant('https://example.org/schema'),
      name: fc.constantFrom('renamed', 'viewed.time'),
      description: fc.constantFrom('other', 'another one'),
      aggregation: fc.constantFrom<AggregationOption>(
        { type: AggregationType.DEFAULT },
        { type: AggregationType.DROP },
        { type: AggregationType.SUM },
        { type: AggregationType.LAST_VALUE },
        { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM },
        { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [1, 5, 50] } },
        { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 4 } },
      ),
      attributesProcessors: fc.constantFrom<IAttributesProcessor[]>(
        [createAllowListAttributesProcessor(['a'])],
        [createDenyListAttributesProcessor(['a'])],
        [createAllowListAttributesProcessor(['a']), createDenyListAttributesProcessor(['a'])],
      ),
      aggregationCardinalityLimit: fc.integer({ min: 1, max: 4 }),
    },
    { requiredKeys: [] },
  )
  .map(({ name, instrumentName, ...given }) => ({
    ...given,
    instrumentName: instrumentName ?? '*',
    // Only a view that selects one may rename it.
    ...(name === undefined || instrumentName === undefined || instrumentName.includes('*') ? {} : { name }),
  }));

const attribute = fc.constantFrom('x', 'y', 'z');
const step = fc.oneof(
  {
    arbitrary: fc.record({ does: fc.constant('count' as const), a: attribute, b: attribute, value: fc.nat(80) }),
    weight: 4,
  },
  {
    arbitrary: fc.record({ does: fc.constant('time' as const), a: attribute, b: attribute, value: fc.nat(200) }),
    weight: 4,
  },
  { arbitrary: fc.record({ does: fc.constant('open' as const), a: attribute, b: attribute }), weight: 2 },
  fc.record({ does: fc.constant('close' as const) }),
  fc.record({ does: fc.constant('level' as const), value: fc.integer({ min: -9, max: 9 }) }),
  fc.record({ does: fc.constant('wait' as const), value: fc.nat(5000) }),
  { arbitrary: fc.record({ does: fc.constant('collect' as const), value: fc.nat(2) }), weight: 2 },
);

const reader = fc.constantFrom(CUMULATIVE, DELTA);

test('each reader is told what the SDK tells', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(view, { maxLength: 4 }),
      fc.array(reader, { minLength: 1, maxLength: 3 }),
      fc.array(step, { maxLength: 60 }),
      async (views, readers, steps) => {
        const running = started(views, readers);
        for (const one of [...steps, ...readers.map((_, value) => ({ does: 'collect' as const, value }))]) {
          // Eighths are exact in any order.
          if (one.does === 'count') running.count(one.a, one.b, one.value / 8);
          else if (one.does === 'time') running.time(one.a, one.b, one.value);
          else if (one.does === 'open') running.open(one.a, one.b);
          else if (one.does === 'close') await running.close();
          else if (one.does === 'level') running.level(one.value);
          else if (one.does === 'wait') time.now += one.value;
          else {
            const { ours, theirs } = await running.collect(one.value % readers.length);
            expect(ours).toEqual(theirs);
          }
        }
        jest.restoreAllMocks();
        await running.telemetry.shutdown();
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
