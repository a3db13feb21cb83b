/**
 * What the kit leaves behind when it has stopped: nothing. And what it does where it cannot start.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { bootstrap } from 'spandrel';
import { createTestClock, startTestTelemetry } from 'spandrel/testing';
import { snapshot } from '../support/snapshot.js';
import { Shop } from './shop.js';

/** Everything of the process that telemetry could have changed. */
function surroundings(): unknown {
  return {
    shop: snapshot(Shop),
    context: context.active(),
    fields: propagation.fields(),
    span: trace.getTracer('any').startSpan('any').isRecording(),
    meter: metrics.getMeterProvider().constructor.name,
    logger: logs.getLogger('any').enabled(),
    listeners: process.eventNames().map((name) => [name, process.listenerCount(name)]),
    clocks: [Date.now, performance.now],
    resources: process.getActiveResourcesInfo().sort(),
  };
}

/** Sockets that other specs of this process closed end a little later: what is there is to be what stays. Bounded. */
async function atRest(): Promise<void> {
  const resources = (): string => process.getActiveResourcesInfo().sort().join();
  let before = '';
  for (let turns = 0, same = 0; turns < 500 && same < 10; turns += 1) {
    await pause(10);
    same = resources() === before && !before.includes('ShutdownWrap') ? same + 1 : 0;
    before = resources();
  }
}

beforeEach(atRest);

test('nothing is left behind', async () => {
  const before = surroundings();
  const telemetry = startTestTelemetry({
    ids: 'sequential',
    clock: 'ticking',
    settings: { batch: { intervalMs: 60_000 } },
  });
  new Shop().order(1, 'book');
  expect(surroundings()).not.toEqual(before);
  await telemetry.stop();
  expect(surroundings()).toEqual(before);
  await telemetry.stop();
});

test('it stops with its scope', async () => {
  const before = surroundings();
  {
    await using telemetry = startTestTelemetry();
    new Shop().order(1, 'book');
    expect(telemetry.spans()).toHaveLength(3);
  }
  expect(surroundings()).toEqual(before);
});

test('after a clock of its own, times are those of the process again', async () => {
  const first = startTestTelemetry({ clock: createTestClock({ startsAt: 0 }) });
  await first.stop();
  const second = startTestTelemetry();
  const beganMs = Date.now();
  new Shop().order(1, 'book');
  await second.stop();
  expect(Math.abs((second.spans()[0]?.startedAtMs ?? 0) - beganMs)).toBeLessThan(1000);
});

test('where telemetry runs already it says so, and leaves that alone', async () => {
  const running = bootstrap({ export: { protocol: 'none' } });
  expect(() => startTestTelemetry()).toThrow(expect.objectContaining({ code: 'SPANDREL_TEST_ALREADY_RUNNING' }));
  expect(running.health().state).toBe('running');
  await running.shutdown();
  const telemetry = startTestTelemetry();
  expect(() => startTestTelemetry()).toThrow('await stop()');
  await telemetry.stop();
});

test('what bootstrap() refuses is refused, and nothing was begun', async () => {
  const before = surroundings();
  expect(() => startTestTelemetry({ settings: { batch: { size: -1 } } })).toThrow('SPANDREL_SETTING_INVALID');
  expect(surroundings()).toEqual(before);
});

test('a clock goes forwards', () => {
  expect(() => createTestClock({ startsAt: 'never' })).toThrow('startsAt is no time: never');
  expect(() => createTestClock({ stepMs: -1 })).toThrow('forwards');
  expect(() => createTestClock().advance(Number.NaN)).toThrow('forwards');
});

test('processors of the settings are told first: what they do is seen', async () => {
  const processor = {
    onStart: () => undefined,
    onEnd: (span: { attributes: Record<string, unknown> }) => void (span.attributes['seen'] = true),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const telemetry = startTestTelemetry({ settings: { processors: [processor] } });
  new Shop().pay('book');
  await telemetry.stop();
  expect(telemetry.spans()[0]?.attributes).toEqual({ 'code.function.name': 'Shop.pay', seen: true });
});

test('what is switched off by the environment is tested all the same', async () => {
  process.env['OTEL_SDK_DISABLED'] = 'true';
  try {
    await using telemetry = startTestTelemetry();
    new Shop().pay('book');
    expect(telemetry.spans()).toHaveLength(1);
  } finally {
    delete process.env['OTEL_SDK_DISABLED'];
  }
});
