/**
 * A trace that began elsewhere, where it was decided whether it is sampled: one that was is kept, and one that was not is
 * kept where it fails here. What is sent on from inside says what is known by then.
 */
import { type Context, context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { startKeeping } from '../../support/keeping-telemetry.js';
import { failedSpan, keptForError, recorded, type SpanTree, span } from '../../support/recorded-telemetry.js';
import { failQuietly, Held, mill, sayFailed, sentOn } from './mill.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const headersOf = (flags: string): object => ({ traceparent: `00-${traceId}-${spanId}-${flags}` });
const contextOf = (flags: string): Context => propagation.extract(ROOT_CONTEXT, headersOf(flags));

/** Both ways a trace comes in: by the option, and by the Context that is active. */
const ways: readonly [way: string, name: string, at: string, enter: <T>(flags: string, work: () => T) => T][] = [
  ['by its headers', 'arrive', 'Mill.arrive', (flags, work) => mill.arrive(headersOf(flags), work)],
  ['by the active Context', 'run', 'Mill.run', (flags, work) => context.with(contextOf(flags), () => mill.run(work))],
];

const step = span('step', { at: 'Mill.step' });
const failed = failedSpan('fail', { type: 'RangeError', message: 'no grain' }, { at: 'Mill.fail' });

/** The remote parent of each root, and that all is of the remote trace. */
async function parents(): Promise<unknown[]> {
  const spans = await recorded.spans();
  expect(spans.filter((one) => one.spanContext().traceId !== traceId)).toEqual([]);
  expect(spans.filter((one) => one.spanContext().traceFlags !== 1)).toEqual([]);
  return spans.filter(({ parentSpanContext }) => parentSpanContext?.isRemote).map((one) => one.parentSpanContext);
}

beforeEach(() => void startKeeping());
afterEach(() => recorded.stop());

describe.each(ways)('%s', (_, name, at, enter) => {
  const whole = (given: Partial<SpanTree>, ...children: SpanTree[]): SpanTree[] => [
    span(name, { at, ...given }, ...children),
  ];

  test('one that is sampled is kept, though nothing fails', async () => {
    const sent = enter('01', () => {
      mill.step();
      return sentOn();
    });
    expect(sent).toMatchObject({ traceId, flags: '01' });
    expect(await recorded.trees()).toEqual(whole({}, step));
    expect(await parents()).toEqual([{ traceId, spanId, traceFlags: 1, isRemote: true }]);
  });

  test('one that is not is let go where nothing fails', async () => {
    const sent = enter('00', () => {
      mill.step();
      return sentOn();
    });
    expect(sent).toMatchObject({ traceId, flags: '00' });
    expect(await recorded.trees()).toEqual([]);
  });

  test.each([
    ['a call within fails', (): void => failQuietly(), {}, [step, failed]],
    ['it says so by the API', (): unknown => sayFailed(), { status: 'error' as const }, [step]],
  ])('one that is not is kept whole where %s', async (__, fails, given, children) => {
    const sent = enter('00', () => {
      mill.step();
      fails();
      return sentOn();
    });
    // It is not decided yet.
    expect(sent).toMatchObject({ traceId, flags: '00' });
    expect(await recorded.trees()).toEqual(whole(given, ...children).map(keptForError));
    expect(await parents()).toEqual([{ traceId, spanId, traceFlags: 0, isRemote: true }]);
  });

  test('each part of a trace that comes in is decided by itself', async () => {
    enter('00', () => mill.step());
    enter('00', failQuietly);
    enter('00', () => mill.step());
    expect(await recorded.trees()).toEqual(whole({}, failed).map(keptForError));
  });
});

test('a part of another trace within a call is of that trace, and neither decides about the other', async () => {
  mill.run(() => {
    mill.step();
    mill.arrive(headersOf('00'), failQuietly);
    mill.arrive(headersOf('01'), () => mill.step());
  });
  mill.run(() => {
    mill.arrive(headersOf('00'), () => mill.step());
    failQuietly();
  });
  const arrived = (child: SpanTree): SpanTree => span('arrive', { at: 'Mill.arrive' }, child);
  expect(await recorded.trees()).toEqual([
    keptForError(arrived(failed)),
    arrived(step),
    keptForError(span('run', { at: 'Mill.run' }, failed)),
  ]);
});

test('below a span made by hand that is sampled it is kept, and below one that is not it is decided', async () => {
  const enter = (traceFlags: number, work: () => void): void =>
    context.with(trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags }), () => mill.run(work));
  enter(1, () => mill.step());
  enter(0, () => mill.step());
  enter(0, failQuietly);
  const run = (child: SpanTree): SpanTree => span('run', { at: 'Mill.run' }, child);
  expect(await recorded.trees()).toEqual([run(step), keptForError(run(failed))]);
});

test('what is sent on says what is known by then, for each span that is asked', async () => {
  const flags: string[] = [];
  const tell = (): unknown => flags.push(sentOn().flags);
  // The inner call goes on after its root.
  const heldIn = (root: (work: () => void) => void): Held => {
    let held: Held | undefined;
    root(() => {
      held = new Held().inside(tell);
    });
    return held as unknown as Held;
  };
  const kept = heldIn((work) =>
    mill.run(() => {
      work();
      failQuietly();
      tell();
    }),
  );
  const dropped = heldIn((work) => mill.run(work));
  const remote = heldIn((work) => mill.arrive(headersOf('01'), work));
  expect(flags.splice(0)).toEqual(['00', '00', '00', '01']);
  // Their roots have ended: a flush decides about them, though something still runs.
  await recorded.spans();
  for (const held of [kept, dropped, remote]) held.inside(tell).inside(() => mill.run(tell));
  expect(flags).toEqual(['01', '01', '00', '00', '01', '01']);
  await Promise.all([kept.end(), dropped.end(), remote.end()]);
  const waited = span('wait', { at: 'Mill.wait' }, span('run', { at: 'Mill.run' }));
  expect(await recorded.trees()).toEqual([
    keptForError(span('run', { at: 'Mill.run' }, waited, failed)),
    span('arrive', { at: 'Mill.arrive' }, waited),
  ]);
});
