/**
 * `annotate()`: attributes for the span that is active where it is called.
 */
import { trace } from '@opentelemetry/api';
import { attributeValue } from './advice/attribute-value.js';
import { messageOf, report } from './faults/report.js';

/**
 * Sets attributes on the active span. Values take the form OpenTelemetry has for them (dates as ISO 8601 text, other
 * objects as JSON text); `undefined` and `null` are left out. Without an active span it does nothing; it never throws.
 */
export function annotate(attributes: Readonly<Record<string, unknown>>): void {
  try {
    const span = trace.getActiveSpan();
    if (span === undefined || !span.isRecording()) return;
    for (const [name, given] of Object.entries(attributes)) {
      const value = readGuarded(name, given);
      if (value !== undefined) span.setAttribute(name, value);
    }
  } catch (error) {
    report('SPANDREL_SOURCE_FAILED', '', { what: 'annotate()', error: messageOf(error) });
  }
}

function readGuarded(name: string, given: unknown): ReturnType<typeof attributeValue> {
  try {
    return attributeValue(given);
  } catch (error) {
    report('SPANDREL_SOURCE_FAILED', '', { what: `the attribute ${name} of annotate()`, error: messageOf(error) });
    return undefined;
  }
}
