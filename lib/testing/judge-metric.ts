/**
 * Judges of expected metrics, and tells with the real series as a table.
 */
import { drawMetrics } from '../terminal/draw-metrics.js';
import { checkWords } from './check-expectation.js';
import { attributeNotes } from './compare-span.js';
import { factTexts } from './draw-expected.js';
import { type Expected, isAsExpected } from './expected.js';
import { drawnMetric, type RecordedMetric, type RecordedPoint } from './recorded-metric.js';
import type { ExpectedAttributes } from './span-expectation.js';
import { checkSubject, type TestTelemetry } from './test-telemetry.js';
import { indented, paper, paragraphs, type Verdict } from './verdict.js';

/** What is expected of one series; what is not named is not compared. */
export interface ExpectedPoint {
  /** These and no others; left out: any. A series is told by all of its attributes. */
  readonly attributes?: ExpectedAttributes;
  /** Of a histogram, how many measurements it holds. */
  readonly value?: Expected<number>;
  /** These of histograms only. */
  readonly count?: Expected<number>;
  readonly sum?: Expected<number>;
  readonly min?: Expected<number>;
  readonly max?: Expected<number>;
}

/**
 * A number: the metric has one series, and this is its value. One point: it has such a series, among others. A list: it has these
 * series and no others, in any order; an empty one: nothing was measured.
 */
export type ExpectedMetric = number | ExpectedPoint | readonly ExpectedPoint[];

const figures = ['value', 'count', 'sum', 'min', 'max'] as const;

/** Without an expectation: that anything was measured at all. */
export async function judgeMetric(subject: TestTelemetry, name: string, expected?: ExpectedMetric): Promise<Verdict> {
  checkSubject(subject);
  check(expected);
  const metrics = await subject.metrics();
  const found = metrics.find((metric) => metric.name === name);
  const points = found?.points ?? [];
  const pass = isMet(points, expected);
  const others = metrics.map((metric) => metric.name);
  const real =
    found !== undefined
      ? paragraphs('recorded:', drawMetrics([drawnMetric(found)], paper), figuresText(found))
      : `but nothing was measured with that name; ${others.length === 0 ? 'no metric was' : `recorded: ${others.join(', ')}`}`;
  return { pass, message: paragraphs(`expected ${pass ? 'no ' : ''}metric ${name}${wanted(expected)}`, real) };
}

function check(expected: ExpectedMetric | undefined): void {
  if (expected === undefined || typeof expected === 'number') return;
  for (const point of Array.isArray(expected) ? expected : [expected]) {
    checkWords('a series', point, ['attributes', ...figures]);
  }
}

function isMet(points: readonly RecordedPoint[], expected: ExpectedMetric | undefined): boolean {
  if (expected === undefined) return points.length > 0;
  if (typeof expected === 'number') return points.length === 1 && points[0]?.value === expected;
  if (!isList(expected)) return points.some((point) => isSeries(expected, point));
  return points.length === expected.length && canPair(expected, points);
}

const isList = (expected: ExpectedMetric): expected is readonly ExpectedPoint[] => Array.isArray(expected);

/** Whether each expected series has one of its own (augmenting paths): an expectation may fit several. */
function canPair(expected: readonly ExpectedPoint[], points: readonly RecordedPoint[]): boolean {
  const taken = new Map<number, number>();
  const place = (wanted: number, tried: Set<number>): boolean =>
    points.some((point, at) => {
      if (tried.has(at) || !isSeries(expected[wanted] as ExpectedPoint, point)) return false;
      tried.add(at);
      const holder = taken.get(at);
      if (holder !== undefined && !place(holder, tried)) return false;
      taken.set(at, wanted);
      return true;
    });
  return expected.every((_, at) => place(at, new Set()));
}

function isSeries(expected: ExpectedPoint, point: RecordedPoint): boolean {
  return (
    figures.every((figure) => expected[figure] === undefined || isAsExpected(expected[figure], point[figure])) &&
    (expected.attributes === undefined || attributeNotes('', expected.attributes, point.attributes, true).length === 0)
  );
}

function wanted(expected: ExpectedMetric | undefined): string {
  if (expected === undefined) return ' to be measured';
  if (typeof expected === 'number') return ` with one series of the value ${expected}`;
  if (!isList(expected)) return paragraphs(' with a series', indented([pointText(expected)]));
  if (expected.length === 0) return ' with no series';
  return paragraphs(' with exactly the series', indented(expected.map(pointText)));
}

/** A table of histograms rounds, and has no sums. */
function figuresText({ kind, points }: RecordedMetric): string {
  return kind === 'histogram' ? paragraphs('in full:', indented(points.map(figuresOf).map(pointText))) : '';
}

const figuresOf = ({ attributes, count, sum, min, max }: RecordedPoint): ExpectedPoint => ({
  count,
  sum,
  min,
  max,
  attributes,
});

function pointText({ attributes, ...rest }: ExpectedPoint): string {
  return factTexts({ ...rest, ...attributes }).join('  ');
}
