/**
 * `log`: log records from inside a call, tied to the active span.
 */
import { context } from '@opentelemetry/api';
import { type AnyValue, type AnyValueMap, logs, SeverityNumber } from '@opentelemetry/api-logs';
import { firstNames } from './advice/first-names.js';
import { lengthsInForce } from './advice/lengths-in-force.js';
import { structuredValue } from './advice/structured-value.js';
import { cutText, longestName, longestText } from './conventions/bounded-text.js';
import { exceptionAttributes, failureOf, isError } from './conventions/failure.js';
import { scope } from './conventions/scope.js';
import { messageOf, report } from './faults/report.js';
import { quietly } from './weaving/quiet.js';

/** An error, given alone or among the attributes, becomes `exception.type`, `.message` and `.stacktrace`. */
export type LogAttributes = Readonly<Record<string, unknown>> | Error;

type Write = (message: string, attributes?: LogAttributes) => void;

const writer =
  (severityNumber: SeverityNumber, severityText: string): Write =>
  (message, attributes) => {
    try {
      const logger = logs.getLogger(scope.name, scope.version);
      if (!logger.enabled({ severityNumber })) return;
      logger.emit({
        severityNumber,
        severityText,
        body: bodyOf(message),
        attributes: quietly(() => recordAttributes(attributes)),
        context: context.active(),
      });
    } catch (error) {
      failed(error);
    }
  };

function failed(error: unknown): void {
  report('SPANDREL_SOURCE_FAILED', '', { what: 'log', error: messageOf(error) });
}

/**
 * One log record each, with the ids of the active span, exported like the spans and readable on the terminal when the
 * console is on. Attributes may be structured (they stay so, unlike a span's). They do nothing while telemetry is off,
 * and never throw. Severities are those of the OpenTelemetry logs data model.
 */
export const log = Object.freeze({
  /** Severity DEBUG (5). */
  debug: writer(SeverityNumber.DEBUG, 'DEBUG'),
  /** Severity INFO (9). */
  info: writer(SeverityNumber.INFO, 'INFO'),
  /** Severity WARN (13). */
  warn: writer(SeverityNumber.WARN, 'WARN'),
  /** Severity ERROR (17). */
  error: writer(SeverityNumber.ERROR, 'ERROR'),
});

function bodyOf(message: unknown): string {
  return typeof message === 'string' ? cutText(message, longestText) : messageOf(message);
}

function recordAttributes(given: unknown): AnyValueMap {
  if (isError(given)) return attributesOfError(given);
  const attributes: AnyValueMap = {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return attributes;
  let told = false;
  for (const name of firstNames(given, failed)) {
    const value = readGuarded(given, name);
    // The conventions have words for one error; a second one is told as a text under its own name.
    if (value.error !== undefined && !told) {
      Object.assign(attributes, attributesOfError(value.error));
      told = true;
    } else if (value.told !== undefined) attributes[cutText(name, longestName)] = value.told;
  }
  return attributes;
}

function attributesOfError(error: Error): AnyValueMap {
  const texts = Object.entries(exceptionAttributes(failureOf(error)));
  return Object.fromEntries(texts.map(([name, text]) => [name, cutText(text, lengthsInForce.log)]));
}

/** A getter that throws costs its attribute, never the record. */
function readGuarded(given: object, name: string): { readonly told?: AnyValue; readonly error?: Error } {
  try {
    const value = (given as Record<string, unknown>)[name];
    const told = structuredValue(value, lengthsInForce.log);
    return { ...(told === undefined ? {} : { told }), ...(isError(value) ? { error: value } : {}) };
  } catch (error) {
    report('SPANDREL_SOURCE_FAILED', '', { what: `the attribute ${name} of log`, error: messageOf(error) });
    return {};
  }
}
