/**
 * What ends, or starts, after the root of its trace follows what was decided then; and what is taken back decides as much as
 * is known by then, where it is the root.
 */
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { Observable } from 'rxjs';
import { bootstrap, Traced } from 'spandrel';
import { startKeeping } from '../../support/keeping-telemetry.js';
import { failedSpan, keptForError, recorded, type SpanTree, span } from '../../support/recorded-telemetry.js';
import { active, failQuietly, Held, mill, quietly, sayFailed } from './mill.js';

const step = span('step', { at: 'Mill.step' });
const failed = failedSpan('fail', { type: 'RangeError', message: 'no grain' }, { at: 'Mill.fail' });
const run = (given: Partial<SpanTree>, ...children: SpanTree[]): SpanTree =>
  span('run', { at: 'Mill.run', ...given }, ...children);
const wait = (...children: SpanTree[]): SpanTree => span('wait', { at: 'Mill.wait' }, ...children);

afterEach(() => recorded.stop());

/** A root that ends at once, with a call inside that goes on; `ends` is the last that the root does. */
function rootWith(ends: () => void, asks: boolean): Held {
  let held: Held | undefined;
  quietly(() =>
    mill.run(() => {
      mill.step();
      if (asks) active().spanContext();
      held = new Held();
      // Its ids are asked for before it is decided about.
      if (asks) held.inside(() => active().spanContext());
      ends();
    }),
  );
  return held as unknown as Held;
}

describe.each([true, false])('where the ids were asked for before: %s', (asks) => {
  test('what goes on after a root that failed arrives below it, with what starts only then', async () => {
    startKeeping();
    const held = rootWith(failQuietly, asks);
    expect(await recorded.trees()).toEqual([keptForError(run({}, step, failed))]);
    held.inside(() => {
      expect(active().isRecording()).toBe(true);
      mill.run(() => mill.step());
    });
    await held.end();
    expect(await recorded.trees()).toEqual([keptForError(run({}, step, wait(run({}, step)), failed))]);
    const spans = await recorded.spans();
    expect(spans.filter((one) => one.spanContext().traceFlags !== 1)).toEqual([]);
    const parents = spans.flatMap(({ parentSpanContext }) => parentSpanContext ?? []);
    expect(parents.filter(({ traceFlags }) => traceFlags !== 1)).toEqual([]);
  });

  test('what fails after its root has ended has the trace kept whole, as long as it is not decided', async () => {
    startKeeping();
    const held = rootWith(() => undefined, asks);
    held.inside(failQuietly);
    await held.end();
    expect(await recorded.trees()).toEqual([keptForError(run({}, step, wait(failed)))]);
  });

  test('what goes on after one that was let go arrives nowhere, though it fails', async () => {
    startKeeping();
    const held = rootWith(() => undefined, asks);
    // A flush decides about a trace whose root has ended.
    await recorded.spans();
    const begun: boolean[] = [];
    held.inside(() => {
      failQuietly();
      sayFailed();
      mill.run(() => begun.push(active().isRecording()));
    });
    await held.end();
    expect(begun).toEqual([false]);
    expect(await recorded.trees()).toEqual([]);
  });
});

test('what starts in the Context of a root that is long over follows it', async () => {
  startKeeping();
  const kept = mill.run(() => {
    failQuietly();
    return context.active();
  });
  const dropped = mill.run(() => context.active());
  // Also where the program has put something on it.
  const withBaggage = propagation.setBaggage(kept, propagation.createBaggage({ mill: { value: 'old' } }));
  for (const within of [kept, withBaggage, dropped]) context.with(within, () => mill.step());
  context.with(dropped, failQuietly);
  expect(await recorded.trees()).toEqual([keptForError(run({}, failed, step, step))]);
});

test('a root that the program has ended itself is decided then', async () => {
  startKeeping();
  mill.run(() => {
    mill.step();
    active().end();
    failQuietly();
  });
  mill.run(() => {
    sayFailed();
    active().end();
    mill.step();
  });
  expect(await recorded.trees()).toEqual([keptForError(run({ status: 'error' }, step))]);
});

class Streams {
  @Traced('stream')
  stream(before: () => unknown): Observable<number> {
    before();
    return new Observable((subscriber) => {
      mill.step();
      subscriber.complete();
    });
  }

  /** Its call goes on inside after it was taken back. */
  @Traced('stream')
  held(holds: (held: Held) => void): Observable<number> {
    holds(new Held());
    return new Observable();
  }
}

const streams = new Streams();

describe('a call that is taken back', () => {
  /** The trees with all kept, and with those that failed. */
  async function bothWays(program: () => void): Promise<{ all: SpanTree[]; kept: SpanTree[] }> {
    recorded.start(bootstrap);
    program();
    const all = await recorded.trees();
    await recorded.stop();
    startKeeping();
    program();
    return { all, kept: await recorded.trees() };
  }

  test('as a root decides about what has ended below it', async () => {
    const { all, kept } = await bothWays(() => {
      streams.stream(failQuietly);
      streams.stream(() => mill.step());
      mill.run(failQuietly);
    });
    expect(all).toEqual([failed, step, run({}, failed)]);
    expect(kept).toEqual([failed, run({}, failed)].map(keptForError));
  });

  test('as a root leaves what goes on below it to what was known', async () => {
    startKeeping();
    const holding: Held[] = [];
    streams.held((held) => holding.push(held.inside(failQuietly)));
    streams.held((held) => holding.push(held.inside(() => mill.step())));
    for (const held of holding) await held.inside(() => mill.step()).end();
    expect(await recorded.trees()).toEqual([keptForError(wait(failed, step))]);
  });

  test('as a child leaves its trace open', async () => {
    const { all, kept } = await bothWays(() => {
      mill.run(() => {
        streams.stream(() => mill.step()).subscribe();
        failQuietly();
      });
      mill.run(() => {
        streams.stream(() => mill.step());
        mill.step();
      });
    });
    const [first, ...others] = all;
    expect(others.map(({ name }) => name)).toEqual(['step', 'run', 'step']);
    expect(first).toEqual(run({}, span('stream', { at: 'Streams.stream' }, step), failed));
    // What was called while it was given is below a call that was none.
    expect(kept).toEqual([first as SpanTree, step].map(keptForError));
  });

  test('as a root whose Context is used later: nothing waits for it', async () => {
    startKeeping({}, { batch: { buffer: 4 } });
    for (let time = 0; time < 10; time += 1) streams.stream(() => mill.step());
    context.with(ROOT_CONTEXT, () =>
      mill.run(() => {
        for (let time = 0; time < 3; time += 1) mill.step();
        sayFailed();
      }),
    );
    expect(await recorded.trees()).toEqual([keptForError(run({ status: 'error' }, step, step, step))]);
  });
});
