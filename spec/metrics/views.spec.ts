/**
 * Views (`metrics.views`) do to annotated metrics what they do to those of the OpenTelemetry SDK, for every reader.
 */
import {
  AggregationType,
  createAllowListAttributesProcessor,
  createDenyListAttributesProcessor,
  DataPointType,
  InstrumentType,
  type MetricData,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { bootstrap } from 'spandrel';
import { CUMULATIVE, DELTA, started, type Worlds } from '../support/viewed-mill.js';

let worlds: Worlds | undefined;

afterEach(async () => {
  jest.restoreAllMocks();
  await worlds?.telemetry.shutdown();
});

/** Each metric with its series, told in short: of a histogram, the counts of its buckets. */
function short(metrics: readonly MetricData[]): Record<string, unknown> {
  return Object.fromEntries(
    metrics.map((metric) => [
      metric.descriptor.name,
      metric.dataPointType === DataPointType.HISTOGRAM
        ? metric.dataPoints.map(({ attributes, value }) => [attributes, value.buckets])
        : metric.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM
          ? metric.dataPoints.map(({ attributes, value }) => [attributes, value.scale, value.positive.bucketCounts])
          : metric.dataPoints.map(({ attributes, value }) => [attributes, value]),
    ]),
  );
}

const xy = { a: 'x', b: 'y' };
const xz = { a: 'x', b: 'z' };
const bare = {
  'viewed.active': [[xy, 1]],
  'viewed.count': [
    [xy, 3],
    [xz, 4],
  ],
  'viewed.level': [[{ a: 'water' }, 7]],
  'viewed.time': [[xy, { boundaries: [10, 100], counts: [1, 1, 0] }]],
};
const { 'viewed.count': count, 'viewed.time': times, ...others } = bare;
const overflow = { 'otel.metric.overflow': true };

test.each<[string, ViewOptions[], Record<string, unknown>]>([
  ['none', [], bare],
  ['one of another meter', [{ meterName: 'http', instrumentName: '*', name: undefined as never }], bare],
  [
    'another name',
    [{ instrumentName: 'viewed.count', name: 'sacks' }],
    { ...others, 'viewed.time': times, sacks: count },
  ],
  [
    'an attribute allowed',
    [{ instrumentName: 'viewed.count', attributesProcessors: [createAllowListAttributesProcessor(['a'])] }],
    { ...bare, 'viewed.count': [[{ a: 'x' }, 7]] },
  ],
  [
    'an attribute denied, by wildcard',
    [{ instrumentName: 'viewed.*', attributesProcessors: [createDenyListAttributesProcessor(['a', 'b'])] }],
    {
      'viewed.active': [[{}, 1]],
      'viewed.count': [[{}, 7]],
      'viewed.level': [[{}, 7]],
      'viewed.time': [[{}, { boundaries: [10, 100], counts: [1, 1, 0] }]],
    },
  ],
  [
    'other buckets, by type',
    [
      {
        instrumentType: InstrumentType.HISTOGRAM,
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [8] } },
      },
    ],
    { ...bare, 'viewed.time': [[xy, { boundaries: [8], counts: [0, 2] }]] },
  ],
  [
    'an exponential histogram, by unit',
    [{ instrumentUnit: 'ms', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 2 } } }],
    { ...bare, 'viewed.time': [[xy, 0, [1, 1]]] },
  ],
  [
    'a histogram of a counter',
    [
      {
        instrumentName: 'viewed.count',
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [2] } },
      },
    ],
    {
      ...bare,
      'viewed.count': [
        [xy, { boundaries: [2], counts: [2, 0] }],
        [xz, { boundaries: [2], counts: [0, 1] }],
      ],
    },
  ],
  [
    'nothing of it, by our meter’s name',
    [{ meterName: 'spandrel', instrumentName: 'viewed.c*', aggregation: { type: AggregationType.DROP } }],
    { ...others, 'viewed.time': times },
  ],
  [
    'few series',
    [{ instrumentName: 'viewed.count', aggregationCardinalityLimit: 2 }],
    {
      ...bare,
      'viewed.count': [
        [xy, 3],
        [overflow, 4],
      ],
    },
  ],
  [
    'two views of one',
    [
      { instrumentName: 'viewed.count', name: 'sacks' },
      {
        instrumentName: 'viewed.count',
        name: 'sacks.all',
        attributesProcessors: [createAllowListAttributesProcessor([])],
      },
    ],
    { ...others, 'viewed.time': times, sacks: count, 'sacks.all': [[{}, 7]] },
  ],
])('%s', async (_what, views, expected) => {
  worlds = started(views, [CUMULATIVE, DELTA]);
  worlds.count('x', 'y', 1);
  worlds.count('x', 'y', 2);
  worlds.count('x', 'z', 4);
  worlds.time('x', 'y', 10);
  worlds.time('x', 'y', 20);
  worlds.open('x', 'y');
  worlds.level(7);
  for (const reader of [0, 1]) {
    const { ours, theirs } = await worlds.collect(reader);
    expect(short(ours)).toEqual(expected);
    expect(ours).toEqual(theirs);
  }
  await worlds.close();
});

test('another description', async () => {
  worlds = started([{ instrumentName: 'viewed.count', description: 'What came in' }], [CUMULATIVE]);
  worlds.count('x', 'y', 1);
  const { ours, theirs } = await worlds.collect(0);
  expect(ours[0]?.descriptor).toMatchObject({ name: 'viewed.count', description: 'What came in', unit: '{sack}' });
  expect(ours).toEqual(theirs);
});

test.each<[string, ViewOptions]>([
  ['selects nothing', { name: 'other' }],
  ['renames several', { instrumentName: 'viewed.*', name: 'other' }],
  ['has an unknown aggregation', { instrumentName: '*', aggregation: { type: 99 as never } }],
])('a view that %s is refused, by its place', (_what, view) => {
  expect(() =>
    bootstrap({ export: { protocol: 'none' }, metrics: { views: [{ instrumentName: 'fine' }, view] } }),
  ).toThrow(/SPANDREL_SETTING_INVALID: metrics\.views\[1\]/);
});
