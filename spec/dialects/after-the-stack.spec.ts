/**
 * A program that used up its stack, caught that, and goes on: telemetry goes on with it.
 */
import { Counted, InFlight, Timed, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Leaves {
  @InFlight('after.stack.flight')
  @Counted('after.stack.count')
  @Timed('after.stack.time')
  @Traced()
  leaf(n: number): number {
    return n * 2;
  }

  @InFlight('after.stack.steps.flight')
  @Counted('after.stack.steps.count')
  @Traced()
  *steps(n: number): Generator<number> {
    yield n;
  }
}

/** Goes to the end of the stack, and on the way back calls `work` from a little higher each time. */
function nearTheEnd(work: () => unknown): void {
  let back = 0;
  const down = (): number => {
    let depth = 0;
    try {
      depth = down();
    } catch {
      if (back === 0) back = 1;
    }
    if (back > 0 && back < 1200) {
      back += 1;
      try {
        work();
      } catch {
        // No stack left for the program itself.
      }
    }
    return depth + 1;
  };
  down();
}

test('calls after the end of the stack are told like any other', async () => {
  const leaves = new Leaves();
  for (let n = 0; n < 300; n += 1) [leaves.leaf(n), ...leaves.steps(n)];
  for (let round = 0; round < 6; round += 1) {
    nearTheEnd(() => leaves.leaf(21));
    nearTheEnd(() => [...leaves.steps(21)]);
  }
  const before = await recorded.points('after.stack.count');
  for (let n = 0; n < 10; n += 1) leaves.leaf(n);
  const after = await recorded.points('after.stack.count');
  expect((after[0]?.[1] ?? 0) - (before[0]?.[1] ?? 0)).toBe(10);
});
