/**
 * More calls that run than there is memory for: more of that method are not recorded, nor what they call, and all else is as it was.
 */
import { trace } from '@opentelemetry/api';
import { bootstrap, Counted, type Telemetry, Traced } from 'spandrel';
import { collectGarbage } from '../support/collect-garbage.js';
import { recorded, span } from '../support/recorded-telemetry.js';

/** What settles the calls that wait. */
let settlers: (() => void)[] = [];

class Hall {
  @Traced()
  async wait(): Promise<string> {
    this.inner();
    await new Promise<void>((resolve) => settlers.push(resolve));
    return 'settled';
  }

  @Traced()
  inner(): void {}

  @Traced()
  @Counted('hall.counted')
  async counted(): Promise<void> {
    await new Promise<void>((resolve) => settlers.push(resolve));
  }

  @Traced({ parent: 'root' })
  async apart(): Promise<boolean> {
    await new Promise<void>((resolve) => settlers.push(resolve));
    return trace.getActiveSpan()?.isRecording() ?? false;
  }

  @Traced()
  work(): void {
    this.inner();
    throw new Error('worked');
  }
}

const atMost = 768;
const ofOne = 576;

let telemetry: Telemetry;

const running = () => telemetry.health().running;
const settle = (): void => {
  for (const settler of settlers.splice(0)) settler();
};

beforeEach(() => {
  settlers = [];
  telemetry = recorded.start((given) => bootstrap({ ...given, limits: { memoryBytes: 2 ** 20 } }));
});
afterEach(() => recorded.stop());

test('calls past it are not recorded, nor what they call; other methods are, with their errors', async () => {
  const hall = new Hall();
  const given = Array.from({ length: 1_000 }, () => hall.wait());
  expect(running()).toEqual({ spans: ofOne, atMost, unrecorded: 2 * (1_000 - ofOne) });
  const before = (await recorded.spans()).length;
  expect(() => hall.work()).toThrow('worked');
  expect((await recorded.spans()).slice(before).map(({ name, status }) => [name, status.code])).toEqual([
    ['Hall.inner', 0],
    ['Hall.work', 2],
  ]);
  settle();
  expect(new Set(await Promise.all(given))).toEqual(new Set(['settled']));
  expect(running()?.spans).toBe(0);
  expect(await recorded.spans()).toHaveLength(2 * ofOne + 2);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_TOO_MANY_RUNNING', where: 'Hall.wait', count: 1 }]);
});

test('calls whose promises are dropped give their places back once they are collected', async () => {
  const hall = new Hall();
  for (let calls = 0; calls < 1_000; calls += 1) void hall.wait();
  expect(running()?.spans).toBe(ofOne);
  settlers = [];
  await collectGarbage();
  expect(running()?.spans).toBe(0);
  void hall.wait();
  expect(running()).toMatchObject({ spans: 1, unrecorded: 2 * (1_000 - ofOne) });
});

test('what is counted stays exact', async () => {
  const hall = new Hall();
  const given = Array.from({ length: 1_000 }, () => hall.counted());
  expect(running()?.unrecorded).toBe(1_000 - ofOne);
  settle();
  await Promise.all(given);
  expect((await recorded.points('hall.counted')).map(([, value]) => value)).toEqual([1_000]);
});

test('a call with a parent of its own is not recorded either', async () => {
  const hall = new Hall();
  const given = Array.from({ length: 600 }, () => hall.apart());
  settle();
  const isRecorded = await Promise.all(given);
  expect(isRecorded.filter(Boolean)).toHaveLength(ofOne);
  expect(running()).toEqual({ spans: 0, atMost, unrecorded: 600 - ofOne });
});

test('those below one are not recorded, though there is room again', async () => {
  const hall = new Hall();
  for (let calls = 0; calls < ofOne; calls += 1) void hall.wait();
  const early = settlers.splice(0);
  const tracer = trace.getTracer('spec');
  let inside: boolean | undefined;
  class Late {
    @Traced()
    async go(): Promise<void> {
      hall.inner();
    }
  }
  const refused = hall.wait();
  for (const settler of early) settler();
  await new Promise((resolve) => setTimeout(resolve));
  tracer.startActiveSpan('hand-made', (made) => {
    inside = made.isRecording();
    made.end();
  });
  await new Late().go();
  settle();
  await refused;
  expect(inside).toBe(true);
  const trees = await recorded.trees();
  expect(trees).toContainEqual(span('Late.go', { children: [span('Hall.inner')] }));
  expect(trees.every(({ name }) => name !== 'Hall.inner')).toBe(true);
});
