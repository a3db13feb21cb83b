/**
 * Resource detectors, by name and one's own: what they find is on every span, metric and log record, also what they find
 * later; the environment and the settings go over it; and one that fails holds nothing up.
 */
import { hostname } from 'node:os';
import { trace } from '@opentelemetry/api';
import type { ResourceDetector } from '@opentelemetry/resources';
import { bootstrap, Counted, log, type Settings, type Telemetry, Traced } from 'spandrel';
import { OtlpReceiver } from '../support/otlp-receiver.js';

class Mill {
  @Traced()
  @Counted('mill.runs')
  grind(): string {
    log.info('ground');
    return 'flour';
  }
}

const mill = new Mill();
const signals = ['/v1/traces', '/v1/metrics', '/v1/logs'];
let receiver: OtlpReceiver;
let telemetry: Telemetry | undefined;

beforeEach(async () => {
  receiver = await OtlpReceiver.start();
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(async () => {
  await telemetry?.shutdown();
  await receiver.stop();
  for (const name of ['OTEL_NODE_RESOURCE_DETECTORS', 'OTEL_RESOURCE_ATTRIBUTES', 'OTEL_SERVICE_NAME']) {
    delete process.env[name];
  }
  jest.restoreAllMocks();
});

function start(settings: Settings = {}): Telemetry {
  telemetry = bootstrap({ export: { protocol: 'http/json', endpoint: receiver.endpoint }, ...settings });
  return telemetry;
}

/** What all three signals say of the process, which is the same. */
async function resource(): Promise<Record<string, unknown>> {
  mill.grind();
  await telemetry?.flush();
  const [traces, metrics, logs] = signals.map((path) => receiver.resource(path));
  expect(metrics).toEqual(traces);
  expect(logs).toEqual(traces);
  return traces ?? {};
}

const own = (detect: ResourceDetector['detect']): ResourceDetector => ({ detect });

/** A promise, and who settles it. */
function pending<T>(): { readonly promise: Promise<T>; resolve(value: T): void; reject(error: unknown): void } {
  let settle: Pick<ReturnType<typeof pending<T>>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...(settle as NonNullable<typeof settle>) };
}

test('none by default: no name of the host, no command line', async () => {
  start();
  const names = Object.keys(await resource());
  expect(names.filter((name) => /^(host|os|container)\.|command|owner/.test(name))).toEqual([]);
});

const found = {
  'host.name': hostname(),
  'host.arch': expect.any(String),
  'os.type': process.platform,
  'process.command': expect.any(String),
  'process.owner': expect.any(String),
};

test.each(['code', 'OTEL_NODE_RESOURCE_DETECTORS'])('by name, by %s', async (way) => {
  if (way === 'code') start({ detectors: ['host', 'os', 'process'] });
  else {
    process.env['OTEL_NODE_RESOURCE_DETECTORS'] = 'host,os,process';
    start();
  }
  const told = await resource();
  expect(told).toMatchObject(found);
  expect(told).not.toHaveProperty(['container.id']);
});

test('all of them by the environment', async () => {
  process.env['OTEL_NODE_RESOURCE_DETECTORS'] = 'all';
  start();
  // Whether this runs in a container is not for a test to know.
  expect(await resource()).toMatchObject(found);
  expect(telemetry?.health().faults).toEqual([]);
});

test('the container’s, by its package', async () => {
  start({ detectors: ['container'] });
  await resource();
  expect(telemetry?.health().faults).toEqual([]);
});

test('settings over environment over detectors, in their order, over what the process knows', async () => {
  process.env['OTEL_RESOURCE_ATTRIBUTES'] = 'one=environment,two=environment,service.instance.id=environment';
  process.env['OTEL_SERVICE_NAME'] = 'environment';
  const all = {
    ...{ one: 'first', three: 'first', four: 'first' },
    ...{ 'service.name': 'first', 'service.version': 'first', 'service.instance.id': 'first', 'process.pid': 1 },
  };
  start({
    service: { version: 'settings', instance: 'settings' },
    detectors: [own(() => ({ attributes: all })), own(() => ({ attributes: { three: 'second' } }))],
  });
  expect(await resource()).toMatchObject({
    ...{ one: 'environment', two: 'environment', three: 'second', four: 'first' },
    ...{ 'service.name': 'environment', 'service.version': 'settings', 'service.instance.id': 'settings' },
    'process.pid': 1,
  });
});

test.each<[string, string | undefined, Settings['detectors']]>([
  ['random', undefined, []],
  ['random by its detector', undefined, ['serviceinstance']],
  ['the environment’s over its detector’s', 'here', ['serviceinstance', 'env']],
])('service.instance.id is %s', async (_what, given, detectors) => {
  if (given !== undefined) process.env['OTEL_RESOURCE_ATTRIBUTES'] = `service.instance.id=${given}`;
  start({ detectors: detectors ?? [] });
  const { 'service.instance.id': id } = await resource();
  expect(id).toEqual(given ?? expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
});

test('what is found later is waited for, by exports and by nobody else', async () => {
  const later = pending<string>();
  const { flush, health } = start({
    detectors: [own(() => ({ attributes: { region: later.promise, zone: Promise.resolve('a') } }))],
    batch: { size: 1 },
  });
  expect(mill.grind()).toBe('flour');
  trace.getTracer('hand').startSpan('by hand').end();
  const flushed = flush.call(telemetry);
  // Half way: batches are full and a flush is under way, and nothing leaves.
  await new Promise((resolve) => setImmediate(resolve));
  expect(receiver.requests).toEqual([]);
  expect(health.call(telemetry).spans).toMatchObject([{ waiting: 2, delivered: 0 }]);
  later.resolve('north');
  await flushed;
  expect(receiver.spans().map(({ name }) => name)).toEqual(['Mill.grind', 'by hand']);
  for (const path of signals) expect(receiver.resource(path)).toMatchObject({ region: 'north', zone: 'a' });
  // Both spans have it, in whichever batch.
  const batches = receiver.requests.filter(({ path }) => path === '/v1/traces');
  expect(batches).toHaveLength(2);
  for (const { body } of batches) expect(JSON.stringify(body)).toContain('"region"');
});

test('one that throws, rejects or finds nothing is told of once, and the rest stands', async () => {
  class Throwing {
    detect(): never {
      throw new Error('no map');
    }
  }
  class Rejecting {
    detect() {
      return { attributes: { a: Promise.reject(new Error('lost')), b: Promise.reject(new Error('lost')), c: 'c' } };
    }
  }
  class Absent {
    detect(): never {
      return undefined as never;
    }
  }
  class AsBefore {
    detect(): never {
      return Promise.reject(new Error('old')) as never;
    }
  }
  const others = [own(() => ({ attributes: { d: 'd', none: Promise.resolve(undefined) } }))];
  start({ detectors: [new Throwing(), new Rejecting(), new Absent(), new AsBefore(), ...others] });
  const told = await resource();
  expect(told).toMatchObject({ c: 'c', d: 'd', 'service.name': expect.any(String) });
  expect(['a', 'b', 'none'].filter((name) => name in told)).toEqual([]);
  const faults = telemetry?.health().faults.map(({ code, where, count }) => [code, where, count]);
  expect(faults?.sort()).toEqual(
    ['Absent', 'AsBefore', 'Rejecting', 'Throwing'].map((where) => ['SPANDREL_DETECTOR_FAILED', where, 1]),
  );
});

describe('one that never answers', () => {
  class Silent {
    detect() {
      return { attributes: { never: new Promise<string>(() => undefined), after: Promise.resolve('here') } };
    }
  }

  test('is waited for five seconds, and told of', async () => {
    const began = process.hrtime.bigint();
    start({ detectors: [new Silent()] });
    const told = await resource();
    const tookMs = Number(process.hrtime.bigint() - began) / 1e6;
    expect(tookMs).toBeGreaterThan(4_900);
    expect(told).toMatchObject({ after: 'here' });
    expect(told).not.toHaveProperty('never');
    expect(telemetry?.health().faults).toMatchObject([
      { code: 'SPANDREL_DETECTOR_FAILED', where: 'Silent', count: 1, first: expect.stringContaining('5000 ms') },
    ]);
  });

  test('a flush and a shutdown within less give up in time, and account for what is lost', async () => {
    const running = start({ detectors: [new Silent()] });
    mill.grind();
    await running.flush({ timeoutMs: 20 });
    expect(running.health().spans).toMatchObject([{ waiting: 1, failed: 0 }]);
    await running.shutdown({ timeoutMs: 20 });
    expect(running.health().spans).toMatchObject([{ waiting: 0, dropped: { unsentAtShutdown: 1 } }]);
    // Metrics were waiting, too, and are not sent by a telemetry that has stopped.
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(receiver.requests).toEqual([]);
  });
});
