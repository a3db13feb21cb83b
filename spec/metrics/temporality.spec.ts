/**
 * `metrics.temporality` and its variable, by what a backend is told of annotated metrics over OTLP (specification, OTLP metrics
 * exporter: temporality preference): totals since the start, or what was added since the last export.
 */
import { metrics } from '@opentelemetry/api';
import { bootstrap, Counted, Gauged, InFlight, type Settings, type Telemetry, Timed } from 'spandrel';
import { OtlpReceiver } from '../support/otlp-receiver.js';

class Mill {
  @Counted('mill.sacks')
  count(): void {}

  @Timed('mill.time', { buckets: [1000] })
  time(): void {}

  @InFlight('mill.active')
  open(until: Promise<void>): Promise<void> {
    return until;
  }

  @Gauged('mill.level')
  get level(): number {
    return 5;
  }
}

const mill = new Mill();
const variable = 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE';
let receiver: OtlpReceiver;
let telemetry: Telemetry | undefined;

beforeEach(async () => {
  receiver = await OtlpReceiver.start();
});

afterEach(async () => {
  await telemetry?.shutdown();
  await receiver.stop();
  delete process.env[variable];
});

type Preference = NonNullable<NonNullable<Settings['metrics']>['temporality']>;

interface Point {
  readonly asInt?: number | string;
  readonly asDouble?: number;
  readonly count?: number | string;
  readonly startTimeUnixNano?: string;
  readonly timeUnixNano?: string;
}

interface Data {
  readonly aggregationTemporality?: number;
  readonly dataPoints: readonly Point[];
}

const names = ['unspecified', 'delta', 'cumulative'];

/** What one export says of each metric: its temporality, its one value, and its times. */
function told(): Record<string, { temporality: string | undefined; value: number; start: bigint; end: bigint }> {
  return Object.fromEntries(
    receiver.lastMetrics().map((metric) => {
      const data = (metric.sum ?? metric.histogram ?? metric.gauge) as Data;
      const [point = {}] = data.dataPoints;
      return [
        metric.name,
        {
          temporality: names[data.aggregationTemporality ?? -1],
          value: Number(point.asDouble ?? point.asInt ?? point.count),
          start: BigInt(point.startTimeUnixNano ?? 0),
          end: BigInt(point.timeUnixNano ?? 0),
        },
      ];
    }),
  );
}

/** Two exports: after three of each and one open call, and after two more and one more open call. */
async function twoExports(): Promise<{ first: ReturnType<typeof told>; second: ReturnType<typeof told> }> {
  let total = 0;
  metrics
    .getMeter('hand')
    .createObservableCounter('hand.total')
    .addCallback((result) => result.observe(total));
  const closing: (() => void)[] = [];
  const step = async (times: number): Promise<ReturnType<typeof told>> => {
    for (let i = 0; i < times; i += 1) {
      mill.count();
      mill.time();
    }
    void mill.open(new Promise((resolve) => closing.push(resolve)));
    total += times;
    await telemetry?.flush();
    return told();
  };
  const both = { first: await step(3), second: await step(2) };
  for (const close of closing) close();
  return both;
}

const kinds: Readonly<Record<Preference, Readonly<Record<string, 'delta' | 'cumulative'>>>> = {
  cumulative: {
    'mill.sacks': 'cumulative',
    'mill.time': 'cumulative',
    'mill.active': 'cumulative',
    'hand.total': 'cumulative',
  },
  delta: { 'mill.sacks': 'delta', 'mill.time': 'delta', 'mill.active': 'cumulative', 'hand.total': 'delta' },
  lowmemory: { 'mill.sacks': 'delta', 'mill.time': 'delta', 'mill.active': 'cumulative', 'hand.total': 'cumulative' },
};

const added: Readonly<Record<string, readonly [number, number]>> = {
  'mill.sacks': [3, 2],
  'mill.time': [3, 2],
  'mill.active': [1, 1],
  'hand.total': [3, 2],
};

const preferences: readonly Preference[] = ['cumulative', 'delta', 'lowmemory'];
const ways = preferences.flatMap((preference) => [['code', preference] as const, [variable, preference] as const]);

test.each([...ways, ['default', 'cumulative'] as const])('by %s: %s', async (way, preference) => {
  if (way === variable) process.env[variable] = preference;
  telemetry = bootstrap({
    export: { protocol: 'http/json', endpoint: receiver.endpoint },
    ...(way === 'code' ? { metrics: { temporality: preference } } : {}),
  });
  const { first, second } = await twoExports();
  for (const [name, temporality] of Object.entries(kinds[preference])) {
    const [before = 0, after = 0] = added[name] ?? [];
    const isDelta = temporality === 'delta';
    expect([name, first[name]]).toMatchObject([name, { temporality, value: before }]);
    expect([name, second[name]]).toMatchObject([name, { temporality, value: isDelta ? after : before + after }]);
    // Intervals join without a gap, or begin where the first one did.
    expect([name, second[name]?.start]).toEqual([name, isDelta ? first[name]?.end : first[name]?.start]);
  }
  for (const one of [first, second]) expect(one['mill.level']).toMatchObject({ temporality: undefined, value: 5 });
});

test('code goes over the environment', async () => {
  process.env[variable] = 'delta';
  telemetry = bootstrap({
    export: { protocol: 'http/json', endpoint: receiver.endpoint },
    metrics: { temporality: 'cumulative' },
  });
  const { second } = await twoExports();
  expect(second['mill.sacks']).toMatchObject({ temporality: 'cumulative', value: 5 });
});

test('a reader of one’s own chooses for itself, whatever OTLP is told', async () => {
  telemetry = bootstrap({
    export: { protocol: 'http/json', endpoint: receiver.endpoint, prometheus: { host: '127.0.0.1', port: 0 } },
    metrics: { temporality: 'delta' },
  });
  const { second } = await twoExports();
  expect(second['mill.sacks']).toMatchObject({ temporality: 'delta', value: 2 });
  const scraped = telemetry.health().metrics.find(({ exporter }) => exporter === 'prometheus');
  const text = await (await fetch(scraped?.address as string)).text();
  expect(text).toMatch(/^mill_sacks_total\{[^}]*\} 5\b/m);
});
