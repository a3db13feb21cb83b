/**
 * One clock for all spans: times keep the order and the distances of the readings they were made from.
 */
import * as fc from 'fast-check';
import { anchorFor, timeAt } from '../../lib/recorder/clock.js';

afterEach(() => void jest.restoreAllMocks());

const nanoseconds = ([seconds, nanos]: readonly [number, number]): bigint =>
  BigInt(seconds) * 1_000_000_000n + BigInt(nanos);

test('later readings are later times, as far apart to the nanosecond', () => {
  const reading = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(reading, reading, (one, other) => {
      const [earlier, later] = one < other ? [one, other] : [other, one];
      const anchor = anchorFor(performance.now());
      const distance = nanoseconds(timeAt(later, anchor)) - nanoseconds(timeAt(earlier, anchor));
      expect(distance).toBeGreaterThanOrEqual(0n);
      expect(Math.abs(Number(distance) - (later - earlier) * 1e6)).toBeLessThan(2);
    }),
  );
});

test('seconds and nanoseconds are whole and in range', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (reading) => {
      const [seconds, nanos] = timeAt(reading, 1_700_000_000_999);
      expect(Number.isInteger(seconds) && Number.isInteger(nanos) && nanos >= 0 && nanos < 1e9).toBe(true);
    }),
  );
});

test('the anchor holds while the clocks agree, and follows a wall clock that was set', () => {
  const now = performance.now();
  const first = anchorFor(now);
  const wall = Date.now();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(wall + 100);
  expect(anchorFor(now)).toBe(first);
  clock.mockReturnValue(wall + 60_000);
  expect(anchorFor(now) - first).toBeGreaterThan(59_000);
  clock.mockReturnValue(wall);
  expect(Math.abs(anchorFor(now) - first)).toBeLessThan(100);
});
