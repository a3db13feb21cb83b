/** Many siblings of one name: what is drawn of them, and what the line says that stands for the rest. */
import { drawTrace } from '../../lib/terminal/draw-trace.js';
import type { DrawnSpan } from '../../lib/terminal/drawn-span.js';
import { type Branch, fold } from '../../lib/terminal/fold.js';
import { traceTreeOf } from '../../lib/terminal/trace-tree.js';
import { drawing } from './lines.js';
import { failedWith, spanOf } from './span-of.js';

const plain = (width: number) => ({ width, colour: false });

describe('folding', () => {
  const files = (count: number, at: (index: number) => object = () => ({})): DrawnSpan[] => {
    const root = spanOf('index', 0, 10 * count);
    const made = Array.from({ length: count }, (_, index) =>
      spanOf('parse.file', 10 * index, 1 + ((index * 7) % 9), { parent: root, id: `file ${index}`, ...at(index) }),
    );
    return [root, ...made];
  };

  it('leaves eight of one name as they are', () => {
    expect(drawTrace(files(8), plain(80)).split('\n')).toHaveLength(8 + 3);
  });

  it('draws the slowest in the order of their start, and counts the rest', () => {
    expect(drawTrace(files(3_000), plain(80))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  3,001 spans  30 s
      index                       30 s  ██████████████████████████████████████████████
      ├─ parse.file               9 ms  ▏
      ├─ parse.file               9 ms  ▏
      ├─ parse.file               9 ms  ▏
      └─ … 2,997 more parse.file  15 s in all, slowest 9 ms
    `);
  });

  it('draws what failed up to a bound, counts the failed and what is beneath in the rest, and keeps other names', () => {
    const spans = files(30, (index) => (index % 3 === 0 ? failedWith('ENOENT', 'no such file') : {}));
    spans.push(spanOf('report', 200, 100, { parent: spans[0] }));
    for (let index = 0; index < 30; index += 1) spans.push(spanOf('read', 10 * index, 1, { parent: `file ${index}` }));
    expect(drawTrace(spans, plain(80))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  62 spans  300 ms  10 errors
      index                    300 ms  ███████████████████████████████████████████████
      ├─ ✗ parse.file            1 ms  ▏
      │  │  ENOENT: no such file
      │  └─ read                 1 ms  ▏
      ├─ ✗ parse.file            4 ms      ▕▍
      │  │  ENOENT: no such file
      │  └─ read                 1 ms      ▕
      ├─ parse.file              9 ms         ▕█▎
      │  └─ read                 1 ms         ▕
      ├─ ✗ parse.file            7 ms           ▐▌
      │  │  ENOENT: no such file
      │  └─ read                 1 ms           ▏
      ├─ ✗ parse.file            1 ms                ▏
      │  │  ENOENT: no such file
      │  └─ read                 1 ms                ▏
      ├─ ✗ parse.file            4 ms                    ▕▍
      │  │  ENOENT: no such file
      │  └─ read                 1 ms                    ▕
      ├─ parse.file              9 ms                       ▕█▍
      │  └─ read                 1 ms                       ▕▏
      ├─ report                100 ms                                 ▐███████████████
      ├─ parse.file              9 ms                                      █▌
      │  └─ read                 1 ms                                      ▎
      └─ … 22 more parse.file  106 ms in all, slowest 8 ms, 22 beneath, 5 errors
    `);
  });

  it('stands beneath its name where the width is small', () => {
    expect(drawTrace(files(20), plain(40))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736
      21 spans  200 ms
      index                 200 ms  ██████████
      ├─ parse.file           8 ms  ▐
      ├─ parse.file           9 ms    ▐
      ├─ parse.file           9 ms         ▌
      └─ … 17 more parse.file
            73 ms in all, slowest 8 ms
    `);
  });

  it('shortens a name that is wider than the drawing', () => {
    const roots = Array.from({ length: 10 }, (_, index) => spanOf(`tick.${'tock.'.repeat(20)}`, index, 1));
    expect(drawTrace(roots, plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  10 spans  10 ms
      tick.tock.tock.toc…ck.tock.tock.tock.  1 ms  █▌
      tick.tock.tock.toc…ck.tock.tock.tock.  1 ms   ▐█
      tick.tock.tock.toc…ck.tock.tock.tock.  1 ms     █▌
      … 7 more tick.tock.tock.tock.tock.…tock.tock.tock.tock.tock.
         7 ms in all, slowest 1 ms
    `);
  });

  it('folds roots, too', () => {
    const roots = Array.from({ length: 100 }, (_, index) => spanOf('tick', index, 1));
    expect(drawTrace(roots, plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  100 spans  100 ms
      tick             1 ms  ▍
      tick             1 ms  ▐
      tick             1 ms  ▕▏
      … 97 more tick  97 ms in all, slowest 1 ms
    `);
  });
});

describe('fold', () => {
  /** What is drawn, by id, and of a fold what it counts. */
  const told = (branches: readonly Branch[]): unknown[] =>
    branches.map((branch) => ('node' in branch ? branch.node.span.spanContext().spanId : branch.fold));
  const siblings = (...spans: DrawnSpan[]) => traceTreeOf(spans).roots;
  const ticks = (count: number, words: (index: number) => object = () => ({})): DrawnSpan[] =>
    Array.from({ length: count }, (_, index) => spanOf('tick', index, 1, { id: `${index}.`, ...words(index) }));
  const rule = { unfolded: 4, slowest: 1, failed: 2 };

  it('draws those that have a failure beneath them', () => {
    const failing = spanOf('inner', 3, 1, { parent: '3.', ...failedWith('ENOENT', '') });
    const deeper = spanOf('deeper', 3, 1, { id: 'deeper', parent: '5.' });
    const deepest = spanOf('deepest', 3, 1, { parent: 'deeper', ...failedWith('ENOENT', '') });
    expect(told(fold(siblings(...ticks(8), failing, deeper, deepest), rule))).toEqual([
      '0.',
      '3.',
      '5.',
      { name: 'tick', count: 5, beneath: 0, errors: 0, total: expect.closeTo(0.005), slowest: expect.closeTo(0.001) },
    ]);
  });

  it('does not fold one alone', () => {
    const failed =
      (...at: number[]) =>
      (index: number) =>
        at.includes(index) ? failedWith('ENOENT', '') : {};
    expect(told(fold(siblings(...ticks(5, failed(2, 3))), { ...rule, slowest: 2 }))).toEqual([
      '0.',
      '1.',
      '2.',
      '3.',
      '4.',
    ]);
    expect(told(fold(siblings(...ticks(5, failed(2))), { ...rule, slowest: 2 }))).toHaveLength(4);
  });

  it('has nothing to say of durations it does not know', () => {
    const unknown = ticks(6, () => ({ endTime: undefined }));
    expect(told(fold(siblings(...unknown), rule))).toEqual([
      '0.',
      { name: 'tick', count: 5, beneath: 0, errors: 0, total: 0, slowest: Number.NaN },
    ]);
  });

  it('folds each name for itself, where its last one is drawn', () => {
    const both = ticks(12, (index) => ({ name: index % 2 === 0 ? 'even' : 'odd' }));
    expect(
      told(fold(siblings(...both), rule)).map((one) =>
        typeof one === 'string' ? one : (one as { name: string }).name,
      ),
    ).toEqual(['0.', 'even', '1.', 'odd']);
  });

  it('leaves different names alone, however many', () => {
    const different = ticks(50, (index) => ({ name: `tick ${index}` }));
    expect(fold(siblings(...different), rule)).toHaveLength(50);
  });
});
