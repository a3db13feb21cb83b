/** Whatever is drawn: it never fails, no line is too wide, and the terminal gets no command but our colours. */
import fc from 'fast-check';
import type { Canvas } from '../../lib/terminal/canvas.js';
import { drawLog } from '../../lib/terminal/draw-log.js';
import { drawMetrics } from '../../lib/terminal/draw-metrics.js';
import { drawTrace } from '../../lib/terminal/draw-trace.js';
import type { DrawnLog } from '../../lib/terminal/drawn-log.js';
import type { DrawnMetric } from '../../lib/terminal/drawn-metric.js';
import type { DrawnSpan } from '../../lib/terminal/drawn-span.js';
import { widthOf } from '../../lib/terminal/text-width.js';
import { commands, uncoloured } from './lines.js';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '',
    'parse.file',
    'a\u001b[31m',
    '\n├─ x',
    '\u202e',
    '日本語'.repeat(20),
    'x'.repeat(300),
    '\u0301',
    '👨‍👩‍👧',
  ),
);
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1e300));
const value = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 3 }), fc.object());
const attributes = fc.dictionary(text, value, { maxKeys: 4 });
const seconds = fc.oneof(fc.integer({ min: 1_700_000_000, max: 1_700_000_100 }), number);
const time = fc.option(fc.tuple(seconds, fc.integer({ min: 0, max: 999_999_999 })), { nil: undefined });
// Few ids: parents that are there, that are elsewhere, circles, and spans given twice.
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '', '\u001b');

const failure = fc.record({
  'error.type': fc.option(text, { nil: undefined }),
  'exception.type': value,
  'exception.message': value,
  'exception.stacktrace': fc.oneof(
    value,
    text.map((line) => `Error\n    at f (/a/b/${line}.ts:1:2)`),
  ),
});

const span: fc.Arbitrary<DrawnSpan> = fc
  .record({
    name: text,
    spanId: id,
    parentId: fc.option(id, { nil: undefined }),
    kind: fc.integer({ min: -1, max: 6 }),
    startTime: time,
    endTime: time,
    status: fc.option(
      fc.record({ code: fc.integer({ min: 0, max: 2 }), message: fc.option(text, { nil: undefined }) }),
      { nil: undefined },
    ),
    attributes: fc.option(fc.oneof(attributes, failure), { nil: undefined }),
    events: fc.option(
      fc.array(
        fc.record({ name: fc.oneof(text, fc.constant('exception')), time, attributes: fc.oneof(attributes, failure) }),
        { maxLength: 2 },
      ),
      { nil: undefined },
    ),
    links: fc.option(
      fc.array(fc.record({ context: fc.record({ traceId: text, spanId: text }), attributes }), { maxLength: 2 }),
      { nil: undefined },
    ),
  })
  .map(({ spanId, parentId, ...rest }) => ({
    ...rest,
    spanContext: () => ({ traceId: 'trace\u0007', spanId }),
    parentSpanContext: parentId === undefined ? undefined : { spanId: parentId },
  }));

const counts = fc.array(fc.oneof(fc.nat(50), number), { maxLength: 6 });
const extremes = {
  min: fc.option(number, { nil: undefined }),
  max: fc.option(number, { nil: undefined }),
  count: fc.oneof(fc.nat(), number),
};
const exponentialBuckets = fc.record({ offset: fc.integer({ min: -2_000, max: 2_000 }), bucketCounts: counts });
const histogram = fc.oneof(
  fc.record({ ...extremes, buckets: fc.record({ boundaries: fc.array(number, { maxLength: 5 }), counts }) }),
  fc.record({
    ...extremes,
    scale: fc.integer({ min: -12, max: 22 }),
    zeroCount: fc.nat(),
    positive: exponentialBuckets,
    negative: exponentialBuckets,
  }),
);
const metricOf = (values: fc.Arbitrary<DrawnMetric['dataPoints'][number]['value']>): fc.Arbitrary<DrawnMetric> =>
  fc.record({
    descriptor: fc.record({ name: text, unit: fc.oneof(text, fc.constantFrom('s', 'ms', 'By', '1', '%')) }),
    dataPointType: fc.integer({ min: 0, max: 3 }),
    isMonotonic: fc.boolean(),
    dataPoints: fc.array(fc.record({ attributes, value: values }), { maxLength: 4 }),
  });
const metric = fc.oneof(metricOf(number), metricOf(histogram));

const log: fc.Arbitrary<DrawnLog> = fc.record({
  hrTime: time,
  hrTimeObserved: time,
  severityNumber: fc.option(number, { nil: undefined }),
  severityText: fc.option(text, { nil: undefined }),
  body: value,
  eventName: fc.option(text, { nil: undefined }),
  attributes: fc.option(fc.oneof(attributes, failure), { nil: undefined }),
  spanContext: fc.option(fc.record({ traceId: text }), { nil: undefined }),
});

const width = fc.oneof(fc.integer({ min: 40, max: 160 }), fc.constant(40));

/** A drawing as `draw` makes it in colour and plain, held to what every drawing promises. */
function expectSound(columns: number, draw: (canvas: Canvas) => string): void {
  const plain = draw({ width: columns, colour: false });
  expect(plain).not.toMatch(commands);
  const tooWide = plain.split('\n').filter((line) => widthOf(line) > columns);
  expect(tooWide).toEqual([]);
  expect(uncoloured(draw({ width: columns, colour: true }))).toBe(plain);
}

it('any trace', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 30 }), width, fc.boolean(), (spans, columns, shown) => {
      expectSound(columns, (canvas) => drawTrace(spans, canvas, { attributes: shown }));
    }),
    { numRuns: 400 },
  );
});

it('no span of a small trace is left out', () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 8 }), width, (spans, columns) => {
      const named = spans.map((one, at) => ({ ...one, name: `<${at}>` }));
      const drawn = drawTrace(named, { width: columns, colour: false });
      for (const { name } of named) expect(drawn.split(name)).toHaveLength(2);
    }),
  );
});

it('any deep trace', () => {
  fc.assert(
    fc.property(fc.array(span, { minLength: 20, maxLength: 60 }), width, (spans, columns) => {
      const chain = spans.map((one, at) => ({
        ...one,
        spanContext: () => ({ traceId: 't', spanId: `${at}.` }),
        parentSpanContext: { spanId: `${at - 1}.` },
      }));
      expectSound(columns, (canvas) => drawTrace(chain, canvas));
    }),
    { numRuns: 50 },
  );
});

it('any metrics', () => {
  fc.assert(
    fc.property(fc.array(metric, { maxLength: 5 }), width, (metrics, columns) => {
      expectSound(columns, (canvas) => drawMetrics(metrics, canvas));
    }),
    { numRuns: 400 },
  );
});

it('any log record', () => {
  fc.assert(
    fc.property(log, width, (record, columns) => {
      expectSound(columns, (canvas) => drawLog(record, canvas));
    }),
    { numRuns: 400 },
  );
});
