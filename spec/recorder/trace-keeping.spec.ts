/**
 * Whatever traces begin, end, fail and are taken back, in whatever order: what waits is never more than the buffer, the trace
 * that has waited longest is let go first, and each span is decided about once, by what was known then.
 */
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { type DecidedSpan, LocalTrace } from '../../lib/recorder/local-trace.js';
import { SpanIds } from '../../lib/recorder/span-ids.js';
import { SpanRoom } from '../../lib/recorder/span-room.js';
import { type KeepingOptions, TraceKeeping } from '../../lib/recorder/trace-keeping.js';

const ids = new SpanIds(new Uint32Array([1, 2, 3, 4, 5, 6]));
const site = {};

/** A span that has ended, and what was decided about it. */
class Ended implements DecidedSpan {
  readonly trace: LocalTrace;
  readonly isLocalRoot: boolean;
  readonly isFailed: boolean;
  readonly endedAt = 0;
  readonly tookMs = 1;
  readonly readable = { attributes: {}, events: [], links: [] } as unknown as ReadableSpan;
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

const roomFor = (spans: number): SpanRoom => new SpanRoom(spans, 2 ** 30);

const keepingOf = (given: Partial<KeepingOptions>): TraceKeeping =>
  new TraceKeeping({ success: 0, error: 1, rules: [], decideAfterMs: 60_000, room: roomFor(100), ...given });

/** A trace whose root runs. */
function begun(keeping: TraceKeeping): LocalTrace {
  const trace = new LocalTrace(ids, ids.take(), undefined, true, undefined);
  keeping.begins(trace, site);
  trace.running += 1;
  return trace;
}

/** Ends a span, as a woven one does: where its trace is decided it goes on at once. */
function end(trace: LocalTrace, isFailed = false, isLocalRoot = false): Ended {
  const span = new Ended(trace, isFailed, isLocalRoot);
  if (trace.keeping === undefined) span.decided();
  else trace.keeping.ended(span);
  return span;
}

/** A span starts and ends within a trace. */
function passed(trace: LocalTrace, isFailed = false): Ended {
  trace.running += 1;
  return end(trace, isFailed);
}

/** What is expected of one trace: by the words of the class, with lists in place of counts. */
interface Expected {
  readonly trace: LocalTrace;
  waiting: Ended[];
  children: number;
  isRootOver: boolean;
  failed: boolean;
  kept: boolean | undefined;
}

type Step = 'begin' | 'start' | 'end' | 'fail' | 'root' | 'failing root' | 'take back';

const steps: fc.Arbitrary<readonly [step: Step, at: number]> = fc.tuple(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Step>('begin') },
    { weight: 12, arbitrary: fc.constant<Step>('start') },
    { weight: 10, arbitrary: fc.constant<Step>('end') },
    { weight: 2, arbitrary: fc.constant<Step>('fail') },
    { weight: 2, arbitrary: fc.constantFrom<Step>('root', 'failing root', 'take back') },
  ),
  fc.nat(),
);

class Model {
  readonly room: SpanRoom;
  readonly keeping: TraceKeeping;
  readonly all: Ended[] = [];
  readonly #traces: Expected[] = [];
  /** Those with spans waiting, in the order of their first. */
  #open: Expected[] = [];
  #makesRoom = false;

  constructor(buffer: number) {
    this.room = roomFor(buffer);
    this.keeping = keepingOf({ room: this.room });
  }

  do(step: Step, at: number): void {
    if (step === 'begin' || this.#traces.length === 0) {
      const nothing = { waiting: [], children: 0, isRootOver: false, failed: false, kept: undefined };
      this.#traces.push({ trace: begun(this.keeping), ...nothing });
      return;
    }
    // Mostly one of the last, so that some live long.
    const one = this.#traces[this.#traces.length - 1 - (at % Math.min(8, this.#traces.length))] as Expected;
    if (step === 'start') this.#start(one);
    else if (step === 'end' || step === 'fail') this.#end(one, step === 'fail');
    else if (!one.isRootOver) this.#endRoot(one, step);
  }

  /** How many wait, by all three who know. */
  get waiting(): [found: number, counted: number, expected: number] {
    const found = this.#traces.reduce((sum, { trace }) => sum + (trace.undecided?.waiting.length ?? 0), 0);
    return [found, this.room.waiting, this.#open.reduce((sum, { waiting }) => sum + waiting.length, 0)];
  }

  check(): void {
    const [found, counted, expected] = this.waiting;
    expect([found, counted]).toEqual([expected, expected]);
    expect(found).toBeLessThanOrEqual(this.room.spansAtMost);
    expect(this.all.filter(({ told }) => told.length === 0)).toHaveLength(found);
    for (const { trace, kept } of this.#traces) {
      expect([trace.sampled, trace.isRecorded]).toEqual([kept ?? false, kept ?? true]);
    }
  }

  #start(one: Expected): void {
    // What is not recorded has no end to tell of.
    if (!one.trace.isRecorded) return;
    one.trace.running += 1;
    one.children += 1;
  }

  #end(one: Expected, isFailed: boolean): void {
    if (one.children === 0) return;
    one.children -= 1;
    this.#ended(one, end(one.trace, isFailed));
  }

  #endRoot(one: Expected, step: Step): void {
    one.isRootOver = true;
    if (step !== 'take back') return this.#ended(one, end(one.trace, step === 'failing root', true));
    // Nobody has heard of its end.
    one.isRootOver = one.children === 0;
    one.trace.keeping?.discarded(one.trace);
    if (one.kept === undefined && one.children === 0) this.#decide(one);
    one.isRootOver = true;
  }

  #ended(one: Expected, span: Ended): void {
    this.all.push(span);
    if (one.kept !== undefined) return expect(span.told).toEqual([one.kept]);
    one.failed ||= span.isFailed;
    one.waiting.push(span);
    if (one.isRootOver && one.children === 0) return this.#decide(one);
    if (!this.#open.includes(one)) this.#open.push(one);
    if (this.waiting[2] > this.room.spansAtMost) this.#cutShort(this.#open[0] as Expected);
  }

  #cutShort(one: Expected): void {
    if (one.failed || (one.trace.undecided?.rootMs ?? -1) >= 0) return this.#decide(one);
    this.#open = this.#open.filter((open) => open !== one);
    for (const span of one.waiting.splice(0)) expect(span.told).toEqual([false]);
  }

  #decide(one: Expected): void {
    one.kept = one.failed;
    this.#open = this.#open.filter((open) => open !== one);
    const spans = one.waiting.splice(0);
    for (const span of spans) expect(span.told).toEqual([one.kept]);
    if (one.kept && !this.#makesRoom) this.#makeRoomFor(spans.length);
  }

  /** What is handed on needs room, too: those that have waited longest are decided as they are. */
  #makeRoomFor(spans: number): void {
    const { spansAtMost } = this.room;
    if (this.waiting[2] * 4 < spansAtMost || spans > spansAtMost) return;
    this.#makesRoom = true;
    while (this.waiting[2] + spans > spansAtMost) this.#cutShort(this.#open[0] as Expected);
    this.#makesRoom = false;
  }
}

test('as the model has it, after every step', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.array(steps, { minLength: 20, maxLength: 200 }),
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
  const keeping = keepingOf({});
  const [open, failing, late] = [begun(keeping), begun(keeping), begun(keeping)];
  const before = [passed(open), passed(failing), passed(failing, true), passed(failing)];
  expect(before.flatMap(({ told }) => told)).toEqual([]);
  keeping.stop();
  expect(before.flatMap(({ told }) => told)).toEqual([false, true, true, true]);
  expect(passed(late, true).told).toEqual([true]);
  expect(passed(late).told).toEqual([true]);
  expect(passed(begun(keeping)).told).toEqual([false]);
  expect(end(begun(keeping), false, true).told).toEqual([false]);
});

test('those that wait are told in the order they ended, and the root last', () => {
  const keeping = keepingOf({});
  const trace = begun(keeping);
  const told: number[] = [];
  class Telling extends Ended {
    place = 0;

    override decided(): void {
      told.push(this.place);
    }
  }
  for (const place of [1, 2, 3, 4]) {
    trace.running += place === 4 ? 0 : 1;
    keeping.ended(Object.assign(new Telling(trace, place === 2, place === 4), { place }));
  }
  expect(told).toEqual([1, 2, 3, 4]);
});

test('which successes are kept is known from the start, by 56 random bits', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (success) => {
      const keeping = keepingOf({ success });
      for (let time = 0; time < 100; time += 1) {
        const trace = begun(keeping);
        const random = BigInt(`0x${ids.traceId(trace.root).slice(18)}`);
        const th = /^th:([\da-f]+)$/.exec(trace.state?.get('ot') ?? '')?.[1];
        expect(trace.isRecorded).toBe(true);
        if (trace.sampled) expect(random >= BigInt(`0x${th?.padEnd(14, '0')}`)).toBe(true);
        else expect([th, Number(random) < (1 - success) * 2 ** 56 * 1.0001]).toEqual([undefined, true]);
      }
    }),
    { numRuns: 50, seed: 20_252 },
  );
});
