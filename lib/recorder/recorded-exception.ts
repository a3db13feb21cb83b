/**
 * What `recordException` of the API says of an exception, by the rules of the SDK's span. For calls that fail
 * `conventions/failure.ts` has more to say. What was caught may be anything, and its words may throw: these are left out then.
 */
import type { Attributes, AttributeValue, Exception } from '@opentelemetry/api';
import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_STACKTRACE, ATTR_EXCEPTION_TYPE } from '../conventions/attributes.js';

/** The attributes of the event; `undefined` where it has neither a type nor a message. */
export function recordedException(exception: Exception): Attributes | undefined {
  const attributes: Attributes = {};
  if (typeof exception === 'string') attributes[ATTR_EXCEPTION_MESSAGE] = exception;
  else if (exception) {
    const type = typeOf(exception);
    const message = wordOf(exception, 'message');
    const stack = wordOf(exception, 'stack');
    if (type) attributes[ATTR_EXCEPTION_TYPE] = type;
    if (message) attributes[ATTR_EXCEPTION_MESSAGE] = message;
    if (stack) attributes[ATTR_EXCEPTION_STACKTRACE] = stack;
  }
  return attributes[ATTR_EXCEPTION_TYPE] || attributes[ATTR_EXCEPTION_MESSAGE] ? attributes : undefined;
}

/** Of a list all of it would be written. */
function typeOf(exception: Exclude<Exception, string>): AttributeValue | undefined {
  const code = wordOf(exception, 'code');
  if (!code || Array.isArray(code)) return wordOf(exception, 'name');
  try {
    return code.toString();
  } catch {
    return undefined;
  }
}

function wordOf(exception: object, name: string): AttributeValue | undefined {
  try {
    return (exception as Record<string, AttributeValue | undefined>)[name];
  } catch {
    return undefined;
  }
}
