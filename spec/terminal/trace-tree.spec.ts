/** Traces that are not the trees they should be: parents elsewhere or in circles, times that make no sense, great depth. */
import { drawTrace } from '../../lib/terminal/draw-trace.js';
import type { DrawnSpan } from '../../lib/terminal/drawn-span.js';
import { drawing } from './lines.js';
import { failedWith, spanOf, timeOf, traceId } from './span-of.js';

const plain = (width: number) => ({ width, colour: false });

describe('parents', () => {
  it('that are elsewhere make several roots, and say so', () => {
    const root = spanOf('first', 0, 100);
    const orphan = spanOf('callback', 40, 20, { parent: 'feedfeedfeedfeed' });
    const inner = spanOf('inner', 45, 10, { parent: orphan });
    expect(drawTrace([inner, orphan, root], plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  3 spans  100 ms
      first                       100 ms  ████████████████████████
      callback  parent elsewhere   20 ms           ▐████▍
      └─ inner                     10 ms            ▕██▎
    `);
  });

  it('of no id are none', () => {
    const drawn = drawTrace([spanOf('only', 0, 1, { parent: '0000000000000000' })], plain(60));
    expect(drawn).not.toContain('elsewhere');
  });

  it('that are elsewhere leave the name its room where the width is small', () => {
    const orphan = spanOf('callback.one', 0, 20, { parent: 'feedfeedfeedfeed' });
    expect(drawTrace([orphan], plain(40))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736
      1 span  20 ms
      callback.one           20 ms  ██████████
    `);
  });

  it('in a circle are broken open, once', () => {
    const a = spanOf('a', 0, 30, { id: 'a', parent: 'c' });
    const b = spanOf('b', 10, 20, { id: 'b', parent: 'a' });
    const c = spanOf('c', 20, 10, { id: 'c', parent: 'b' });
    const alone = spanOf('own parent', 25, 5, { id: 'd', parent: 'd' });
    const hanging = spanOf('hanging', 26, 4, { id: 'e', parent: 'c' });
    expect(drawTrace([c, hanging, b, a, alone], plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  5 spans  30 ms
      a  parent elsewhere           30 ms  ███████████████████████
      └─ b                          20 ms         ▐███████████████
         └─ c                       10 ms                 ▐███████
            └─ hanging               4 ms                     ▕███
      own parent  parent elsewhere   5 ms                     ████
    `);
  });

  it('given twice keep every span', () => {
    const one = spanOf('one', 0, 10, { id: 'same' });
    const two = spanOf('two', 5, 5, { id: 'same' });
    const child = spanOf('child', 6, 1, { parent: 'same' });
    expect(drawTrace([two, child, one], plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  3 spans  10 ms
      one       10 ms  ███████████████████████████████████████████
      └─ child   1 ms                           ▕████▏
      two        5 ms                       ▐█████████████████████
    `);
  });
});

describe('times', () => {
  it('of children before their parent stretch the axis', () => {
    const root = spanOf('parent', 50, 50);
    const child = spanOf('early child', 0, 50, { parent: root });
    expect(drawTrace([root, child], plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  2 spans  100 ms
      parent          50 ms                    ▐██████████████████
      └─ early child  50 ms  ██████████████████▌
    `);
  });

  it('far from any calendar, and ends without a start, do not stretch the axis', () => {
    const root = spanOf('root', 0, 100);
    const spans = [
      root,
      spanOf('beyond', 0, 0, { parent: root, endTime: [1e300, 0] }),
      spanOf('endless', 0, 0, { parent: root, endTime: [0, Infinity] }),
      spanOf('no start', 0, 0, { parent: root, startTime: undefined, endTime: timeOf(500) }),
    ];
    expect(drawTrace(spans, plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  4 spans  100 ms
      root         100 ms  ███████████████████████████████████████
      ├─ beyond         ?  ▏
      ├─ endless        ?  ▏
      └─ no start       ?
    `);
  });

  it('that are missing or make no sense are drawn as unknown', () => {
    const root = spanOf('root', 0, 100);
    const spans = [
      root,
      spanOf('no end', 50, 0, { parent: root, endTime: [0, 0] }),
      spanOf('not a number', 0, 0, { parent: root, startTime: [Number.NaN, 0] }),
      spanOf('no times', 0, 0, { parent: root, startTime: undefined, endTime: undefined }),
      spanOf('no time at all', 25, 0, { parent: root }),
    ];
    expect(drawTrace(spans, plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  5 spans  100 ms
      root               100 ms  █████████████████████████████████
      ├─ no time at all     0 s          ▏
      ├─ no end               ?                  ▕
      ├─ not a number         ?
      └─ no times             ?
    `);
    const timeless = { name: 'only', spanContext: () => ({ traceId, spanId: '1' }) };
    expect(drawTrace([timeless], plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  1 span  ?
      only  ?
    `);
  });
});

describe('depth', () => {
  const chain = (length: number): DrawnSpan[] => {
    const spans: DrawnSpan[] = [];
    for (let at = 0; at < length; at += 1)
      spans.push(spanOf(`level ${at}`, at, 2 * length - at, { parent: spans[at - 1] }));
    return spans;
  };

  it('is told by a number where there is no room to indent', () => {
    const deep = chain(8);
    deep.push(spanOf('sibling', 4, 2, { parent: deep[1] }));
    expect(drawTrace(deep, plain(40))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736
      9 spans  16 ms
      level 0              16 ms  ████████████
      └─ level 1           15 ms  ▕███████████
         ├─ level 2        14 ms   ▐██████████
         │  └─ level 3     13 ms    ▐█████████
         │     ↳4 level 4  12 ms     █████████
         │     ↳5 level 5  11 ms     ▕████████
         │     ↳6 level 6  10 ms      ▐███████
         │     ↳7 level 7   9 ms       ▐██████
         └─ sibling         2 ms     █▌
    `);
  });

  it('leaves room for a name beside long durations: the axis gives way', () => {
    const hour = 3_599_000;
    const deep = chain(13).map((span) => ({ ...span, endTime: timeOf(hour) }));
    expect(drawTrace(deep, plain(40)).split('\n').slice(-4)).toEqual([
      '         ↳10 le…10  59 min 59 s  ███████',
      '         ↳11 le…11  59 min 59 s  ███████',
      '         ↳12 le…12  59 min 59 s  ███████',
      '',
    ]);
  });

  it('draws no line to children that are not indented', () => {
    const deep = chain(6);
    const error = failedWith('ENOENT', 'no such file');
    for (const at of [2, 3, 4]) Object.assign(deep[at] ?? {}, error);
    expect(drawTrace(deep, plain(40))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736
      6 spans  12 ms  3 errors
      level 0                12 ms  ██████████
      └─ level 1             11 ms  ▕█████████
         └─ ✗ level 2        10 ms   ▐████████
            │  ENOENT: no such file
            └─ ✗ level 3      9 ms    ▐███████
                  ENOENT: no such file
               ↳4 ✗ level 4   8 ms     ▐██████
                  ENOENT: no such file
               ↳5 level 5     7 ms      ██████
    `);
  });

  it('of ten thousand is drawn', () => {
    const lines = drawTrace(chain(10_000), plain(60)).split('\n');
    expect(lines).toHaveLength(10_002);
    expect(lines[10_000]).toMatch(/^ +↳9999 level 9999 +10 s {2,}▐█+$/);
  });
});
