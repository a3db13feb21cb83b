/**
 * Judges of expected traces and spans, and tells with the real trees drawn, the places where they part marked.
 */

import { drawTrace } from '../terminal/draw-trace.js';
import type { DrawnSpan } from '../terminal/drawn-span.js';
import { checkExpectedSpan } from './check-expectation.js';
import { compareSpan, type Difference } from './compare-span.js';
import { drawExpected } from './draw-expected.js';
import { type RecordedSpan, spansOf } from './recorded-span.js';
import type { ExpectedSpan } from './span-expectation.js';
import { isTestTelemetry, type TestTelemetry } from './test-telemetry.js';
import { indented, paper, paragraphs, type Verdict } from './verdict.js';

/** What a test looks at: all that was recorded, or one tree of it. */
export type SpanSubject = TestTelemetry | RecordedSpan;

/** So many traces are drawn in a message at most: the nearest first. */
const drawnAtMost = 5;

/** Some recorded tree is as expected, from its root down. */
export function judgeTrace(subject: SpanSubject, expected: ExpectedSpan): Verdict {
  checkExpectedSpan(expected);
  const roots = rootsOf(subject);
  return judge(roots, roots, expected, 'a trace');
}

/** Some recorded span is as expected, wherever it is. */
export function judgeSpan(subject: SpanSubject, expected: ExpectedSpan): Verdict {
  checkExpectedSpan(expected);
  const roots = rootsOf(subject);
  return judge(roots, spansOf(roots), expected, 'a span');
}

function rootsOf(subject: SpanSubject): readonly RecordedSpan[] {
  if (isTestTelemetry(subject)) return subject.traces();
  if (typeof subject === 'object' && subject !== null && 'children' in subject) return [subject];
  throw new TypeError('expected what startTestTelemetry() gave, or one of its traces() or spans()');
}

function judge(
  roots: readonly RecordedSpan[],
  candidates: readonly RecordedSpan[],
  expected: ExpectedSpan,
  what: string,
): Verdict {
  let nearest: readonly Difference[] | undefined;
  for (const candidate of candidates) {
    const differences = compareSpan(expected, candidate);
    if (differences.length === 0) {
      const marked = [{ at: candidate, note: '▲ this one', weight: 0 }];
      const message = paragraphs(
        `expected no ${what.slice(2)} like`,
        indented(drawExpected(expected)),
        drawn(roots, marked),
      );
      return { pass: true, message };
    }
    if (nearest === undefined || weightOf(differences) < weightOf(nearest)) nearest = differences;
  }
  const marks = (nearest ?? []).map(({ note, ...rest }) => ({ ...rest, note: `▲ ${note}` }));
  const message = paragraphs(`expected ${what} like`, indented(drawExpected(expected)), drawn(roots, marks));
  return { pass: false, message };
}

const weightOf = (differences: readonly Difference[]): number =>
  differences.reduce((sum, { weight }) => sum + weight, 0);

/** The real trees, the one with marks first. */
function drawn(roots: readonly RecordedSpan[], marks: readonly Difference[]): string {
  if (roots.length === 0) return 'but no span was recorded';
  const notes = new Map<DrawnSpan, string[]>();
  for (const { at, note } of marks) notes.set(at.raw, [...(notes.get(at.raw) ?? []), note]);
  for (const span of spansOf(roots)) {
    const told = notes.get(span.raw) ?? [];
    if (span.running && !told.some((note) => note.endsWith('it was not ended'))) {
      notes.set(span.raw, ['(still running)', ...told]);
    }
  }
  const marked = (root: RecordedSpan): boolean => marks.some(({ at }) => spansOf([root]).includes(at));
  const ordered = [...roots.filter(marked), ...roots.filter((root) => !marked(root))];
  const trees = ordered.slice(0, drawnAtMost).map((root) =>
    drawTrace(
      spansOf([root]).map(({ raw }) => raw),
      paper,
      { attributes: true, notes: (span) => notes.get(span) ?? [] },
    ),
  );
  const left = ordered.length - trees.length;
  const heading = roots.length === 1 ? 'recorded:' : `recorded, ${roots.length} traces:`;
  return paragraphs(heading, ...trees, left > 0 ? `… and ${left} more` : '');
}
