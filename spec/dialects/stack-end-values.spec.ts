/**
 * Recursions that use up the stack: a call that came to its end is seen to, whatever telemetry has no room for, and what was
 * counted as running is counted down.
 */
import { Counted, InFlight, Timed, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

afterEach(async () => {
  delete process.env['OTEL_TRACES_SAMPLER'];
  await recorded.stop();
});

/** What the recursion came to: calls whose end their caller did not see. */
const seen = { finished: -1, lost: 0 };

type Give = () => unknown;
const own = new Error('of the program');
// Jest writes out a stack trace with regular expressions: not at the end of the stack, where compiling one ends the process.
void own.stack;

/** One call of the recursion: the caller sees what it gave, or its own error. Anything else was made of it by somebody else. */
function step(at: number, deeper: () => void, give: Give): unknown {
  try {
    deeper();
  } catch (error) {
    if (seen.finished === at + 1 && error !== own) seen.lost += 1;
  }
  // There may be no stack left for what is to be given: then this call has not come to its end.
  const given = give();
  seen.finished = at;
  if (given === own) throw own;
  return given;
}

class Trees {
  @Traced()
  span(at: number, give: Give): unknown {
    return step(at, () => void this.span(at + 1, give), give);
  }

  @Counted('trees.count')
  @Timed('trees.time')
  @InFlight('trees.running.metrics')
  metrics(at: number, give: Give): unknown {
    return step(at, () => void this.metrics(at + 1, give), give);
  }

  @Traced()
  @Counted('trees.both.count')
  @Timed('trees.both.time')
  @InFlight('trees.running.both')
  both(at: number, give: Give): unknown {
    return step(at, () => void this.both(at + 1, give), give);
  }

  @Traced()
  @InFlight('trees.running.one')
  one(at: number, give: Give): unknown {
    return step(at, () => void this.one(at + 1, give), give);
  }
}

const gives: Record<string, Give> = {
  'a value': () => 1,
  'an object': () => ({}),
  'a promise': () => Promise.resolve(1),
  'an iterator': () => [1][Symbol.iterator](),
  'an error': () => own,
};

/** Calls `work` after some small frames, so that the stack ends at another place each time. */
function shifted(frames: number, work: () => void): void {
  if (frames === 0) work();
  else shifted(frames - 1, work);
}

const methods = ['span', 'metrics', 'both', 'one'] as const;

describe.each(['always_on', 'always_off'])('%s', (sampler) => {
  test.each(methods)('%s: every end is seen', (method) => {
    process.env['OTEL_TRACES_SAMPLER'] = sampler;
    recorded.start();
    const trees = new Trees();
    const lost = Object.entries(gives).map(([what, give]) => {
      seen.lost = 0;
      for (let frames = 0; frames < 6; frames += 1) {
        seen.finished = -1;
        shifted(frames, () => {
          try {
            trees[method](0, give);
          } catch (error) {
            if (error !== own) throw error;
          }
        });
      }
      return [what, seen.lost];
    });
    expect(lost).toEqual(Object.keys(gives).map((what) => [what, 0]));
  });

  test.each(['metrics', 'both', 'one'] as const)('%s: nothing is left running', async (method) => {
    process.env['OTEL_TRACES_SAMPLER'] = sampler;
    recorded.start();
    const trees = new Trees();
    for (let frames = 0; frames < 24; frames += 1) shifted(frames, () => void trees[method](0, () => 1));
    // The next call that ends settles what could not be settled there: this one goes no deeper.
    seen.finished = -1;
    const flat = { [method]: () => undefined };
    Reflect.apply(trees[method], flat, [0, () => 1]);
    expect(await recorded.points(`trees.running.${method}`)).toEqual([[{}, 0]]);
  });
});
