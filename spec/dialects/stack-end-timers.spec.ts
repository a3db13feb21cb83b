/**
 * Recursions that use up the stack where spans come in, batches are full, and generators come to rest. A timer that is set
 * there can break off half way and leave Node's own lists wrong: timers of the program would not fire, or keep it alive.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { bootstrap, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

// Thirty stacks are used up, each with thousands of calls on the way back.
jest.setTimeout(60_000);

/** The program has timers of this delay, too. */
const delayMs = 20;

const startedWith = (size: number) => (): void => {
  recorded.start((settings) =>
    bootstrap({ ...settings, batch: { size, intervalMs: delayMs }, limits: { idleMs: delayMs } }),
  );
};
afterEach(() => recorded.stop());

class Well {
  @Traced()
  down(): number {
    return 1;
  }

  @Traced()
  *steps(): Generator<number> {
    yield 1;
    yield 2;
  }
}

const well = new Well();

/** Calls `work` after some small frames, so that the stack ends at another place each time. */
function shifted(frames: number, work: () => void): void {
  if (frames === 0) work();
  else shifted(frames - 1, work);
}

/** What keeps the process alive, by kind. */
const keptAliveBy = (): string[] =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout' || kind === 'Immediate');

const isFired = (): Promise<string> => pause(delayMs, 'fired');

test.each([
  { what: 'spans that wait', size: 512, work: () => void well.down() },
  { what: 'batches that are full', size: 1, work: () => void well.down() },
  { what: 'generators that come to rest', size: 512, work: () => void well.steps().next() },
])('$what', async ({ size, work }) => {
  await isFired();
  const before = keptAliveBy();
  const start = startedWith(size);
  const go = (): void => {
    try {
      go();
    } catch {
      // From here up.
    }
    try {
      work();
    } catch {
      // There was no room for it.
    }
  };
  for (let frames = 0; frames < 20; frames += 2) {
    start();
    shifted(frames, go);
    expect(await isFired()).toBe('fired');
    await recorded.stop();
  }
  expect(keptAliveBy()).toEqual(before);
});
