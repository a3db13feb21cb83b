/**
 * `annotate()`: attributes for the span that is active where it is called.
 */
import { trace } from '@opentelemetry/api';
import { attributeWithin } from './advice/attribute-value.js';
import { firstNames } from './advice/first-names.js';
import { lengthsInForce } from './advice/lengths-in-force.js';
import { cutText, longestName } from './conventions/bounded-text.js';
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
    // Of a text, or of bytes, each character and each byte would be one.
    if (typeof attributes !== 'object' || ArrayBuffer.isView(attributes))
      throw new TypeError('attributes are an object');
    quietly(() => {
      for (const name of firstNames(attributes, failed)) {
        const value = readGuarded(attributes, name);
        if (value !== undefined) span.setAttribute(cutText(name, longestName), value);
      }
    });
  } catch (error) {
    failed(error);
  }
}

function failed(error: unknown): void {
  report('SPANDREL_SOURCE_FAILED', '', { what: 'annotate()', error: messageOf(error) });
}

/** A getter that throws costs its attribute, never the others. */
function readGuarded(attributes: Readonly<Record<string, unknown>>, name: string): ReturnType<typeof attributeWithin> {
  try {
    return attributeWithin(attributes[name], lengthsInForce.span);
  } catch (error) {
    report('SPANDREL_SOURCE_FAILED', '', { what: `the attribute ${name} of annotate()`, error: messageOf(error) });
    return undefined;
  }
}
