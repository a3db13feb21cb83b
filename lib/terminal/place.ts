/**
 * Where an error came from: the first line of a stack that is in the user's own code, short enough to sit beside a
 * message.
 */

/** Bounds on what is read of a stack: it may be anybody's text. */
const linesRead = 100;
const lineRead = 1_000;

/** The end of a stack line: `…/file.ts:12:3` or `…/file.ts:12`. */
const position = /:\d+(?::\d+)?$/;

/** `file:line:column` of the first stack line in user code; else of the first in a package; else nothing. */
export function placeOf(stack: unknown): string | undefined {
  if (typeof stack !== 'string') return undefined;
  let inPackage: string | undefined;
  for (const line of stack.split('\n', linesRead)) {
    const file = fileOf(line.slice(0, lineRead).trim());
    if (file === undefined || file.startsWith('node:') || file.startsWith('internal/')) continue;
    if (!/[\\/]node_modules[\\/]/.test(file)) return shortened(file);
    inPackage ??= file;
  }
  return inPackage === undefined ? undefined : shortened(inPackage);
}

/** The file of V8's `at name (file:1:2)` and `at file:1:2`, and of the `name@file:1:2` of other engines. */
function fileOf(line: string): string | undefined {
  let file: string;
  if (line.startsWith('at ')) {
    // The first bracket: folders may have some of their own.
    const bracket = line.endsWith(')') ? line.indexOf(' (') : -1;
    file = bracket >= 0 ? line.slice(bracket + 2, -1) : line.slice(3).replace(/^async /, '');
  } else {
    const at = line.indexOf('@');
    if (at < 0) return undefined;
    file = line.slice(at + 1);
  }
  // `<anonymous>`, `native` and what was evaluated from a text lead nowhere.
  return position.test(file) && !/^<|^eval at /.test(file) ? file : undefined;
}

/** The last three segments of the path: as a rule the package or folder, and the file. */
function shortened(file: string): string {
  const segments = file.replace(/^file:\/\//, '').split(/[\\/]/);
  return segments.length > 4 ? `…/${segments.slice(-3).join('/')}` : segments.join('/');
}
