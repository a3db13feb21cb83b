/**
 * `@Timed`: one measurement for each settled call, in the unit and buckets asked for.
 */
import { DataPointType, type HistogramMetricData } from '@opentelemetry/sdk-metrics';
import { call, Timed, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const defaults = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

class Work {
  @Timed('timed.default', { description: 'How long', attributes: { language: call.arg(0) } })
  @Timed('timed.ms', { unit: 'ms' })
  @Timed('timed.us', { unit: 'us' })
  @Timed('timed.ns', { unit: 'ns', buckets: [1, 2.5] })
  do(_language: string, failure?: Error): void {
    if (failure !== undefined) throw failure;
  }

  @Traced()
  @Timed('timed.wait', { unit: 'ms', buckets: [15] })
  async wait(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  @Timed('timed.steps')
  *steps(): Generator<number> {
    yield 1;
    yield 2;
  }

  @Timed('timed.getter')
  get value(): number {
    return 1;
  }

  @Timed('timed.static')
  static make(): void {}
}

async function histogram(name: string): Promise<HistogramMetricData> {
  const metric = (await recorded.metrics()).get(name);
  if (metric?.dataPointType !== DataPointType.HISTOGRAM) throw new Error(`${name} is no histogram`);
  return metric;
}

test('every settled call is measured, a failed one with error.type', async () => {
  const work = new Work();
  work.do('ts');
  work.do('ts');
  work.do('js');
  expect(() => work.do('js', new RangeError('no'))).toThrow(RangeError);
  expect(await recorded.points('timed.default')).toEqual([
    [{ 'error.type': 'RangeError', language: 'js' }, 1],
    [{ language: 'js' }, 1],
    [{ language: 'ts' }, 2],
  ]);
});

test('the unit and the buckets are those of the annotation', async () => {
  new Work().do('ts');
  const told = async (name: string): Promise<unknown> => {
    const { descriptor, dataPoints } = await histogram(name);
    return [descriptor.unit, descriptor.description, dataPoints[0]?.value.buckets.boundaries];
  };
  expect(await told('timed.default')).toEqual(['s', 'How long', defaults]);
  expect(await told('timed.ms')).toEqual(['ms', '', defaults.map((bound) => bound * 1000)]);
  expect(await told('timed.us')).toEqual(['us', '', defaults.map((bound) => Math.round(bound * 1e6))]);
  expect(await told('timed.ns')).toEqual(['ns', '', [1, 2.5]]);
});

test('the same call is measured in each unit: the figures agree with each other and with the span', async () => {
  const work = new Work();
  work.do('ts');
  const sum = async (name: string): Promise<number> => (await histogram(name)).dataPoints[0]?.value.sum as number;
  const nanoseconds = await sum('timed.ns');
  expect(nanoseconds).toBeGreaterThan(0);
  expect((await sum('timed.us')) * 1e3).toBeCloseTo(nanoseconds, 3);
  expect((await sum('timed.ms')) * 1e6).toBeCloseTo(nanoseconds, 3);
  expect((await sum('timed.default')) * 1e9).toBeCloseTo(nanoseconds, 3);

  await work.wait();
  const [span] = await recorded.spans();
  const [seconds, nanos] = span?.duration ?? [0, 0];
  expect(await sum('timed.wait')).toBeCloseTo(seconds * 1e3 + nanos / 1e6, 3);
});

test('a promise is measured until it settles', async () => {
  const waiting = new Work().wait();
  expect(await recorded.points('timed.wait')).toEqual([]);
  await waiting;
  // A timer of 20 ms does not end before 15 have passed.
  const { dataPoints } = await histogram('timed.wait');
  expect(dataPoints.map(({ value }) => value.buckets.counts)).toEqual([[0, 1]]);
});

test('a generator is measured once, over its whole iteration', async () => {
  const work = new Work();
  const steps = work.steps();
  steps.next();
  work.steps();
  expect(await recorded.points('timed.steps')).toEqual([]);
  expect([...steps]).toEqual([2]);
  expect(await recorded.points('timed.steps')).toEqual([[{}, 1]]);
});

test('getters and statics', async () => {
  expect(new Work().value).toBe(1);
  Work.make();
  Work.make();
  expect(await recorded.points('timed.getter')).toEqual([[{}, 1]]);
  expect(await recorded.points('timed.static')).toEqual([[{}, 2]]);
});
