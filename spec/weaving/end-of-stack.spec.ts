/**
 * A woven recursion that uses up the stack: wherever it ends, in the program or in our own code, the program gets what it
 * would have got, every call that has begun settles once, and nothing is taken for a defect more than once.
 */
import { reported, restartReports } from '../../lib/faults/report.js';
import { switchable } from '../../lib/metadata/slot.js';
import type { Advice, Advisor } from '../../lib/weaving/advice.js';
import { Lasting } from '../../lib/weaving/lasting.js';
import { Loom } from '../../lib/weaving/loom.js';
import { quiet } from '../../lib/weaving/quiet.js';

const record = { annotation: 'traced', element: { kind: 'function', key: 'go', static: false }, options: {} } as const;

let loom: Loom | undefined;
/** How often advice was entered, and how often for a call that had settled already. */
const counted = { begun: 0, settled: 0, again: 0, errors: 0 };

beforeEach(() => {
  counted.begun = 0;
  counted.settled = 0;
  counted.again = 0;
  counted.errors = 0;
  restartReports(() => undefined);
});

afterEach(() => {
  loom?.stop();
  restartReports();
});

/** Uses some stack, as an SDK does. */
function deep(frames: number): number {
  return frames === 0 ? 0 : 1 + deep(frames - 1);
}

type State = { settled: boolean };

const beside: Advice<State> = {
  begin() {
    counted.begun += 1;
    return { settled: false };
  },
  settled(state, { outcome }) {
    counted.settled += 1;
    if (outcome === 'error') counted.errors += 1;
    if (state.settled) counted.again += 1;
    state.settled = true;
    deep(4);
  },
};

const inside: Advice<State> = {
  ...beside,
  within(_, attempt) {
    const run = (): void => attempt.run();
    run();
    deep(12);
  },
};

function weaveWith(...advice: Advice<State>[]): void {
  const advisor: Advisor = {
    adviceFor: () => advice as Advice[],
    classWoven: () => {},
    ambient: () => undefined,
    resume: (_ambient, attempt) => attempt.run(),
    lasting: new Lasting(1000),
  };
  loom = new Loom(advisor);
  loom.start();
}

const woven = (body: (...args: never[]) => unknown): ((depth: number) => unknown) =>
  switchable(body, [record]) as (depth: number) => unknown;

/** Calls `work` after some small frames, so that the stack ends at another place each time. */
function shifted(frames: number, work: () => unknown): unknown {
  return frames === 0 ? work() : shifted(frames - 1, work);
}

const next = (steps: (depth: number) => unknown): unknown => (steps(0) as Generator<unknown>).next();

const thrownBy = (work: () => unknown): unknown => {
  try {
    return ['returned', work()];
  } catch (error) {
    return error;
  }
};

describe.each([
  ['beside', [beside, beside]],
  ['inside', [beside, inside]],
])('advice %s the call', (_, advice) => {
  const offsets = Array.from({ length: 60 }, (_, index) => index);
  // The switches of a mutation run need stack, too.
  const missedAtMost = offsets.length * (process.env['MUTATION'] === undefined ? 0.5 : 4);

  /** An advice that was told may itself have found no stack to begin with. */
  const expectSettled = (): void => {
    woven(() => 'done')(0);
    expect(counted.begun - counted.settled).toBeLessThanOrEqual(missedAtMost);
    expect(counted.settled).toBeLessThanOrEqual(counted.begun);
    expect(counted.again).toBe(0);
    expect(quiet.depth).toBe(0);
  };

  test('the error is the program’s own, and each body runs once', () => {
    weaveWith(...advice);
    let entered = 0;
    let left = 0;
    const go = woven(() => {
      entered += 1;
      try {
        return go(0);
      } finally {
        left += 1;
      }
    });
    for (const offset of offsets) {
      expect(thrownBy(() => shifted(offset, () => go(0)))).toBeInstanceOf(RangeError);
      expect(entered).toBeGreaterThan(100);
      expect(left).toBe(entered);
    }
    expect(counted.errors).toBe(counted.settled);
    expectSettled();
    expect(reported().filter(({ count }) => count > 1)).toEqual([]);
  });

  test('a failure of the program’s own that ends it, and a value, pass as they are', () => {
    weaveWith(...advice);
    const mine = new Error('mine');
    for (const offset of offsets) {
      const failing = woven((() => {
        try {
          return failing(0);
        } catch {
          throw mine;
        }
      }) as never);
      const before = { ...counted };
      expect(thrownBy(() => shifted(offset, () => failing(0)))).toBe(mine);
      expect(counted.errors - before.errors).toBe(counted.settled - before.settled);
      const giving = woven((() => {
        try {
          return giving(0);
        } catch {
          return 'given';
        }
      }) as never);
      expect(thrownBy(() => shifted(offset, () => giving(0)))).toEqual(['returned', 'given']);
    }
    expectSettled();
  });

  test('generators: a step throws the program’s own error, each body runs to its end, and the last step settles', () => {
    weaveWith(...advice);
    let entered = 0;
    let left = 0;
    const go = woven(function* (): Generator<unknown> {
      entered += 1;
      try {
        yield next(go);
      } finally {
        left += 1;
      }
    });
    for (const offset of offsets) {
      expect(thrownBy(() => shifted(offset, () => next(go)))).toBeInstanceOf(RangeError);
      expect(entered).toBeGreaterThan(100);
      expect(left).toBe(entered);
    }
    expectSettled();
  });

  test('generators: what the last step gave passes as it is, and settles', () => {
    weaveWith(...advice);
    for (const offset of offsets) {
      const giving = woven(function* (): Generator<unknown> {
        try {
          next(giving);
        } catch {
          // The deepest.
        }
        if (offset < 0) yield 'no step but the last';
        return 'given';
      });
      const given = { done: true, value: 'given' };
      expect(thrownBy(() => shifted(offset, () => next(giving)))).toEqual(['returned', given]);
    }
    expectSettled();
  });
});
