/**
 * Floods, and calls that never settle: what is held stays within `limits.memoryBytes`, ordinary calls and their errors go on being
 * recorded, and what was dropped is forgotten. Bytes are those of the heap after all garbage was collected.
 */
import { flood, neverSettling } from './floods/measured-floods.js';

const mebibyte = 2 ** 20;
const fared = { made: 1_000, failed: 100, spans: 2_000, failing: 100 };

describe('calls that never settle', () => {
  test.each([
    ['kept', 1_000_000],
    ['dropped', 300_000],
    ['children', 300_000],
  ])('%s: %d of them stay within the memory for spans, and others are recorded as ever', async (kind, calls) => {
    // Whoever keeps a Context over promises pays for each promise: that is no memory for spans.
    const without = await neverSettling(kind, 'context', calls);
    const seen = await neverSettling(kind, 'spandrel', calls);
    expect(seen.grown - without.grown).toBeLessThan(64 * mebibyte);
    expect(seen.left).toBeLessThan(2 * mebibyte);
    expect([seen.during, seen.after, seen.again]).toEqual([fared, fared, 0]);
    if (kind !== 'dropped') expect(seen.running?.unrecorded).toBeGreaterThan(calls - 50_000);
  });

  test('with as little memory as can be asked for, they take that little', async () => {
    const without = await neverSettling('kept', 'context', 50_000);
    const seen = await neverSettling('kept', 'spandrel', 50_000, { limits: { memoryBytes: mebibyte } });
    expect(seen.grown - without.grown).toBeLessThan(1.5 * mebibyte);
    expect(seen.running).toMatchObject({ spans: 576, atMost: 768 });
    expect([seen.during, seen.after, seen.again]).toEqual([fared, fared, 0]);
  });

  test('with metrics beside them they cost what their exactness costs, and no span each', async () => {
    const without = await neverSettling('measured', 'context', 100_000);
    const seen = await neverSettling('measured', 'spandrel', 100_000);
    expect((seen.grown - without.grown) / 100_000).toBeLessThan(1024);
    expect([seen.during, seen.after]).toEqual([fared, fared]);
  });
});

describe('a million calls a second', () => {
  test.each([
    ['takes all', 20],
    ['is not there', 4],
    ['never answers', 4],
  ])('with a backend that %s: what is held is bounded, and all is accounted for', async (backend, seconds) => {
    const without = await flood('none', 2, backend);
    const seen = await flood('spandrel', seconds, backend, { sampling: { success: 0.1 } });
    // While it lasts, and when the last export is over.
    expect(seen.sending).toBeLessThan(64 * mebibyte);
    expect(seen.grown).toBeLessThan(64 * mebibyte);
    if (backend === 'takes all') {
      // Every failing trace is kept, and sent. Where nobody takes them they fill the room by themselves.
      expect(seen.keptForErrors).toBeGreaterThanOrEqual(seen.failing);
      expect(seen.spans?.droppedOfFailedTraces).toBe(0);
    }
    const { received = 0, delivered = 0, failed = 0, waiting = 0, dropped } = seen.spans ?? {};
    const letGo = Object.values(dropped ?? {}).reduce((sum, count) => sum + count, 0);
    expect(received).toBe(delivered + failed + waiting + letGo);
    // Each failing trace, and a tenth of the others: no more is handed on, however many are made.
    expect(received).toBeGreaterThanOrEqual(seen.failing * 4);
    expect(waiting).toBeLessThanOrEqual(10_000);
    expect(seen.running?.unrecorded).toBe(0);
    // No more than that it turns at all: how late it is, the page of figures tells.
    expect(seen.p99).toBeLessThan(Math.max(500, without.p99 * 100));
  });
});
