/**
 * Which trace is let go where spans have no room, one case at a time; and what becomes of what comes of it later.
 */
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { traceOf } from '../../../lib/recorder/traces-of-spans.js';
import { turn, type World, world } from '../../support/bounded-queue.js';
import { endedTrace } from '../../support/ended-traces.js';

const succeeding = (spans: number, text = 0) => endedTrace({ make: 'woven', spans, failing: undefined, text });
const failing = (spans: number, at = 0) => endedTrace({ make: 'woven', spans, failing: at, text: 0 });

function push({ queue }: World, ...traces: (readonly ReadableSpan[])[]): void {
  for (const span of traces.flat()) queue.push(span);
}

/** All that is sent from here on. */
async function sentBy({ queue, backend }: World): Promise<ReadableSpan[]> {
  const before = backend.batches.length;
  backend.turns('takes');
  await queue.flush();
  return backend.batches.slice(before).flat();
}

test('the newest that succeeded makes room; the oldest are sent, in their order', async () => {
  const all = world({ spans: 9, size: 100 });
  const [first, second, third, failed] = [succeeding(3), succeeding(3), succeeding(3), failing(3)];
  push(all, first, second, third, failed);
  expect(all.queue.count()).toMatchObject({ dropped: { bufferFull: 3 }, droppedOfFailedTraces: 0, waiting: 9 });
  expect(await sentBy(all)).toEqual([...first, ...second, ...failed]);
});

test('one that is complete goes before one that may yet fail', async () => {
  const all = world({ spans: 6, size: 100 });
  const [complete, open] = [succeeding(3), failing(4, 3)];
  push(all, complete, open.slice(0, 3));
  // It has failed only now.
  push(all, open.slice(3));
  expect(await sentBy(all)).toEqual(open);
});

test('where all have failed, the newest goes, whole', async () => {
  const all = world({ spans: 8, size: 100 });
  const [first, second, third] = [failing(3), failing(3), failing(3)];
  push(all, first, second, third);
  expect(all.queue.count()).toMatchObject({ dropped: { bufferFull: 3 }, droppedOfFailedTraces: 3, waiting: 6 });
  expect(await sentBy(all)).toEqual([...first, ...second]);
});

test('a trace has failed where the process knows it of a span that is not here', async () => {
  const all = world({ spans: 3, size: 100 });
  const [first, second] = [succeeding(2), failing(3)];
  push(all, first.slice(0, 1));
  const trace = traceOf(first[0] as ReadableSpan);
  if (trace !== undefined) trace.failed = true;
  push(all, second);
  expect(await sentBy(all)).toEqual(first.slice(0, 1));
});

test('of a trace that was let go nothing is taken later, also where there is room again', async () => {
  const all = world({ spans: 4, size: 100 });
  const [gone, kept] = [succeeding(4), failing(3)];
  push(all, gone.slice(0, 3), kept);
  expect(await sentBy(all)).toEqual(kept);
  push(all, gone.slice(3));
  expect(await sentBy(all)).toEqual([]);
  expect(all.queue.count()).toMatchObject({ received: 7, delivered: 3, dropped: { bufferFull: 4 }, waiting: 0 });
  const next = succeeding(2);
  push(all, next);
  expect(await sentBy(all)).toEqual(next);
});

test('one of which a part was sent goes after those that are whole', async () => {
  const all = world({ spans: 6, size: 2 });
  const [begun, whole] = [succeeding(4), succeeding(2)];
  push(all, begun.slice(0, 2));
  await turn();
  expect(all.backend.batches).toEqual([begun.slice(0, 2)]);
  push(all, whole, begun.slice(2), failing(1));
  all.backend.turns('takes');
  await all.queue.flush();
  expect(all.queue.count()).toMatchObject({ delivered: 5, dropped: { bufferFull: 2 } });
  expect(all.backend.batches.flat()).not.toContain(whole[0]);
});

test('after the flood all come in their order again', async () => {
  const all = world({ spans: 8, size: 3 });
  const failed = [failing(2), failing(2), failing(2), failing(2), failing(2)];
  push(all, ...failed);
  // Two batches of whole traces are sent, and the rest waits for its interval.
  all.backend.turns('takes');
  for (let turns = 0; turns < 20; turns += 1) await turn();
  const later = [succeeding(1), succeeding(1)];
  push(all, ...later);
  await all.queue.flush();
  expect(all.backend.batches.flat()).toEqual([...failed.slice(0, 4).flat(), ...later.flat()]);
});

test('traces that succeeded make room for spans whose trace is not decided about; those that failed do not', () => {
  const all = world({ spans: 6, size: 100 });
  push(all, failing(2), succeeding(2), succeeding(2));
  for (let n = 0; n < 4; n += 1) {
    all.room.wait(300);
    expect(all.room.isOver).toBe(false);
  }
  expect(all.queue.count()).toMatchObject({ waiting: 2, dropped: { bufferFull: 4 }, droppedOfFailedTraces: 0 });
  all.room.wait(300);
  expect(all.room.isOver).toBe(true);
  all.room.leave(300 * 5, 5);
  expect(all.room).toMatchObject({ held: 2, waiting: 0, waitingBytes: 0 });
  expect(all.queue.count().waiting).toBe(2);
});

test('a span that is larger than all the room goes by itself, with its trace', async () => {
  const all = world({ spans: 100, bytes: 20_000, size: 100 });
  const [small, large] = [succeeding(2), succeeding(3, 5_000)];
  const [first, ...rest] = succeeding(3, 20_000);
  push(all, small, large.slice(0, 1), [first as ReadableSpan], rest);
  expect(all.queue.count()).toMatchObject({ waiting: 3, dropped: { bufferFull: 0, memoryFull: 3 } });
  push(all, large.slice(1));
  expect(all.queue.count()).toMatchObject({ waiting: 2, dropped: { bufferFull: 0, memoryFull: 6 } });
  expect(await sentBy(all)).toEqual(small);
});
