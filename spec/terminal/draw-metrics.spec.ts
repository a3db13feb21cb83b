/** Whole tables of metrics. */
import { drawMetrics } from '../../lib/terminal/draw-metrics.js';
import type { DrawnMetric, DrawnPoint } from '../../lib/terminal/drawn-metric.js';
import { drawing, inked, uncoloured } from './lines.js';

const plain = (width: number) => ({ width, colour: false });

function metric(
  name: string,
  unit: string,
  dataPointType: number,
  dataPoints: DrawnPoint[],
  isMonotonic?: boolean,
): DrawnMetric {
  return { descriptor: { name, unit }, dataPointType, dataPoints, isMonotonic };
}

const boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.5];
const latency = (counts: number[], extremes: object = {}): DrawnPoint['value'] => ({
  buckets: { boundaries, counts },
  count: counts.reduce((sum, count) => sum + count, 0),
  ...extremes,
});

const processed = metric(
  'parseltongue.files.processed.total',
  '{file}',
  3,
  [
    { attributes: { language: 'python', outcome: 'success' }, value: 12_345 },
    { attributes: { language: 'type script', outcome: 'error' }, value: 3 },
  ],
  true,
);
const sessions = metric('parseltongue.active.sessions', '', 3, [{ attributes: {}, value: -2 }], false);
const memory = metric('process.memory.usage', 'By', 2, [{ attributes: {}, value: 123_456_789 }]);
const parsing = metric('parseltongue.parse.latency', 's', 0, [
  { attributes: { language: 'python' }, value: latency([1, 40, 200, 600, 30, 2, 1], { min: 0.0012, max: 1.23 }) },
  { attributes: { language: 'typescript', 'error.type': 'SyntaxError' }, value: latency([0, 0, 0, 0, 0, 0, 2]) },
  { attributes: { language: 'go' }, value: latency([0, 0, 0, 4, 0, 0, 0]) },
  { attributes: { language: 'rust' }, value: latency([0, 0, 0, 0, 0, 0, 0]) },
]);
const queue = metric('queue.size', '{job}', 1, [
  {
    attributes: {},
    value: {
      count: 101,
      scale: 2,
      zeroCount: 1,
      positive: { offset: 8, bucketCounts: [10, 20, 30, 40] },
      negative: { offset: 0, bucketCounts: [] },
      min: 0,
      max: 7.9,
    },
  },
]);
const all = [processed, parsing, sessions, queue, memory];

it('draws nothing for no metrics', () => {
  expect(drawMetrics([], plain(80))).toBe('');
});

it('draws a table of single values and one of distributions', () => {
  expect(drawMetrics(all, plain(80))).toBe(drawing`
        value  attributes
    ────────────────────────────────────────────────────────────────────────────────
    parseltongue.files.processed.total  counter, {file}
       12,345  language=python  outcome=success
            3  language="type script"  outcome=error
    parseltongue.active.sessions  up-down counter
           -2
    process.memory.usage  gauge, By
      118 MiB

      count    ≈ p50    ≈ p95       max  attributes
    ────────────────────────────────────────────────────────────────────────────────
    parseltongue.parse.latency  histogram, s
        874  33.2 ms  49.6 ms    1.23 s  language=python
          2   500 ms   500 ms  > 500 ms  language=typescript  error.type=SyntaxError
          4  37.5 ms  48.8 ms   ≤ 50 ms  language=go
          0        –        –         –  language=rust
    queue.size  exponential histogram, {job}
        101     6.35     7.75       7.9
  `);
});

it('cuts attributes where the width is small', () => {
  expect(drawMetrics(all, plain(60))).toBe(drawing`
        value  attributes
    ────────────────────────────────────────────────────────────
    parseltongue.files.processed.total  counter, {file}
       12,345  language=python  outcome=success
            3  language="type script"  outcome=error
    parseltongue.active.sessions  up-down counter
           -2
    process.memory.usage  gauge, By
      118 MiB

      count    ≈ p50    ≈ p95       max  attributes
    ────────────────────────────────────────────────────────────
    parseltongue.parse.latency  histogram, s
        874  33.2 ms  49.6 ms    1.23 s  language=python
          2   500 ms   500 ms  > 500 ms  language=typescript  e…
          4  37.5 ms  48.8 ms   ≤ 50 ms  language=go
          0        –        –         –  language=rust
    queue.size  exponential histogram, {job}
        101     6.35     7.75       7.9
  `);
});

it('puts them beneath where there is no room at all', () => {
  expect(drawMetrics(all, plain(40))).toBe(drawing`
        value  attributes
    ────────────────────────────────────────
    parseltongue.files.processed.total
    counter, {file}
       12,345  language=python  outcome=suc…
            3  language="type script"  outc…
    parseltongue.active.sessions
    up-down counter
           -2
    process.memory.usage  gauge, By
      118 MiB

      count    ≈ p50    ≈ p95       max
    ────────────────────────────────────────
    parseltongue.parse.latency  histogram, s
        874  33.2 ms  49.6 ms    1.23 s
        language=python
          2   500 ms   500 ms  > 500 ms
        language=typescript  error.type=Syn…
          4  37.5 ms  48.8 ms   ≤ 50 ms
        language=go
          0        –        –         –
        language=rust
    queue.size  exponential histogram, {job}
        101     6.35     7.75       7.9
  `);
});

it('differs in colour by nothing but the codes', () => {
  const coloured = drawMetrics([processed, parsing], { width: 60, colour: true });
  expect(uncoloured(coloured)).toBe(drawMetrics([processed, parsing], plain(60)));
  expect(inked(drawMetrics([processed], { width: 60, colour: true }))).toBe(drawing`
    ‹dim:   value  attributes›
    ‹dim:────────────────────────────────────────────────────────────›
    ‹bold:parseltongue.files.processed.total›  ‹dim:counter, {file}›
      12,345  ‹dim:language=python  outcome=success›
           3  ‹dim:language="type script"  outcome=error›
  `);
});

it('is one group for a metric of two libraries, and two where they do not mean the same', () => {
  const one = metric('calls', '', 3, [{ attributes: { from: 'a' }, value: 1 }], true);
  const two = metric('calls', '', 3, [{ attributes: { from: 'b' }, value: 2 }], true);
  const other = metric('calls', 's', 2, [{ attributes: {}, value: 3 }]);
  expect(drawMetrics([one, other, two], plain(40))).toBe(drawing`
      value  attributes
    ────────────────────────────────────────
    calls  counter
          1  from=a
          2  from=b
    calls  gauge, s
        3 s
  `);
});

it('draws values that are no numbers a person would expect', () => {
  const odd = [Number.NaN, Infinity, -Infinity, 1e300, 0].map((value, at) => ({ attributes: { at }, value }));
  const open = { buckets: { boundaries: [], counts: [3] }, count: 3 };
  const endless = { buckets: { boundaries: [1], counts: [1, 1] }, count: 2, min: -Infinity, max: Infinity };
  const histogram = metric('h', 's', 0, [
    { attributes: { at: 'open' }, value: open },
    { attributes: { at: 'endless' }, value: endless },
  ]);
  expect(drawMetrics([metric('odd', 's', 2, odd), metric('none', '', 2, []), histogram], plain(60))).toBe(drawing`
            value  attributes
    ────────────────────────────────────────────────────────────
    odd  gauge, s
              NaN  at=0
                ∞  at=1
               -∞  at=2
      1.16e+295 d  at=3
              0 s  at=4
    none  gauge, nothing measured

      count  ≈ p50  ≈ p95  max  attributes
    ────────────────────────────────────────────────────────────
    h  histogram, s
          3      –      –    –  at=open
          2    1 s    1 s    ∞  at=endless
  `);
});

it('lets names and attributes command nothing', () => {
  const evil = metric('a\u001b[2Jb', '\u0007', 3, [{ attributes: { 'k\n': 'v\u202e', wide: '日本' }, value: 1 }], true);
  expect(drawMetrics([evil], plain(60))).toBe(drawing`
      value  attributes
    ────────────────────────────────────────────────────────────
    a\x1b[2Jb  counter, \x07
          1  k\n=v\u202e  wide=日本
  `);
});

it('keeps a histogram without series among the histograms', () => {
  expect(drawMetrics([metric('idle', 's', 0, [])], plain(40))).toBe(drawing`
      count  ≈ p50  ≈ p95  max
    ────────────────────────────────────────
    idle  histogram, s, nothing measured
  `);
});
