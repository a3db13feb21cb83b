/**
 * `sampling.rules`: each word of a rule, which of several counts, and what becomes of one that fails.
 */
import { type Attributes, context, SpanKind, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { TraceRule } from 'spandrel';
import { failQuietly, mill } from '../../faithful/kept-traces/mill.js';
import { startKeeping } from '../../support/keeping-telemetry.js';
import { recorded } from '../../support/recorded-telemetry.js';

interface Made {
  readonly name?: string;
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
}

/** A trace of a call and a span within it. */
function make(
  { name = 'made', kind = SpanKind.INTERNAL, attributes = {} }: Made,
  within = (): void => undefined,
): void {
  mill.run(() => {
    const made = trace.getTracer('spec').startSpan(name, { kind, attributes });
    context.with(trace.setSpan(context.active(), made), within);
    made.end();
  });
}

/** The names of the spans that arrived, and why they were kept. */
async function arrived(): Promise<(readonly [name: string, keptFor: unknown])[]> {
  const spans = await recorded.spans();
  return spans.map(({ name, attributes }) => [name, attributes['spandrel.sampling.kept_for']] as const);
}

afterEach(() => recorded.stop());

const global = /^ma/g;
const sticky = /ma/y;

const rows: readonly (readonly [what: string, rule: TraceRule, speaksOf: Made[], notOf: Made[]])[] = [
  ['a name', { name: 'made' }, [{}], [{ name: 'mad' }, { name: 'made up' }]],
  ['a pattern of the name', { name: /^m.d/ }, [{}, { name: 'mud' }], [{ name: 'amid' }]],
  ['a pattern that is global', { name: global }, [{}, {}, { name: 'map' }, {}], [{ name: 'amid' }]],
  ['a pattern that is sticky', { name: sticky }, [{}, {}, { name: 'map' }, {}], [{ name: 'mud' }]],
  [
    'an attribute that is a text',
    { attributes: { 'http.route': '/pay' } },
    [{ attributes: { 'http.route': '/pay' } }],
    [{}, { attributes: { 'http.route': '/pays' } }, { attributes: { route: '/pay' } }],
  ],
  ['one that is a number', { attributes: { n: 5 } }, [{ attributes: { n: 5 } }], [{ attributes: { n: '5' } }]],
  [
    'one that is a flag',
    { attributes: { on: false } },
    [{ attributes: { on: false } }],
    [{}, { attributes: { on: true } }],
  ],
  [
    'a pattern of one',
    { attributes: { path: /^\/a/g } },
    [{ attributes: { path: '/a' } }, { attributes: { path: '/ab' } }],
    [{ attributes: { path: '/b' } }, { attributes: { path: 5 } }, { attributes: { path: ['/a'] } }, {}],
  ],
  [
    'several attributes',
    { attributes: { a: 1, b: 'x' } },
    [{ attributes: { a: 1, b: 'x', c: 0 } }],
    [{ attributes: { a: 1 } }, { attributes: { b: 'x' } }],
  ],
  ['the kind internal', { name: 'made', kind: 'internal' }, [{}], [{ kind: SpanKind.SERVER }]],
  ['the kind server', { kind: 'server' }, [{ kind: SpanKind.SERVER }], [{}, { kind: SpanKind.CLIENT }]],
  ['the kind client', { kind: 'client' }, [{ kind: SpanKind.CLIENT }], [{}, { kind: SpanKind.SERVER }]],
  ['the kind producer', { kind: 'producer' }, [{ kind: SpanKind.PRODUCER }], [{}, { kind: SpanKind.CONSUMER }]],
  ['the kind consumer', { kind: 'consumer' }, [{ kind: SpanKind.CONSUMER }], [{}, { kind: SpanKind.PRODUCER }]],
  [
    'a function',
    { when: (span: ReadableSpan) => span.attributes['big'] === true && span.ended },
    [{ attributes: { big: true } }],
    [{}, { attributes: { big: 1 } }],
  ],
  ['a function that says something else than yes', { when: (() => 1) as unknown as () => boolean }, [], [{}]],
  [
    'all of it at once',
    { name: /ma/, kind: 'client', attributes: { a: 1 }, when: ({ name }) => name.length === 4 },
    [{ kind: SpanKind.CLIENT, attributes: { a: 1 } }],
    [
      { kind: SpanKind.SERVER, attributes: { a: 1 } },
      { kind: SpanKind.CLIENT, attributes: { a: 2 } },
      { kind: SpanKind.CLIENT, attributes: { a: 1 }, name: 'mad' },
      { kind: SpanKind.CLIENT, attributes: { a: 1 }, name: 'aide' },
    ],
  ],
];

test.each(rows)('%s: traces with such a span are kept whole', async (_, rule, speaksOf, notOf) => {
  startKeeping({ success: 0, rules: [rule] });
  for (const made of [...notOf, ...speaksOf, ...notOf]) make(made);
  const expected = speaksOf.flatMap(({ name = 'made' }) => [name, 'run'].map((one) => [one, 'rule']));
  expect(await arrived()).toEqual(expected);
  expect(recorded.faults()).toEqual([]);
});

test.each(rows)('%s: with `keep: 0` they are let go, of all others', async (_, rule, speaksOf, notOf) => {
  startKeeping({ success: 1, rules: [{ ...rule, keep: 0 }] });
  for (const made of [...speaksOf, ...notOf, ...speaksOf]) make(made);
  expect(await arrived()).toEqual(notOf.flatMap(({ name = 'made' }) => [name, 'run'].map((one) => [one, undefined])));
});

test('a pattern of the user’s is left as it was', async () => {
  global.lastIndex = 3;
  startKeeping({ rules: [{ name: global }] });
  make({});
  make({});
  expect(await arrived()).toHaveLength(4);
  expect(global.lastIndex).toBe(3);
  global.lastIndex = 0;
});

test('of several rules the first in the list counts, whichever span ends first', async () => {
  startKeeping({ success: 1, rules: [{ name: 'a', keep: 0 }, { name: 'b' }, { name: 'c', keep: 0 }] });
  const one = (outer: string, inner: string): void => make({ name: outer }, () => make({ name: inner }));
  one('a', 'b');
  one('b', 'a');
  one('b', 'c');
  one('c', 'b');
  one('c', 'd');
  const names = (await arrived()).map(([name]) => name);
  expect(names).toEqual(['c', 'run', 'b', 'run', 'b', 'run', 'c', 'run']);
});

test('a trace that failed is kept for that, whatever a rule says', async () => {
  startKeeping({ success: 1, rules: [{ name: 'made', keep: 0 }] });
  make({}, failQuietly);
  expect(await arrived()).toEqual(['fail', 'made', 'run'].map((name) => [name, 'error']));
});

test('a function that throws says no, is reported once, and costs no other rule its word', async () => {
  const when = (): boolean => {
    throw new TypeError('no such thing');
  };
  startKeeping({ success: 0, rules: [{ when }, { name: 'b' }] });
  for (const name of ['a', 'b', 'a', 'b']) make({ name });
  expect((await arrived()).map(([name]) => name)).toEqual(['b', 'run', 'b', 'run']);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_OPTION_FAILED', where: 'sampling.rules[0]', count: 8 }]);
  expect(recorded.warnings()).toHaveLength(1);
});

test('what a function does makes no spans', async () => {
  const when = (): boolean => {
    mill.step();
    trace.getTracer('spec').startSpan('asked').end();
    return true;
  };
  startKeeping({ success: 0, rules: [{ when }] });
  make({});
  expect((await arrived()).map(([name]) => name)).toEqual(['made', 'run']);
});
