/**
 * Several requests of one trace in one process at once, and traces that are cut short by age: each root counts for how long it took, and what
 * was decided early says why, as anything else does.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Telemetry } from 'spandrel';
import { startKeeping } from '../../support/keeping-telemetry.js';
import { recorded } from '../../support/recorded-telemetry.js';
import { active, failQuietly, Held, mill } from './mill.js';

const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00' };

/** A request that runs until it is told to end. */
const request = (): Held => new Held((work) => mill.arrive(headers, work));

afterEach(() => recorded.stop());

/** Why each span says it was kept, by its name. */
async function keptFor(): Promise<unknown[]> {
  const spans = await recorded.spans();
  return spans.map(({ name, attributes }) => [name, attributes['spandrel.sampling.kept_for']]);
}

test.each(['first', 'second'])('of two requests of one trace the %s is slow', async (slow) => {
  const telemetry = startKeeping({ slow: { overMs: 50 } });
  const [first, second] = [request(), request()];
  await (slow === 'first' ? second : first).end();
  await sleep(60);
  await (slow === 'first' ? first : second).end();
  expect(await keptFor()).toEqual([
    ['arrive', 'slow'],
    ['arrive', 'slow'],
  ]);
  expect(telemetry.health().sampling?.kept).toMatchObject({ slow: 1 });
});

test('a flush does not decide while one of the requests runs', async () => {
  startKeeping();
  const [first, second] = [request(), request()];
  await second.end();
  await recorded.spans();
  first.inside(failQuietly);
  await first.end();
  expect(await keptFor()).toEqual([
    ['arrive', 'error'],
    ['fail', 'error'],
    ['arrive', 'error'],
  ]);
});

test('a flush does not decide while what called its own process runs', async () => {
  startKeeping();
  const tracer = trace.getTracer('spec');
  const root = tracer.startSpan('root');
  const sent = trace.setSpanContext(ROOT_CONTEXT, { ...root.spanContext(), isRemote: true });
  tracer.startSpan('answer', {}, sent).end();
  await recorded.spans();
  context.with(trace.setSpan(ROOT_CONTEXT, root), failQuietly);
  root.end();
  expect(await keptFor()).toEqual([
    ['answer', 'error'],
    ['fail', 'error'],
    ['root', 'error'],
  ]);
});

test('one that failed, in the share of the successes, and was cut short while its root ran, was kept for the error', async () => {
  const telemetry = startKeeping({ success: 0.99, decideAfterMs: 10 });
  const held = new Held().inside(failQuietly);
  while (bufferedBy(telemetry) > 0) await sleep(5);
  await held.end();
  expect(await keptFor()).toEqual([
    ['fail', 'error'],
    ['wait', 'error'],
  ]);
  expect(telemetry.health().sampling?.kept).toMatchObject({ success: 0, error: 1 });
});

const bufferedBy = (telemetry: Telemetry): number => telemetry.health().sampling?.buffered ?? 0;

test('a call whose span the program has ended takes no place among those that run', async () => {
  const telemetry = startKeeping();
  await mill.wait(async () => {
    active().end();
    await Promise.resolve();
  });
  expect(telemetry.health().running?.spans).toBe(0);
});
