/**
 * Four ways in which deciding at the end goes wrong elsewhere: a plain ERROR status that is not seen, traces without end that pile
 * up, a part of a remote trace that goes past the decision, and a late span without the ones above it.
 */
import { type Context, context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Telemetry } from 'spandrel';
import { Held, mill, quietly, sayFailed } from '../faithful/kept-traces/mill.js';
import { startKeeping } from '../support/keeping-telemetry.js';
import { failedSpan, keptForError, recorded, type SpanTree, span } from '../support/recorded-telemetry.js';

const byHand = (name: string, given: Partial<SpanTree> = {}, ...children: SpanTree[]): SpanTree => {
  const { attributes, ...rest } = span(name, given, ...children);
  void attributes;
  return { ...rest, attributes: given.attributes ?? {} };
};
const run = (given: Partial<SpanTree>, ...children: SpanTree[]): SpanTree =>
  span('run', { at: 'Mill.run', ...given }, ...children);
const step = span('step', { at: 'Mill.step' });
const failed = failedSpan('fail', { type: 'RangeError', message: 'no grain' }, { at: 'Mill.fail' });
const error = 'error' as const;

const tracer = () => trace.getTracer('spec');

/** A span by hand around some work. */
function handMade(name: string, code: SpanStatusCode, work: () => void = () => undefined): void {
  tracer().startActiveSpan(name, (one) => {
    work();
    if (code !== SpanStatusCode.UNSET) one.setStatus({ code });
    one.end();
  });
}

afterEach(() => recorded.stop());

describe('a plain ERROR status, with nothing beside it', () => {
  test('of an annotated call has its trace kept', async () => {
    startKeeping();
    mill.run(() => {
      mill.step();
      mill.run(() => void sayFailed());
    });
    expect(await recorded.trees()).toEqual([keptForError(run({}, step, run({ status: error })))]);
  });

  test('of a span made by hand has it kept: below, above and alone', async () => {
    startKeeping();
    mill.run(() => handMade('inner', SpanStatusCode.ERROR));
    handMade('outer', SpanStatusCode.ERROR, () => mill.step());
    handMade('alone', SpanStatusCode.ERROR);
    for (const code of [SpanStatusCode.UNSET, SpanStatusCode.OK]) handMade('fine', code, () => mill.step());
    const expected = [
      run({}, byHand('inner', { status: error })),
      byHand('outer', { status: error }, step),
      byHand('alone', { status: error }),
    ];
    expect(await recorded.trees()).toEqual(expected.map(keptForError));
  });
});

describe('five thousand roots that never end', () => {
  const buffer = 500;
  const roots = 5_000;

  /** What is held now, and what was let go for want of room. */
  function held(telemetry: Telemetry): readonly [spans: number, evicted: number] {
    const { held, sampling } = telemetry.health();
    expect(sampling?.buffered).toBeLessThanOrEqual(held.spans);
    return [held.spans, sampling?.dropped.evicted ?? 0];
  }

  test.each<[string, () => unknown]>([
    ['annotated ones', () => new Held().steps(2)],
    [
      'ones made by hand',
      () => {
        const within = trace.setSpan(ROOT_CONTEXT, tracer().startSpan('endless'));
        context.with(within, () => [mill.step(), mill.step()]);
      },
    ],
  ])('%s: what waits in them is bounded, the oldest goes first, and errors still arrive', async (_, open) => {
    const telemetry = startKeeping({}, { batch: { buffer } });
    for (let root = 0; root < roots; root += 1) {
      open();
      if (root % 100 === 0) expect(held(telemetry)[0]).toBeLessThanOrEqual(buffer);
    }
    expect(held(telemetry)).toEqual([buffer, 2 * roots - buffer]);
    quietly(() => mill.fail());
    expect(await recorded.trees()).toEqual([keptForError(failed)]);
  });
});

describe('a local root below a remote span', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const from = (flags: string): Context =>
    propagation.extract(ROOT_CONTEXT, { traceparent: `00-${traceId}-b7ad6b7169203331-${flags}` });

  test.each<[string, (work: () => void) => void, (...children: SpanTree[]) => SpanTree]>([
    ['an annotated one', (work) => mill.run(work), (...children) => run({}, ...children)],
    [
      'one made by hand',
      (work) => handMade('hand', SpanStatusCode.UNSET, work),
      (...children) => byHand('hand', {}, ...children),
    ],
  ])('%s is decided about as any other', async (_, root, tree) => {
    startKeeping({ success: 0 });
    context.with(from('00'), () => root(() => mill.step()));
    expect(await recorded.trees()).toEqual([]);
    context.with(from('00'), () => root(() => quietly(() => mill.fail())));
    context.with(from('01'), () => root(() => mill.step()));
    expect(await recorded.trees()).toEqual([keptForError(tree(failed)), tree(step)]);
    // Kept, they are sampled.
    expect((await recorded.spans()).map((one) => one.spanContext().traceFlags)).toEqual([1, 1, 1, 1]);
  });
});

describe('a span that starts after its root has ended', () => {
  test.each([
    ['an annotated one', (): void => mill.step(), (): void => quietly(() => mill.fail())],
    [
      'one made by hand',
      (): void => handMade('late', SpanStatusCode.UNSET),
      (): void => handMade('late', SpanStatusCode.ERROR),
    ],
  ])('%s is no orphan', async (_, starts, fails) => {
    startKeeping();
    const letGo: Context[] = [mill.run(() => context.active())];
    tracer().startActiveSpan('hand', (one) => {
      letGo.push(context.active());
      one.end();
    });
    for (const within of letGo) {
      context.with(within, starts);
      context.with(within, fails);
    }
    expect(await recorded.trees()).toEqual([]);
    const kept = mill.run(() => {
      quietly(() => mill.fail());
      return context.active();
    });
    context.with(kept, starts);
    const [tree, ...others] = await recorded.trees();
    expect(others).toEqual([]);
    expect(tree?.children).toHaveLength(2);
    expect(tree?.children[1]?.attributes['spandrel.sampling.kept_for']).toBe('error');
  });
});
