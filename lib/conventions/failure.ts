/**
 * What was thrown, as the conventions want it told: one classifier for span, metric and sampler. Anything can be
 * thrown in JavaScript (`null`, a string, a proxy that throws when looked at), so nothing here may throw.
 */

/** What the exception event and `error.type` say of a thrown value. */
export interface Failure {
  /** `error.type` and `exception.type`: low in cardinality. */
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/** `error.type` when nothing better is known (semantic conventions, `error.type`). */
const OTHER = '_OTHER';

/** Node's and most libraries' codes: ENOENT, ERR_INVALID_ARG_TYPE. */
const codeForm = /^[A-Z][A-Z0-9_]{2,63}$/;

/** Reads a thrown value into the words of the conventions. */
export function failureOf(thrown: unknown): Failure {
  try {
    const type = errorTypeOf(thrown);
    if (typeof thrown !== 'object' || thrown === null) return { type, message: String(thrown), stack: undefined };
    // A thrown object that is no error may hold anything; only what it calls its message is taken.
    const { message, stack } = thrown as { message?: unknown; stack?: unknown };
    return { type, message: textOr(message, ''), stack: textOr(stack, undefined) };
  } catch {
    return { type: OTHER, message: '', stack: undefined };
  }
}

/**
 * `error.type` of a thrown value: the error's name; the system code (`ENOENT`) of an error whose name is just `Error`;
 * the JavaScript type of a thrown primitive; the class of another object; `_OTHER` when there is none.
 */
export function errorTypeOf(thrown: unknown): string {
  try {
    if (thrown === null) return 'null';
    if (typeof thrown !== 'object' && typeof thrown !== 'function') return typeof thrown;
    const { name, code, constructor } = thrown as { name?: unknown; code?: unknown; constructor?: { name?: unknown } };
    const className = typeof constructor?.name === 'string' ? constructor.name : '';
    // A subclass that forgot to set its name inherits "Error" from the prototype: then its class says more.
    const known = typeof name === 'string' && name !== '' && name !== 'Error' ? name : className;
    if (known !== '' && known !== 'Error' && known !== 'Object' && known !== 'Function') return known;
    if (typeof code === 'string' && codeForm.test(code)) return code;
    return thrown instanceof Error || known === 'Error' ? 'Error' : OTHER;
  } catch {
    return OTHER;
  }
}

function textOr<O>(value: unknown, otherwise: O): string | O {
  return typeof value === 'string' ? value : otherwise;
}
