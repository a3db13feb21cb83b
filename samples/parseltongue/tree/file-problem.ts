// Why a file could not be analysed, as an error with a kind: the kind is what `parseltongue.errors.count` is counted by,
// so there are few of them and none carries a path. A syntax error is not thrown: such a file still has declarations.

import { types } from 'node:util';

/** `syntax` is the one kind that is found and not thrown; see FileParser. */
export type ProblemKind = 'unreadable' | 'too-large' | 'binary' | 'too-deep' | 'syntax' | 'internal';

export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  /** Whatever was thrown while a file was read and parsed, with its kind. */
  static from(thrown: unknown, path: string): FileProblem {
    if (thrown instanceof FileProblem) return thrown;
    const isError = types.isNativeError(thrown);
    const reason = isError ? thrown.message : String(thrown);
    // The compiler is a recursive-descent parser: a file nested deeper than the stack ends it with a RangeError.
    if (isError && thrown.name === 'RangeError' && /call stack/i.test(reason)) {
      return new FileProblem('too-deep', `${path} is nested too deeply for the compiler`, { cause: thrown });
    }
    // Errors of the file system carry a code; anything else is a fault of our own and must not pass for theirs.
    const kind = isError && 'code' in thrown && 'syscall' in thrown ? 'unreadable' : 'internal';
    return new FileProblem(kind, `${path}: ${reason}`, { cause: thrown });
  }
}
