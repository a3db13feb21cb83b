/** Whole drawings of traces: the tree, what stands beneath a span, narrow terminals, hostile names. */
import { drawTrace } from '../../lib/terminal/draw-trace.js';
import type { DrawnSpan } from '../../lib/terminal/drawn-span.js';
import { drawing, inked, uncoloured } from './lines.js';
import { failedWith, spanOf, timeOf } from './span-of.js';

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
    └─ graph.resolve     213 ms                                            ▐████████
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
    ‹dim:└─ ›graph.resolve     213 ms  ‹cyan:                                          ▐████████›
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
