/**
 * `annotate()`: attributes for the span that is active where it is called.
 */
import { trace } from '@opentelemetry/api';
import { attributeValue } from './advice/attribute-value.js';
import { messageOf, report } from './faults/report.js';
import { quietly } from './weaving/quiet.js';

/**
 * Sets attributes on the active span. Values take the form OpenTelemetry has for them (dates as ISO 8601 text, other
 * objects as JSON text); `undefined` and `null` are left out. Without an active span it does nothing; it never throws.
 */
export function annotate(attributes: Readonly<Record<string, unknown>>): void {
  try {
    const span = trace.getActiveSpan();
    if (span === undefined || !span.isRecording()) return;
    quietly(() => {
      for (const name of Object.keys(attributes)) {
        const value = readGuarded(attributes, name);
        if (value !== undefined) span.setAttribute(name, value);
      }
    });
  } catch (error) {
    report('SPANDREL_SOURCE_FAILED', '', { what: 'annotate()', error: messageOf(error) });
  }
}

/** A getter that throws costs its attribute, never the others. */
function readGuarded(attributes: Readonly<Record<string, unknown>>, name: string): ReturnType<typeof attributeValue> {
  try {
    return attributeValue(attributes[name]);
  } catch (error) {
    report('SPANDREL_SOURCE_FAILED', '', { what: `the attribute ${name} of annotate()`, error: messageOf(error) });
    return undefined;
  }
}
