/**
 * Where spans have no room, whole traces are let go: whatever traces come, in whatever order their spans end, and whatever the
 * exporter does, there are never more than the bounds allow, each is accounted for, and no trace that had failed is let go while
 * there is another.
 */
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { type Backend, total, turn, type World, world } from '../../support/bounded-queue.js';
import { endedTrace, type TraceShape } from '../../support/ended-traces.js';

/** Asked at every span: `expect` for each of them would be most of what this takes. */
function expectWithinBounds({ room, queue }: World, received: number): void {
  const count = queue.count();
  const held = count.waiting + room.waiting;
  const isAsItShouldBe =
    room.held === held &&
    held <= room.spansAtMost &&
    room.bytes <= room.bytesAtMost &&
    room.bytes >= room.waitingBytes &&
    (count.waiting > 0 || room.bytes === room.waitingBytes) &&
    count.received === received &&
    total(count) === received;
  if (!isAsItShouldBe)
    throw new Error(`not within bounds, or not all accounted for: ${JSON.stringify({ received, count, room })}`);
}

const mood = fc.constantFrom<Backend['mood']>('hangs', 'refuses', 'takes');

const shape = (most: number): fc.Arbitrary<TraceShape> =>
  fc
    .record({
      make: fc.constantFrom<TraceShape['make']>('woven', 'sdk', 'woven below sdk'),
      spans: fc.integer({ min: 1, max: most }),
      fails: fc.nat({ max: 4 }).map((n) => n === 0),
      which: fc.nat(),
      text: fc.constantFrom(0, 10, 300),
    })
    .map(({ make, spans, fails, which, text }) => ({ make, spans, text, failing: fails ? which % spans : undefined }));

/** A span in the order it came. */
interface Added {
  readonly trace: number;
  readonly at: number;
}

test('traces that come with their outcome known: never a half one, never a failed one before another', async () => {
  const size = 6;
  const story = fc.array(
    fc.oneof(
      { weight: 16, arbitrary: shape(5) },
      { weight: 2, arbitrary: mood },
      { weight: 2, arbitrary: fc.record({ undecided: fc.integer({ min: 1, max: 8 }) }) },
      { weight: 1, arbitrary: fc.constant('decides' as const) },
    ),
    { minLength: 30, maxLength: 80 },
  );
  const bounds = fc.record({ spans: fc.integer({ min: 12, max: 40 }), kilobytes: fc.integer({ min: 12, max: 60 }) });
  const lost = { spans: 0, ofFailedTraces: 0, undecided: 0 };
  await fc.assert(
    fc.asyncProperty(story, bounds, async (steps, { spans, kilobytes }) => {
      const all = world({ spans, bytes: kilobytes * 1000, size });
      const { queue, backend, room } = all;
      const added = new Map<ReadableSpan, Added>();
      const failed = new Set<number>();
      const failedLostAt: number[] = [];
      const lengths: number[] = [];
      for (const [at, step] of steps.entries()) {
        backend.now = at;
        if (step === 'decides') {
          room.leave(room.waitingBytes, room.waiting);
          continue;
        }
        if (typeof step === 'object' && 'undecided' in step) {
          for (let n = 0; n < step.undecided; n += 1) {
            room.wait(300);
            if (!room.isOver) continue;
            lost.undecided += 1;
            room.leave(300);
          }
          expectWithinBounds(all, added.size);
          continue;
        }
        if (typeof step === 'string') {
          backend.turns(step);
          for (let turns = 0; turns < 4; turns += 1) await turn();
          continue;
        }
        // As where traces are decided about at their end: those that failed say so first.
        const trace = endedTrace(step.failing === undefined ? step : { ...step, failing: 0 });
        lengths[at] = trace.length;
        if (step.failing !== undefined) failed.add(at);
        const before = queue.count().droppedOfFailedTraces;
        for (const span of trace) {
          added.set(span, { trace: at, at });
          queue.push(span);
          expectWithinBounds(all, added.size);
        }
        if (queue.count().droppedOfFailedTraces > before) failedLostAt.push(at);
      }
      backend.now = steps.length;
      backend.turns('takes');
      await queue.flush();
      expectWithinBounds(all, added.size);
      expect(queue.count().waiting).toBe(0);
      lost.spans += queue.count().dropped.bufferFull + queue.count().dropped.memoryFull;
      lost.ofFailedTraces += queue.count().droppedOfFailedTraces;

      const of = (span: ReadableSpan): Added => added.get(span) as Added;
      const sent = new Map<number, number>();
      const seen = new Set<ReadableSpan>();
      /** Those of which a batch ended in the middle, as batches do while there is room. */
      const cut = new Set<number>();
      backend.batches.forEach((batch, n) => {
        for (const span of batch) {
          const { trace, at } = of(span);
          expect(seen.has(span)).toBe(false);
          seen.add(span);
          sent.set(trace, (sent.get(trace) ?? 0) + 1);
          const waited = (step: number): boolean => at < step && step < (backend.at[n] as number);
          // One that did not fail waited here, and was not sent yet, when one that failed was let go.
          if (!failed.has(trace)) expect(failedLostAt.filter(waited)).toEqual([]);
        }
        expect(batch.length).toBeLessThanOrEqual(size);
        if (batch.length === size) cut.add(of(batch.at(-1) as ReadableSpan).trace);
      });
      const halves = [...sent].filter(([trace, count]) => count !== lengths[trace] && !cut.has(trace));
      expect(halves).toEqual([]);
    }),
    { numRuns: 60, seed: 7 },
  );
  // It came to that often enough.
  expect(lost.spans).toBeGreaterThan(1000);
  expect(Math.min(lost.ofFailedTraces, lost.undecided)).toBeGreaterThan(50);
});

test('spans that come as they end, of many traces at once: what is sent after the flood is whole', async () => {
  const story = fc.array(fc.tuple(shape(6), fc.integer({ min: 1, max: 12 })), { minLength: 10, maxLength: 40 });
  let lost = 0;
  await fc.assert(
    fc.asyncProperty(story, fc.integer({ min: 10, max: 40 }), fc.boolean(), async (shapes, bound, byBytes) => {
      const all = world({
        spans: byBytes ? 1000 : bound,
        ...(byBytes ? { bytes: bound * 1000 } : {}),
        size: 1000,
      });
      const { queue, backend } = all;
      const traces = shapes.map(([one, together]) => ({ spans: [...endedTrace(one)], together }));
      const lengths = new Map(traces.map(({ spans }) => [spans[0]?.spanContext().traceId, spans.length]));
      let received = 0;
      // So many of them run at once; each ends a span in its turn.
      const running: ReadableSpan[][] = [];
      while (traces.length + running.length > 0) {
        const next = traces.shift();
        if (next !== undefined) running.push(next.spans);
        while (running.length > (next?.together ?? 0)) {
          const spans = running.shift() as ReadableSpan[];
          queue.push(spans.shift() as ReadableSpan);
          received += 1;
          expectWithinBounds(all, received);
          if (spans.length > 0) running.push(spans);
        }
      }
      expect(backend.batches).toEqual([]);
      backend.turns('takes');
      await queue.flush();
      const count = queue.count();
      lost += count.dropped.bufferFull + count.dropped.memoryFull;
      const sent = new Map<string, number>();
      for (const span of backend.batches.flat()) {
        const { traceId } = span.spanContext();
        sent.set(traceId, (sent.get(traceId) ?? 0) + 1);
      }
      for (const [id, spans] of sent) expect([id, spans]).toEqual([id, lengths.get(id)]);
      expect(count.delivered).toBe(backend.batches.flat().length);
    }),
    { numRuns: 80, seed: 7 },
  );
  expect(lost).toBeGreaterThan(1000);
});
