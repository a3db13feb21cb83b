/**
 * Judges of expected log records, and tells with the real ones as lines.
 */
import type { AnyValue } from '@opentelemetry/api-logs';
import { drawLog } from '../terminal/draw-log.js';
import { checkWords, isPlain } from './check-expectation.js';
import { attributeNotes } from './compare-span.js';
import { factTexts } from './draw-expected.js';
import { type Expected, isAsExpected } from './expected.js';
import type { RecordedLog } from './recorded-log.js';
import type { ExpectedAttributes } from './span-expectation.js';
import { checkSubject, type TestTelemetry } from './test-telemetry.js';
import { indented, paper, paragraphs, type Verdict } from './verdict.js';

/** What is expected of a log record; what is not named is not compared. */
export interface ExpectedLog {
  readonly body?: Expected<AnyValue>;
  /** `'INFO'`; capitals or not. */
  readonly severity?: Expected<string>;
  /** These, among others. `undefined`: it must not be there. */
  readonly attributes?: ExpectedAttributes;
  readonly eventName?: Expected<string>;
  /** Of the span it was written in. */
  readonly traceId?: Expected<string>;
  readonly spanId?: Expected<string>;
}

const fields = ['body', 'severity', 'eventName', 'traceId', 'spanId'] as const;

/** The last ones are the ones the test was about. */
const drawnAtMost = 50;

/** Some log record is as expected. A text, or what else may stand for one, is its body. */
export function judgeLog(subject: TestTelemetry, given: ExpectedLog | Expected<string>): Verdict {
  checkSubject(subject);
  const expected = expectedLog(given);
  const records = subject.logs();
  const pass = records.some((record) => isMet(expected, record));
  const named = Object.entries({ ...expected, ...expected.attributes, attributes: undefined });
  const facts = factTexts(Object.fromEntries(named.filter(([, value]) => value !== undefined)));
  const lines = records.slice(-drawnAtMost).map(({ raw }) => drawLog(raw, paper));
  const left = records.length - lines.length;
  const real =
    records.length === 0
      ? 'but no log record was written'
      : paragraphs(left > 0 ? `recorded, after ${left} others:` : 'recorded:', lines.join('\n'));
  return {
    pass,
    message: paragraphs(`expected ${pass ? 'no' : 'a'} log record like`, indented([facts.join('  ')]), real),
  };
}

function expectedLog(given: ExpectedLog | Expected<string>): ExpectedLog {
  if (given === undefined)
    throw new TypeError('a log record is expected by its body, or as an object; this is undefined');
  if (!isPlain(given)) return { body: given as Expected<string> };
  const expected = given as ExpectedLog;
  checkWords('a log record', expected, ['attributes', ...fields]);
  return typeof expected.severity === 'string' ? { ...expected, severity: expected.severity.toUpperCase() } : expected;
}

function isMet(expected: ExpectedLog, record: RecordedLog): boolean {
  return (
    fields.every((field) => expected[field] === undefined || isAsExpected(expected[field], record[field])) &&
    attributeNotes('', expected.attributes, record.attributes, false).length === 0
  );
}
