/**
 * Whatever traces begin, end, fail and are taken back, in whatever order: what waits is never more than the buffer, the trace
 * that has waited longest is let go first, and each span is decided about once, by what was known then.
 */
import fc from 'fast-check';
import { type DecidedSpan, LocalTrace } from '../../lib/recorder/local-trace.js';
import { randomIdSeed, SpanIds } from '../../lib/recorder/span-ids.js';
import { TraceKeeping } from '../../lib/recorder/trace-keeping.js';

const ids = new SpanIds(randomIdSeed());

/** A span that has ended, and what was decided about it. */
class Ended implements DecidedSpan {
  readonly trace: LocalTrace;
  readonly isLocalRoot: boolean;
  readonly isFailed: boolean;
  readonly told: boolean[] = [];

  constructor(trace: LocalTrace, isFailed: boolean, isLocalRoot: boolean) {
    this.trace = trace;
    this.isFailed = isFailed;
    this.isLocalRoot = isLocalRoot;
  }

  decided(): void {
    this.told.push(this.trace.sampled);
  }
}

const begun = (keeping: TraceKeeping): LocalTrace => {
  const trace = new LocalTrace(ids, ids.take(), undefined, true, undefined);
  keeping.begins(trace);
  return trace;
};

/** Ends a span, as a woven one does: where its trace is decided it goes on at once. */
function end(trace: LocalTrace, isFailed = false, isLocalRoot = false): Ended {
  const span = new Ended(trace, isFailed, isLocalRoot);
  if (trace.keeping === undefined) span.decided();
  else trace.keeping.ended(span);
  return span;
}

/** What is expected of one trace: by the words of the class, with lists in place of counts. */
interface Expected {
  readonly trace: LocalTrace;
  readonly waiting: Ended[];
  failed: boolean;
  kept: boolean | undefined;
}

type Step = 'begin' | 'end' | 'fail' | 'root' | 'failing root' | 'take back' | 'stop';

const steps: fc.Arbitrary<readonly [step: Step, at: number]> = fc.tuple(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Step>('begin') },
    { weight: 12, arbitrary: fc.constant<Step>('end') },
    { weight: 2, arbitrary: fc.constant<Step>('fail') },
    { weight: 2, arbitrary: fc.constantFrom<Step>('root', 'failing root', 'take back') },
  ),
  fc.nat(),
);

class Model {
  readonly keeping: TraceKeeping;
  readonly all: Ended[] = [];
  readonly #buffer: number;
  readonly #traces: Expected[] = [];
  /** Those with spans waiting, in the order of their first. */
  #open: Expected[] = [];

  constructor(buffer: number) {
    this.keeping = new TraceKeeping({ success: 0, buffer });
    this.#buffer = buffer;
  }

  do(step: Step, at: number): void {
    if (step === 'begin' || this.#traces.length === 0) {
      this.#traces.push({ trace: begun(this.keeping), waiting: [], failed: false, kept: undefined });
      return;
    }
    // Mostly one of the last, so that some live long.
    const one = this.#traces[this.#traces.length - 1 - (at % Math.min(8, this.#traces.length))] as Expected;
    if (step === 'take back') {
      one.trace.keeping?.discarded(one.trace);
      if (one.kept === undefined) this.#decide(one);
      return;
    }
    const isFailed = step === 'fail' || step === 'failing root';
    const isRoot = step === 'root' || step === 'failing root';
    const span = end(one.trace, isFailed, isRoot);
    this.all.push(span);
    if (one.kept === undefined) this.#ended(one, span);
    else expect(span.told).toEqual([one.kept]);
  }

  /** How many wait, by both. */
  get waiting(): [found: number, expected: number] {
    const found = this.#traces.reduce((sum, { trace }) => sum + (trace.waiting?.length ?? 0), 0);
    return [found, this.#open.reduce((sum, { waiting }) => sum + waiting.length, 0)];
  }

  check(): void {
    const [found, expected] = this.waiting;
    expect(found).toBe(expected);
    expect(found).toBeLessThanOrEqual(this.#buffer);
    expect(this.all.filter(({ told }) => told.length === 0)).toHaveLength(found);
    for (const { trace, kept } of this.#traces) {
      expect(trace.keeping === undefined).toBe(kept !== undefined);
      expect([trace.sampled, trace.isRecorded]).toEqual([kept ?? false, kept ?? true]);
    }
  }

  #ended(one: Expected, span: Ended): void {
    one.failed ||= span.isFailed;
    one.waiting.push(span);
    if (!this.#open.includes(one)) this.#open.push(one);
    if (span.isLocalRoot) this.#decide(one);
    else if (this.waiting[1] > this.#buffer) this.#decide(this.#open[0] as Expected);
  }

  #decide(one: Expected): void {
    one.kept = one.failed;
    this.#open = this.#open.filter((open) => open !== one);
    for (const span of one.waiting.splice(0)) expect(span.told).toEqual([one.kept]);
  }
}

test('as the model has it, after every step', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.array(steps, { minLength: 20, maxLength: 150 }),
      (buffer, given) => {
        const model = new Model(buffer);
        for (const [step, at] of given) {
          model.do(step, at);
          model.check();
        }
        model.keeping.stop();
        expect(model.waiting[0]).toBe(0);
        expect(model.all.filter(({ told }) => told.length !== 1)).toEqual([]);
      },
    ),
    { numRuns: 300, seed: 20_251 },
  );
});

test('after it was stopped nothing waits, and what has failed is kept all the same', () => {
  const keeping = new TraceKeeping({ success: 0, buffer: 100 });
  const [open, failing, late] = [begun(keeping), begun(keeping), begun(keeping)];
  const before = [end(open), end(failing), end(failing, true), end(failing)];
  expect(before.flatMap(({ told }) => told)).toEqual([]);
  keeping.stop();
  expect(before.flatMap(({ told }) => told)).toEqual([false, true, true, true]);
  expect(end(late, true).told).toEqual([true]);
  expect(end(late).told).toEqual([true]);
  expect(end(begun(keeping)).told).toEqual([false]);
  expect(end(begun(keeping), false, true).told).toEqual([false]);
});

test('those that wait are told in the order they ended, and the root last', () => {
  const keeping = new TraceKeeping({ success: 0, buffer: 10 });
  const trace = begun(keeping);
  const told: number[] = [];
  const telling = (place: number, isFailed: boolean, isLocalRoot: boolean): DecidedSpan => ({
    trace,
    isFailed,
    isLocalRoot,
    decided: () => void told.push(place),
  });
  for (const place of [1, 2, 3]) keeping.ended(telling(place, place === 2, false));
  keeping.ended(telling(4, false, true));
  expect(told).toEqual([1, 2, 3, 4]);
});

test('of those in the share it is known from the start, and they never wait', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (success) => {
      const keeping = new TraceKeeping({ success, buffer: 10 });
      for (let time = 0; time < 100; time += 1) {
        const trace = begun(keeping);
        const isShared = ids.randomPart(trace.root) >= Math.round((1 - success) * 2 ** 24);
        expect([trace.sampled, trace.keeping]).toEqual([isShared, isShared ? undefined : keeping]);
      }
    }),
    { numRuns: 50, seed: 20_252 },
  );
});
