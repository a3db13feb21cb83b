/**
 * What was thrown, as the conventions want it told: one classifier for span, metric and sampler. Anything can be
 * thrown in JavaScript (`null`, a string, a proxy that throws when looked at), so nothing here may throw; and a message can
 * be of any length, so what is told of it is bounded.
 */
import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_STACKTRACE, ATTR_EXCEPTION_TYPE } from './attributes.js';
import { bigintText, cutText, longestName, longestText } from './bounded-text.js';

/** What the exception event and `error.type` say of a thrown value. */
export interface Failure {
  /** `error.type` and `exception.type`: low in cardinality. */
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/** `error.type` when nothing better is known (semantic conventions, `error.type`). */
const OTHER = '_OTHER';

const { toString } = Object.prototype;

/** Node's and most libraries' codes: ENOENT, ERR_INVALID_ARG_TYPE. */
const codeForm = /^[A-Z][A-Z0-9_]{2,63}$/;

/** Reads a thrown value into the words of the conventions. */
export function failureOf(thrown: unknown): Failure {
  const type = errorTypeOf(thrown);
  // A function's text is its source, which says nothing of a failure.
  if (typeof thrown === 'function') return { type, message: '', stack: undefined };
  if (typeof thrown !== 'object' || thrown === null) return { type, message: primitiveText(thrown), stack: undefined };
  // A thrown object that is no error may hold anything; only what it calls its message is taken.
  return { type, message: textOf(thrown, 'message') ?? '', stack: textOf(thrown, 'stack') };
}

function primitiveText(thrown: unknown): string {
  return cutText(typeof thrown === 'bigint' ? bigintText(thrown) : String(thrown), longestText);
}

/** The attributes of an exception, on a span event or a log record (semantic conventions, exceptions). */
export function exceptionAttributes({ type, message, stack }: Failure): Record<string, string> {
  return {
    [ATTR_EXCEPTION_TYPE]: type,
    [ATTR_EXCEPTION_MESSAGE]: message,
    ...(stack === undefined ? {} : { [ATTR_EXCEPTION_STACKTRACE]: stack }),
  };
}

/**
 * `error.type` of a thrown value: the error's name; the system code (`ENOENT`) of an error whose name is just `Error`;
 * the JavaScript type of a thrown primitive; the class of another object; `_OTHER` when there is none.
 */
export function errorTypeOf(thrown: unknown): string {
  return cutText(typeNameOf(thrown), longestName);
}

function typeNameOf(thrown: unknown): string {
  try {
    if (thrown === null) return 'null';
    if (typeof thrown !== 'object' && typeof thrown !== 'function') return typeof thrown;
    const name = isError(thrown) ? textOf(thrown, 'name') : undefined;
    // A subclass that forgot to set its name inherits "Error" from the prototype: then its class says more. What another
    // object calls its name is data, and could be anybody's.
    const known = name !== undefined && name !== '' && name !== 'Error' ? name : classNameOf(thrown);
    if (known !== '' && known !== 'Error' && known !== 'Object' && known !== 'Function') return known;
    const code = textOf(thrown, 'code');
    if (code !== undefined && codeForm.test(code)) return code;
    return isError(thrown) ? 'Error' : OTHER;
  } catch {
    return OTHER;
  }
}

/** Also an error of another realm (a vm context, a frame), whose `Error` is not ours. */
export function isError(value: unknown): value is Error {
  return descendsFromError(value) || ['[object Error]', '[object DOMException]'].includes(toString.call(value));
}

/** `instanceof` would follow a proxy for ever that names another one for its prototype. */
function descendsFromError(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  let level: object | null = value;
  for (let levels = 0; levels < 32 && level !== null; levels += 1) {
    level = Object.getPrototypeOf(level) as object | null;
    if (level === Error.prototype) return true;
  }
  return false;
}

function classNameOf(value: object): string {
  // What data calls its constructor is no class, and could be anything of any length.
  const { constructor } = value as { constructor?: unknown };
  // A static member may be called `name`, and be anything.
  const name: unknown = typeof constructor === 'function' ? constructor.name : '';
  return typeof name === 'string' ? name : '';
}

/** A property that is a text, as much of it as is told; `undefined` where it is none, or throws when it is read. */
export function textOf(value: object, key: string): string | undefined {
  try {
    const found = (value as Record<string, unknown>)[key];
    return typeof found === 'string' ? cutText(found, longestText) : undefined;
  } catch {
    return undefined;
  }
}
