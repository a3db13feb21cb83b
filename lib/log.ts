/**
 * `log`: log records from inside a call, tied to the active span.
 */
import { context } from '@opentelemetry/api';
import { type AnyValue, type AnyValueMap, logs, SeverityNumber } from '@opentelemetry/api-logs';
import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_STACKTRACE, ATTR_EXCEPTION_TYPE } from './conventions/attributes.js';
import { failureOf } from './conventions/failure.js';
import { scope } from './conventions/scope.js';
import { messageOf, report } from './faults/report.js';

/** An error, given alone or among the attributes, becomes `exception.type`, `.message` and `.stacktrace`. */
export type LogAttributes = Readonly<Record<string, unknown>> | Error;

type Write = (message: string, attributes?: LogAttributes) => void;

const writer =
  (severityNumber: SeverityNumber, severityText: string): Write =>
  (message, attributes) => {
    try {
      logs.getLogger(scope.name, scope.version).emit({
        severityNumber,
        severityText,
        body: String(message),
        attributes: recordAttributes(attributes),
        context: context.active(),
      });
    } catch (error) {
      report('SPANDREL_SOURCE_FAILED', '', { what: 'log', error: messageOf(error) });
    }
  };

/**
 * One log record each, with the ids of the active span, exported like the spans and readable on the terminal when the
 * console is on. Attributes may be structured (they stay so, unlike a span's). They do nothing while telemetry is off,
 * and never throw. Severities are those of the OpenTelemetry logs data model.
 */
export const log = Object.freeze({
  debug: writer(SeverityNumber.DEBUG, 'DEBUG'),
  info: writer(SeverityNumber.INFO, 'INFO'),
  warn: writer(SeverityNumber.WARN, 'WARN'),
  error: writer(SeverityNumber.ERROR, 'ERROR'),
});

function recordAttributes(given: LogAttributes | undefined): AnyValueMap {
  if (given === undefined || given === null) return {};
  if (given instanceof Error) return exceptionAttributes(given);
  const attributes: AnyValueMap = {};
  for (const [name, value] of Object.entries(given)) {
    if (value instanceof Error) Object.assign(attributes, exceptionAttributes(value));
    else if (value !== undefined) attributes[name] = value as AnyValue;
  }
  return attributes;
}

function exceptionAttributes(error: Error): AnyValueMap {
  const { type, message, stack } = failureOf(error);
  return {
    [ATTR_EXCEPTION_TYPE]: type,
    [ATTR_EXCEPTION_MESSAGE]: message,
    ...(stack === undefined ? {} : { [ATTR_EXCEPTION_STACKTRACE]: stack }),
  };
}
