/** Whole lines of log records. */
import { drawLog } from '../../lib/terminal/draw-log.js';
import type { DrawnLog } from '../../lib/terminal/drawn-log.js';
import { drawing, inked, uncoloured } from './lines.js';
import { traceId } from './span-of.js';

// The time on the reader's clock, wherever the test runs.
const clock = new Date(2026, 0, 2, 3, 4, 5, 67).getTime();
const hrTime = [Math.floor(clock / 1_000), 67_890_123] as const;

const info: DrawnLog = {
  hrTime,
  severityNumber: 9,
  severityText: 'INFO',
  body: 'parsed',
  attributes: { path: 'src/a b.py', nodes: 1234 },
  spanContext: { traceId },
};

const line = (record: DrawnLog, width = 80): string => `${drawLog(record, { width, colour: false })}\n`;

it('is one line: when, how grave, what, attributes, and the trace', () => {
  expect(line(info)).toBe(drawing`
    03:04:05.067 INFO  parsed  path="src/a b.py"  nodes=1234  4bf92f35
  `);
});

it('goes on beneath the body where it does not fit', () => {
  const body = 'could not parse the file, will try again with another parser';
  expect(line({ ...info, body }, 60)).toBe(drawing`
    03:04:05.067 INFO  could not parse the file, will try again
                       with another parser  path="src/a b.py"
                       nodes=1234  4bf92f35
  `);
  expect(
    line({ ...info, body: `${'/a-very-long-path'.repeat(4)} x`, attributes: { long: 'y'.repeat(60) } }, 60),
  ).toBe(drawing`
    03:04:05.067 INFO  /a-very-long-path/a-very-long-path/a-very
                       -long-path/a-very-long-path x
                       long=yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
                       4bf92f35
  `);
});

it('tells an error and its place on a line of its own', () => {
  const attributes = {
    path: 'a.py',
    'exception.type': 'SyntaxError',
    'exception.message': 'unexpected indent',
    'exception.stacktrace': 'SyntaxError: unexpected indent\n    at parse (/home/me/shop/lib/parser.ts:42:11)',
  };
  expect(line({ ...info, severityNumber: 17, severityText: 'ERROR', body: 'gave up', attributes })).toBe(drawing`
    03:04:05.067 ERROR gave up  path=a.py  4bf92f35
                       SyntaxError: unexpected indent  at …/shop/lib/parser.ts:42:11
  `);
});

describe('severity', () => {
  it.each([
    [1, undefined, '‹dim:TRACE›'],
    [8, undefined, '‹dim:DEBUG›'],
    [9, undefined, '‹green:INFO ›'],
    [13, undefined, '‹yellow:WARN ›'],
    [17, undefined, '‹red:ERROR›'],
    [24, undefined, '‹bold red:FATAL›'],
    [17, 'warning', '‹red:WARN…›'],
    [undefined, 'warn', '‹yellow:WARN ›'],
    [undefined, 'odd', 'ODD  '],
    [0, undefined, '     '],
    [25, undefined, '     '],
    [undefined, '\u001b', '\\X1B '],
  ])('%p %p: %s', (severityNumber, severityText, shown) => {
    const drawn = inked(drawLog({ hrTime, severityNumber, severityText, body: '.' }, { width: 80, colour: true }));
    expect(drawn).toBe(`‹dim:03:04:05.067› ${shown} .`);
  });
});

it('differs in colour by nothing but the codes', () => {
  const coloured = drawLog(info, { width: 80, colour: true });
  expect(`${uncoloured(coloured)}\n`).toBe(line(info));
  expect(`${inked(coloured)}\n`).toBe(drawing`
    ‹dim:03:04:05.067› ‹green:INFO › parsed  ‹dim:path="src/a b.py"  nodes=1234  4bf92f35›
  `);
});

it.each([
  ['an object', { body: { user: 'ann', tags: ['a', null] } }, '{"user":"ann","tags":["a",null]}'],
  ['a number', { body: 0 }, '0'],
  ['bytes', { body: new Uint8Array(4) }, '(4 bytes)'],
  ['nothing but a name', { eventName: 'session.start' }, 'session.start'],
  ['nothing', {}, ''],
  ['commands', { body: 'a\u001b[2J\nb\u202e' }, 'a\\x1b[2J\\nb\\u202e'],
  ['wide letters', { body: '設定を読む' }, '設定を読む'],
])('a body of %s', (_what, record, text) => {
  expect(line({ hrTime, severityNumber: 9, ...record })).toBe(`${`03:04:05.067 INFO  ${text}`.trimEnd()}\n`);
});

it('bounds a long body', () => {
  const lines = line({ ...info, body: 'word '.repeat(1_000), attributes: {} }, 60).split('\n');
  expect(lines.length).toBeLessThanOrEqual(11);
  expect(lines.join('')).toContain('…');
});

it('takes the time it was seen where it has none of its own, and says when there is none', () => {
  expect(line({ hrTime: [0, 0], hrTimeObserved: hrTime, body: 'x' })).toMatch(/^03:04:05\.067 /);
  expect(line({ hrTime: [0, 0], body: 'x' })).toMatch(/^--:--:--\.--- /);
  expect(line({ hrTime: [Number.NaN, 0], body: 'x' })).toMatch(/^--:--:--\.--- /);
  expect(line({ hrTime: [1e300, 0], body: 'x' })).toMatch(/^--:--:--\.--- /);
  expect(line({ body: 'x' })).toMatch(/^--:--:--\.--- /);
});

it('leaves out a trace that is none', () => {
  expect(line({ hrTime, body: 'x', spanContext: { traceId: '0'.repeat(32) } })).not.toContain('000000');
});
