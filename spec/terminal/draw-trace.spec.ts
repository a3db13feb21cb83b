/** Whole drawings of traces: trees, errors, folds, narrow terminals, hostile names. */
import { drawTrace } from '../../lib/terminal/draw-trace.js';
import type { DrawnSpan } from '../../lib/terminal/drawn-span.js';
import { drawing, inked, uncoloured } from './lines.js';
import { failedWith, spanOf, timeOf, traceId } from './span-of.js';

const plain = (width: number) => ({ width, colour: false });

const stack = [
  'SyntaxError: unexpected indent',
  '    at node:internal/modules/run_main:81:12',
  '    at raise (/home/me/shop/node_modules/acorn/dist/acorn.js:10:2)',
  '    at PythonParser.parse (/home/me/shop/lib/parsing/python-parser.ts:42:11)',
].join('\n');

function indexing(): DrawnSpan[] {
  const root = spanOf('session.index', 0, 1_234.5);
  const discover = spanOf('discover', 0, 118, { parent: root });
  const parse = spanOf('parse', 122, 900, { parent: root });
  const good = spanOf('parse.file', 122, 45.6, { parent: parse });
  const bad = spanOf('parse.file', 200, 310, {
    parent: parse,
    ...failedWith('SyntaxError', 'unexpected indent', stack),
  });
  const read = spanOf('read', 201, 0.78, { parent: bad });
  const resolve = spanOf('graph.resolve', 1_022, 212.5, { parent: root });
  // Given as they end: children before their parents.
  return [discover, good, read, bad, parse, resolve, root];
}

it('draws nothing for no spans', () => {
  expect(drawTrace([], plain(80))).toBe('');
});

it('draws a tree on a common time axis, and what went wrong beneath', () => {
  expect(drawTrace(indexing(), plain(80))).toBe(drawing`
    trace 4bf92f3577b34da6a3ce929d0e0e4736  7 spans  1.23 s  1 error
    session.index        1.23 s  ███████████████████████████████████████████████████
    ├─ discover          118 ms  ████▉
    ├─ parse             900 ms       █████████████████████████████████████▎
    │  ├─ parse.file    45.6 ms       █▉
    │  └─ ✗ parse.file   310 ms          ▐████████████▏
    │     │  SyntaxError: unexpected indent  at …/lib/parsing/python-parser.ts:42:11
    │     └─ read        780 µs          ▏
    └─ graph.resolve     212 ms                                            ▐████████
  `);
});

it('differs in colour by nothing but the codes', () => {
  const coloured = drawTrace(indexing(), { width: 80, colour: true });
  expect(uncoloured(coloured)).toBe(drawTrace(indexing(), plain(80)));
  expect(inked(coloured)).toBe(drawing`
    ‹bold:trace 4bf92f3577b34da6a3ce929d0e0e4736›  7 spans  1.23 s  ‹red:1 error›
    session.index        1.23 s  ‹cyan:███████████████████████████████████████████████████›
    ‹dim:├─ ›discover          118 ms  ‹cyan:████▉›
    ‹dim:├─ ›parse             900 ms  ‹cyan:     █████████████████████████████████████▎›
    ‹dim:│  ├─ ›parse.file    45.6 ms  ‹cyan:     █▉›
    ‹dim:│  └─ ›‹red:✗ parse.file›   310 ms  ‹red:        ▐████████████▏›
    ‹dim:│     │  ›‹red:SyntaxError: unexpected indent›  ‹dim:at …/lib/parsing/python-parser.ts:42:11›
    ‹dim:│     └─ ›read        780 µs  ‹cyan:        ▏›
    ‹dim:└─ ›graph.resolve     212 ms  ‹cyan:                                          ▐████████›
  `);
});

it('shortens names and wraps what stands beneath where the width is small', () => {
  const root = spanOf('parseltongue.session.index', 0, 100);
  const error = failedWith('IndentationError', 'unindent does not match any outer indentation level', stack);
  const child = spanOf('parseltongue.parse.file', 50, 50, { parent: root, ...error });
  expect(drawTrace([root, child], plain(40))).toBe(drawing`
    trace 4bf92f3577b34da6a3ce929d0e0e4736
    2 spans  100 ms  1 error
    parselton…sion.index  100 ms  ██████████
    └─ ✗ parselt…se.file   50 ms       █████
          IndentationError: unindent does
          not match any outer indentation
          level
          at …parsing/python-parser.ts:42:11
  `);
});

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

  it('of ten thousand is drawn', () => {
    const lines = drawTrace(chain(10_000), plain(60)).split('\n');
    expect(lines).toHaveLength(10_002);
    expect(lines[10_000]).toMatch(/^ +↳9999 level 9999 +10 s {2,}▐█+$/);
  });
});

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
      ├─ parse.file               9 ms     ▏
      ├─ parse.file               9 ms     ▕
      ├─ parse.file               9 ms      ▏
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
      ├─ parse.file           9 ms    ▐
      ├─ parse.file           9 ms         ▌
      ├─ parse.file           8 ms           ▐
      └─ … 17 more parse.file
            73 ms in all, slowest 8 ms
    `);
  });

  it('folds roots, too', () => {
    const roots = Array.from({ length: 100 }, (_, index) => spanOf('tick', index, 1));
    expect(drawTrace(roots, plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  100 spans  100 ms
      tick             1 ms     ▐
      tick             1 ms      ▍
      tick             1 ms      ▕▏
      … 97 more tick  97 ms in all, slowest 1 ms
    `);
  });
});

describe('on demand', () => {
  const root = spanOf('GET /files/:id', 0, 100, {
    kind: 1,
    attributes: { 'http.route': '/files/:id', 'url.query': 'a=1 b' },
  });
  const child = spanOf('fetch', 10, 80, {
    parent: root,
    kind: 2,
    attributes: { 'server.address': 'example.org', 'peer.note': 'x'.repeat(100) },
    events: [
      { name: 'retry', time: timeOf(42), attributes: { attempt: 2 } },
      { name: 'exception', attributes: { 'exception.type': 'ECONNRESET', 'exception.stacktrace': 'at a\nat b' } },
    ],
    links: [{ context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }, attributes: { why: 'batch' } }],
  });
  const failed = spanOf('save', 90, 5, { parent: root, ...failedWith('Error', 'no', stack) });

  it('shows attributes, events and links', () => {
    expect(drawTrace([root, child, failed], plain(80), { attributes: true })).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  3 spans  100 ms  1 error
      GET /files/:id  100 ms  ████████████████████████████████████████████████████████
      │  server  http.route=/files/:id  url.query="a=1 b"
      ├─ fetch         80 ms       ▐████████████████████████████████████████████▍
      │     client  server.address=example.org
      │     peer.note=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      │     • retry after 32 ms  attempt=2
      │     • exception  exception.type=ECONNRESET
      │     → trace aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa span bbbbbbbbbbbbbbbb  why=batch
      └─ ✗ save         5 ms                                                    ▐██▎
            Error: no  at …/lib/parsing/python-parser.ts:42:11
            error.type=Error
    `);
  });

  it('and only then', () => {
    const drawn = drawTrace([root, child, failed], plain(80));
    expect(drawn).not.toMatch(/route|retry|batch|client|ECONNRESET/);
  });
});

describe('errors', () => {
  const errorLines = (words: object): string[] =>
    drawTrace([spanOf('work', 0, 1, words)], plain(80))
      .split('\n')
      .slice(2, -1);

  it('are told from the status where there is no exception', () => {
    expect(errorLines({ status: { code: 2, message: 'gave up' } })).toEqual(['   gave up']);
    expect(errorLines({ status: { code: 2 }, attributes: { 'error.type': '503' } })).toEqual(['   503']);
    expect(errorLines({ status: { code: 2 } })).toEqual([]);
  });

  it('are told of the last exception, and do not repeat their type', () => {
    const { events: [first] = [] } = failedWith('RetryError', 'first');
    const { events: [last] = [], ...rest } = failedWith('TypeError', 'TypeError: last');
    expect(errorLines({ ...rest, events: [first, last] })).toEqual(['   TypeError: last']);
  });

  it('that were no failure are not told', () => {
    expect(errorLines({ ...failedWith('NotFound', 'expected'), status: { code: 0 } })).toEqual([]);
  });
});

describe('names from anybody', () => {
  it('command nothing', () => {
    const root = spanOf('evil\u001b[2J\n├─ fake\t\u202e', 0, 10, failedWith('\u0007', 'line\nline\u009b'));
    expect(drawTrace([root], plain(80))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  1 span  10 ms  1 error
      ✗ evil\x1b[2J\n├─ fake\t\u202e  10 ms  █████████████████████████████████████████
         \x07: line\nline\x9b
    `);
  });

  it('take the columns they take', () => {
    const root = spanOf('設定を読む', 0, 10);
    const child = spanOf('👨‍👩‍👧 fetch', 0, 5, { parent: root });
    const accents = spanOf('re\u0301sume\u0301', 5, 5, { parent: root });
    const nameless = spanOf('', 5, 5, { parent: root });
    expect(drawTrace([root, child, accents, nameless], plain(60))).toBe(drawing`
      trace 4bf92f3577b34da6a3ce929d0e0e4736  4 spans  10 ms
      設定を読む    10 ms  ███████████████████████████████████████
      ├─ 👨‍👩‍👧 fetch    5 ms  ███████████████████▌
      ├─ résumé      5 ms                     ▐███████████████████
      └─ (no name)   5 ms                     ▐███████████████████
    `);
  });
});
