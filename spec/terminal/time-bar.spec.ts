/** Where a span's bar lies on the axis of its trace. */
import fc from 'fast-check';
import { timeBar } from '../../lib/terminal/time-bar.js';

describe('timeBar', () => {
  it.each([
    ['all of the trace', 0, 100, '██████████'],
    ['its first half', 0, 50, '█████'],
    ['its second half', 50, 100, '     █████'],
    ['an end within a column', 0, 33.75, '███▍'],
    ['a start within a column', 34, 60, '   ▐██'],
    ["a hairline at a column's left", 50, 50.1, '     ▏'],
    ["a hairline at a column's right", 58, 58.1, '     ▕'],
    ['a moment at the end', 100, 100, '         ▕'],
    ['an unknown end', 50, Number.NaN, '     ▏'],
    ['an unknown start', Number.NaN, 50, ''],
    ['before the trace', -50, 20, '██'],
    ['beyond the trace', 80, 200, '        ██'],
  ])('%s', (_what, start, end, bar) => {
    expect(timeBar(start, end, 100, 10)).toBe(bar);
  });

  it('shows a trace that took no time', () => {
    expect(timeBar(0, 0, 0, 10)).toBe('▏');
    expect(timeBar(0, Number.NaN, Number.NaN, 10)).toBe('▏');
  });

  it('needs a column', () => {
    expect(timeBar(0, 1, 1, 0)).toBe('');
  });

  it('stays on the axis, shows something, and begins and ends where the span does', () => {
    const times = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 120 }), ([a, b], width) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        const bar = timeBar(start, end, 1, width);
        expect(bar).toMatch(/^ *[█▐▕▏▎▍▌▋▊▉]+$/u);
        expect(bar.length).toBeLessThanOrEqual(width);
        expect(Math.abs(bar.search(/\S/) - start * width)).toBeLessThanOrEqual(1.1);
        expect(Math.abs(bar.length - end * width)).toBeLessThanOrEqual(1.1);
      }),
      { numRuns: 500 },
    );
  });
});
