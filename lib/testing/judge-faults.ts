/**
 * Judges whether telemetry itself had anything to report.
 */
import { checkSubject, type TestTelemetry } from './test-telemetry.js';
import { paragraphs, type Verdict } from './verdict.js';

/** Nothing failed: no source that threw, no class that could not be woven, no processor that failed. */
export function judgeNoFaults(subject: TestTelemetry): Verdict {
  checkSubject(subject);
  const faults = subject.faults();
  if (faults.length === 0) return { pass: true, message: 'expected telemetry to report a fault, but there is none' };
  const sentences = faults.map(({ first, count }) => (count === 1 ? first : `${first} (${count} times)`));
  return { pass: false, message: paragraphs('expected telemetry to report no fault', sentences.join('\n')) };
}
