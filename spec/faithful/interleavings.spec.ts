/**
 * Concurrent calls of every kind, within one another, in whatever order their steps come: each is told once with its own
 * outcome, under the caller that made it, and nobody’s surroundings are lost. The orders are those of fast-check.
 */
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import fc from 'fast-check';
import { dialect } from '../support/dialect.js';
import { recorded } from '../support/recorded-telemetry.js';
import { drive } from './interleavings/drive.js';
import { commands, Lifecycle } from './interleavings/lifecycle.js';
import { metricNames } from './interleavings/player.js';
import { type Play, programs } from './interleavings/program.js';
import { Stage } from './interleavings/stage.js';

afterEach(() => recorded.stop());

const numRuns = 400;
const seed = 20_261_124;

/** Plays all of them, each caller within a span of its own. */
async function played(scheduler: fc.Scheduler, plays: readonly Play[]): Promise<Stage> {
  const stage = new Stage(scheduler, drive);
  const callers = plays.map((play) => {
    const key = stage.key('caller');
    const span = trace.getTracer('interleavings').startSpan(key, { attributes: { key } }, ROOT_CONTEXT);
    const driven = context.with(trace.setSpan(ROOT_CONTEXT, span), () => stage.drive(play, key));
    stage.expect(trace.getActiveSpan() === undefined, 'something is active outside of every call');
    stage.aside(driven);
    return span;
  });
  await stage.play();
  for (const span of callers) span.end();
  return stage;
}

const sumOf = async (name: string): Promise<number> =>
  (await recorded.points(name)).reduce((sum, [, value]) => sum + value, 0);

const failuresIn = async (): Promise<number> =>
  (await recorded.points(metricNames.calls))
    .filter(([attributes]) => attributes['error.type'] !== undefined)
    .reduce((sum, [, value]) => sum + value, 0);

test(`${numRuns} programs, each in an order of its own (${dialect})`, async () => {
  recorded.start();
  let [calls, failures, most] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), programs, async (scheduler, plays) => {
      const before = (await recorded.spans()).length;
      const [counted, failed] = [await sumOf(metricNames.calls), await failuresIn()];
      const { made, sights, wrong } = await played(scheduler, plays);
      const spans = (await recorded.spans()).slice(before);
      const keyOf = new Map(spans.map((span) => [span.spanContext().spanId, span.attributes['key']]));

      expect(wrong).toEqual([]);
      expect(sights.filter(({ active, expected }) => keyOf.get(active ?? '') !== expected)).toEqual([]);
      const told = spans
        .filter(({ name }) => name.startsWith('Player.'))
        .map(({ attributes, parentSpanContext }) => [
          attributes['key'],
          keyOf.get(parentSpanContext?.spanId ?? ''),
          attributes['error.type'],
        ]);
      const due = made.filter(({ began }) => began).map(({ key, caller, failure }) => [key, caller, failure?.name]);
      expect(told.sort()).toEqual(due.sort());
      const dueFailures = made.filter(({ failure }) => failure !== undefined).length;
      expect(await sumOf(metricNames.calls)).toBe(counted + due.length);
      expect(await failuresIn()).toBe(failed + dueFailures);
      expect(await sumOf(metricNames.running)).toBe(0);
      calls += due.length;
      failures += dueFailures;
      most = Math.max(most, due.length);
    }),
    { numRuns, seed },
  );
  // What was tried is worth it.
  expect([calls > 1500, failures > 500, most > 10]).toEqual([true, true, true]);
  expect(recorded.faults().filter(({ where }) => where.startsWith('Player'))).toEqual([]);
});

const lives = 150;

test(`${lives} lives of telemetry, with calls that begin in one and end in another (${dialect})`, async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(commands, async (given) => {
      const life = new Lifecycle();
      try {
        for (const command of [{ toggle: true } as const, ...given]) {
          await life.obey(command);
          expect(trace.getActiveSpan()).toBeUndefined();
        }
        await life.off();
        told += life.toldInAll;
      } finally {
        await recorded.stop();
      }
    }),
    { numRuns: lives, seed },
  );
  expect(told).toBeGreaterThan(400);
});
