/**
 * One telemetry a process, whichever loaded copy of the package begins it, uses it and ends it; and whichever begins the
 * next.
 */
import { trace } from '@opentelemetry/api';
import * as here from 'spandrel';
import { anotherCopy } from '../support/another-copy.js';
import { recorded, span } from '../support/recorded-telemetry.js';

const there = anotherCopy();
const copies = [here, there];
const pairs = [
  ['ours, then the other', here, there],
  ['the other, then ours', there, here],
  ['ours twice', here, here],
] as const;

class Sized {
  readonly #size: number;
  constructor(size: number) {
    this.#size = size;
  }
  @here.Gauged('copies.lifecycle.size')
  get size(): number {
    return this.#size;
  }
  @there.Traced()
  run(): string {
    return 'run';
  }
}

afterEach(() => recorded.stop());

test.each(pairs)('bootstrap of %s gives one handle, and does not look at the second settings', async (_, one, two) => {
  const telemetry = recorded.start(one.bootstrap);
  expect(two.bootstrap()).toBe(telemetry);
  expect(two.bootstrap({ service: 'another' })).toBe(telemetry);
  expect(two.bootstrap({ nonsense: 1 } as never)).toBe(telemetry);
  expect(two.bootstrap({ export: { protocol: 'console' } })).toBe(telemetry);
  new Sized(1).run();
  const [only, ...more] = await recorded.spans();
  expect(more).toEqual([]);
  expect(only?.resource.attributes['service.name']).toBe('spec');
  expect(telemetry.health().spans).toHaveLength(1);
});

test.each(pairs)('begun by %s: what the second gives flushes and ends it', async (_, one, two) => {
  const bare = Sized.prototype.run;
  const telemetry = recorded.start(one.bootstrap);
  expect(Sized.prototype.run).not.toBe(bare);
  new Sized(1).run();
  const handle = two.bootstrap();
  await handle.flush();
  expect(handle.health().spans[0]).toMatchObject({ received: 1, delivered: 1 });
  await handle.shutdown();
  expect(Sized.prototype.run).toBe(bare);
  expect(telemetry.health().state).toBe('stopped');
  expect(trace.getTracer('any').startSpan('after').isRecording()).toBe(false);
});

test.each(pairs)('ended, and begun again: %s', async (_, one, two) => {
  const first = recorded.start(one.bootstrap);
  const kept = Sized.prototype.run;
  await recorded.stop();
  // Somebody kept the stand-in of the first, and puts it back: a spy does.
  const bare = Sized.prototype.run;
  Sized.prototype.run = kept;
  const second = recorded.start(two.bootstrap);
  expect(second).not.toBe(first);
  expect(one.bootstrap()).toBe(second);
  expect(new Sized(1).run()).toBe('run');
  expect(await recorded.trees()).toEqual([span('Sized.run')]);
  await recorded.stop();
  expect(Sized.prototype.run).toBe(bare);
  expect(first.health().state).toBe('stopped');
});

test.each(pairs)('instances noticed under one are known to the next: %s', async (_, one, two) => {
  const sized = [new Sized(2), new Sized(3)];
  recorded.start(one.bootstrap);
  const before = await recorded.points('copies.lifecycle.size');
  await recorded.stop();
  recorded.start(two.bootstrap);
  expect(await recorded.points('copies.lifecycle.size')).toEqual(before);
  expect(before[0]?.[1]).toBeGreaterThanOrEqual(5);
  expect(sized).toHaveLength(2);
});

test('settings are refused alike, and nothing has begun', () => {
  for (const { bootstrap, SpandrelFault } of copies) {
    expect(() => bootstrap({ nonsense: 1 } as never)).toThrow(SpandrelFault);
  }
  const telemetry = recorded.start(there.bootstrap);
  expect(here.bootstrap()).toBe(telemetry);
});

test('a call begun under the telemetry of one copy ends as it would, after the other has begun', async () => {
  class Slow {
    @here.Traced()
    @here.Counted('copies.slow')
    async run(until: Promise<unknown>): Promise<unknown> {
      return await until;
    }
  }
  let finish: (value: string) => void = () => undefined;
  const until = new Promise<string>((resolve) => {
    finish = resolve;
  });
  recorded.start(here.bootstrap);
  const running = new Slow().run(until);
  await recorded.stop();
  recorded.start(there.bootstrap);
  finish('done');
  expect(await running).toBe('done');
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('copies.slow')).toEqual([]);
});
