/**
 * What `recordException` of the API says of an exception, by the rules of the SDK's span. For calls that fail
 * `conventions/failure.ts` has more to say.
 */
import type { Attributes, Exception } from '@opentelemetry/api';
import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_STACKTRACE, ATTR_EXCEPTION_TYPE } from '../conventions/attributes.js';

/** The attributes of the event; `undefined` where it has neither a type nor a message. */
export function recordedException(exception: Exception): Attributes | undefined {
  const attributes: Attributes = {};
  if (typeof exception === 'string') attributes[ATTR_EXCEPTION_MESSAGE] = exception;
  else if (exception) {
    if (exception.code) attributes[ATTR_EXCEPTION_TYPE] = exception.code.toString();
    else if (exception.name) attributes[ATTR_EXCEPTION_TYPE] = exception.name;
    if (exception.message) attributes[ATTR_EXCEPTION_MESSAGE] = exception.message;
    if (exception.stack) attributes[ATTR_EXCEPTION_STACKTRACE] = exception.stack;
  }
  return attributes[ATTR_EXCEPTION_TYPE] || attributes[ATTR_EXCEPTION_MESSAGE] ? attributes : undefined;
}
