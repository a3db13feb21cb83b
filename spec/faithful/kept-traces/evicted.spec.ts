/**
 * Where traces stay open there is a bound to what waits in them, by number and by age: never more than it, what is let go is counted,
 * and what fails after that is kept with all that comes from then on, which says so.
 */
import fc from 'fast-check';
import { bootstrap } from 'spandrel';
import { KeepingExporter } from '../../support/keeping-exporter.js';
import { startKeeping } from '../../support/keeping-telemetry.js';
import { recorded } from '../../support/recorded-telemetry.js';
import { type Driven, DrivenSpans, type Ending } from './driven-spans.js';
import { active, failQuietly, Held, mill } from './mill.js';

const partial = 'spandrel.sampling.partial';

type Step = readonly [does: 'begin' | 'within' | 'end', make: Driven['make'], at: number, how: Ending];

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('begin', 'within', 'within', 'within', 'end', 'end', 'end'),
  fc.constantFrom('woven', 'sdk'),
  fc.nat(100),
  fc.oneof(
    { weight: 9, arbitrary: fc.constant<Ending>('well') },
    { weight: 1, arbitrary: fc.constant<Ending>('failed') },
  ),
);

test('never is more held than there is room for, and all that did not arrive is counted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(0, 0.5),
      fc.array(step, { minLength: 30, maxLength: 200 }),
      async (buffer, success, steps) => {
        const exporter = new KeepingExporter();
        const telemetry = bootstrap({
          sampling: { success },
          batch: { buffer, size: 1 },
          export: { protocol: 'none', spanExporters: [exporter] },
        });
        try {
          const driven = new DrivenSpans();
          for (const [does, make, at, how] of steps) {
            const running = driven.all.filter(({ ended }) => !ended);
            const some = running[at % running.length];
            if (some === undefined || does === 'begin') driven.start(make, { by: 'nothing' });
            else if (does === 'within') driven.start(make, { by: 'context', above: some });
            else driven.end(some, how);
            const { held, sampling } = telemetry.health();
            expect(held.spans).toBeLessThanOrEqual(buffer);
            expect(sampling?.buffered).toBeLessThanOrEqual(held.spans);
            // Some rounds of the queue go by.
            if (at % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
          }
          await telemetry.shutdown();
          for (const one of driven.all) if (!one.ended) driven.end(one, 'well');
          const { sampling, spans } = telemetry.health();
          const [delivery] = spans;
          const lost = [...Object.values(sampling?.dropped ?? {}), ...Object.values(delivery?.dropped ?? {})];
          const arrived = exporter.getFinishedSpans();
          const told = new Set(arrived.map((span) => span.attributes['key']));
          expect(told.size).toBe(arrived.length);
          expect(delivery?.delivered).toBe(arrived.length);
          const recorded = driven.all.filter(({ isRecorded }) => isRecorded).length;
          expect(arrived.length + lost.reduce((sum, count) => sum + count, 0)).toBe(recorded);
        } finally {
          await telemetry.shutdown();
        }
      },
    ),
    { numRuns: 100, seed: 20_268 },
  );
});

test('what fails after an eviction is kept, with all that waits by then and all that comes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 6, max: 12 }),
      fc.nat(40),
      fc.nat(2),
      fc.boolean(),
      async (buffer, before, after, looks) => {
        // Of those before, so many wait by then.
        const waiting = before % (buffer + 1);
        fc.pre(waiting + after + 2 <= buffer);
        const telemetry = startKeeping({}, { batch: { buffer } });
        try {
          const held = new Held().steps(before);
          if (looks) held.inside(() => void active().spanContext());
          held.inside(failQuietly).steps(after);
          await held.end();
          const spans = await recorded.spans();
          const expected = [...Array(waiting).fill('step'), 'fail', ...Array(after).fill('step'), 'wait'];
          expect(spans.map(({ name }) => name)).toEqual(expected);
          const isPartial = before > buffer ? true : undefined;
          for (const { attributes } of spans) {
            expect([attributes[partial], attributes['spandrel.sampling.kept_for']]).toEqual([isPartial, 'error']);
          }
          // None of them is without the one above it.
          const [tree, ...others] = await recorded.trees();
          expect([tree?.name, others]).toEqual(['wait', []]);
          expect(telemetry.health().sampling?.dropped.evicted).toBe(before - waiting);
        } finally {
          await recorded.stop();
        }
      },
    ),
    { numRuns: 60, seed: 20_269 },
  );
});

describe('what has waited too long', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(async () => {
    jest.useRealTimers();
    await recorded.stop();
  });

  test('of a trace whose root runs is let go and counted, and what fails later is kept', async () => {
    const telemetry = startKeeping({ decideAfterMs: 5_000 });
    const open = new Held().steps(3);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(telemetry.health().sampling).toMatchObject({ buffered: 3, dropped: { evicted: 0 } });
    await jest.advanceTimersByTimeAsync(4_000);
    expect(telemetry.health().sampling).toMatchObject({ buffered: 0, dropped: { evicted: 3 } });
    open.inside(failQuietly);
    await open.end();
    const spans = await recorded.spans();
    expect(spans.map(({ name, attributes }) => [name, attributes[partial]])).toEqual([
      ['fail', true],
      ['wait', true],
    ]);
  });

  test('of a trace whose root is over is decided as it is', async () => {
    const telemetry = startKeeping({ decideAfterMs: 5_000 });
    const held: Held[] = [];
    mill.run(() => {
      held.push(new Held());
      failQuietly();
    });
    mill.run(() => held.push(new Held().steps(1)));
    await jest.advanceTimersByTimeAsync(7_000);
    expect(telemetry.health().sampling).toMatchObject({ buffered: 0, dropped: { sampled: 2 }, kept: { error: 1 } });
    for (const one of held) await one.inside(failQuietly).end();
    const [tree, ...others] = await recorded.trees();
    expect([tree?.children.map(({ name }) => name).sort(), others]).toEqual([['fail', 'wait'], []]);
  });
});
