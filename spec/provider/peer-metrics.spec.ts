/**
 * Metrics of the machine and of the runtime, by OpenTelemetry's packages: told to every reader, until `shutdown()`.
 */
import { PerformanceObserver, performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { bootstrap, type Settings } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

const start = (metrics: NonNullable<Settings['metrics']>) =>
  recorded.start((given) => bootstrap({ ...given, metrics }));

afterEach(() => recorded.stop());

const namesTold = async (): Promise<string[]> => [...(await recorded.metrics()).keys()].sort();

test('none by default', async () => {
  start({});
  expect(await namesTold()).toEqual([]);
  await recorded.stop();
  start({ host: false, runtime: false });
  expect(await namesTold()).toEqual([]);
});

test('of the machine and the process', async () => {
  start({ host: true });
  const told = await recorded.metrics();
  const names = ['system.cpu.time', 'system.memory.usage', 'process.cpu.time', 'process.memory.usage'];
  expect([...told.keys()]).toEqual(expect.arrayContaining(names));
  const memory = await recorded.points('process.memory.usage');
  expect(memory).toEqual([[{}, expect.any(Number)]]);
  // What this very process uses, give or take.
  expect(memory[0]?.[1]).toBeGreaterThan(10e6);
  expect(recorded.faults()).toEqual([]);
});

describe('of the runtime', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;

  test('its heap, its event loop and its garbage collections', async () => {
    start({ runtime: true });
    const seen = new Promise<void>((resolve) => {
      const observer = new PerformanceObserver(() => {
        observer.disconnect();
        resolve();
      });
      // After ours: it has heard of what this one hears.
      observer.observe({ entryTypes: ['gc'] });
    });
    collect();
    await seen;
    const names = await namesTold();
    expect(names).toEqual(
      expect.arrayContaining(['nodejs.eventloop.utilization', 'v8js.gc.duration', 'v8js.memory.heap.used']),
    );
    const collections = await recorded.points('v8js.gc.duration');
    expect(collections.map(([attributes]) => attributes)).toEqual(
      expect.arrayContaining([{ 'v8js.gc.type': 'major' }]),
    );
  });

  test('views reach it, and the event loop’s use is told once', async () => {
    start({ runtime: true, views: [{ instrumentName: 'nodejs.eventloop.utilization', name: 'busy' }] });
    const until = performance.now() + 30;
    while (performance.now() < until);
    // Read twice at one collection, the second would find nothing since the first.
    expect((await recorded.points('busy'))[0]?.[1]).toBeGreaterThan(0.01);
  });

  test('after shutdown nobody observes any more', async () => {
    const disconnected = jest.spyOn(PerformanceObserver.prototype, 'disconnect');
    start({ runtime: true });
    await recorded.stop();
    expect(disconnected).toHaveBeenCalledTimes(1);
  });

  test('again after a shutdown', async () => {
    start({ runtime: true });
    await recorded.stop();
    start({ runtime: true });
    expect(await namesTold()).toContain('v8js.memory.heap.used');
  });
});
