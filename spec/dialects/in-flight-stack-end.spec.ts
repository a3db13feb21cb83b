/**
 * Recursions that use up the stack, with calls in flight counted: once they are back, nothing is in flight.
 */
import { Counted, InFlight, Timed, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

type Down = (work: () => unknown) => unknown;

class Wells {
  @InFlight('well.alone')
  alone(work: () => unknown): unknown {
    return work();
  }

  @InFlight('well.traced')
  @Traced()
  traced(work: () => unknown): unknown {
    return work();
  }

  @InFlight('well.two.one')
  @InFlight('well.two.other')
  two(work: () => unknown): unknown {
    return work();
  }

  @InFlight('well.all')
  @InFlight('well.all.again', { attributes: { fixed: true } })
  @Counted('well.all.count')
  @Counted('well.all.errors', { when: 'error' })
  @Timed('well.all.time')
  @Traced()
  all(work: () => unknown): unknown {
    return work();
  }
}

const wells = new Wells();
const metrics = {
  alone: ['well.alone'],
  traced: ['well.traced'],
  two: ['well.two.one', 'well.two.other'],
  all: ['well.all', 'well.all.again'],
} as const;

/** Calls `work` after some small frames, so that the stack ends at another place each time. */
function shifted(frames: number, work: () => unknown): unknown {
  return frames === 0 ? work() : shifted(frames - 1, work);
}

const endingOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe.each(Object.keys(metrics) as (keyof typeof metrics)[])('%s', (name) => {
  const down: Down = (work) => wells[name](work);
  const expectNoneInFlight = async (): Promise<void> => {
    // The next call that ends settles what could not be settled there.
    down(() => 'next');
    for (const metric of metrics[name]) {
      const points = await recorded.points(metric);
      expect([metric, points.map(([, value]) => value)]).toEqual([metric, [0]]);
    }
  };

  test('a recursion that throws all the way', async () => {
    const go = (): unknown => down(go);
    for (let frames = 0; frames < 80; frames += 2) {
      expect(endingOf(() => shifted(frames, go))).toBeInstanceOf(RangeError);
    }
    await expectNoneInFlight();
  });

  test('one that goes on in each of its calls', async () => {
    const go = (): unknown => {
      try {
        return down(go);
      } catch {
        return 'the deepest';
      }
    };
    for (let frames = 0; frames < 80; frames += 2) expect(shifted(frames, go)).toBe('the deepest');
    await expectNoneInFlight();
  });

  test('calls all along the end of it', async () => {
    const go = (depth: number): void => {
      try {
        go(depth + 1);
      } catch {
        // From here up.
      }
      endingOf(() => down(() => depth));
    };
    for (let round = 0; round < 4; round += 1) endingOf(() => go(0));
    await expectNoneInFlight();
  });
});
