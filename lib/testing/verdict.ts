/**
 * What a comparison came to, and the words for it: both ways, since a test may have expected the opposite.
 */
export interface Verdict {
  readonly pass: boolean;
  /** What to tell where the test expected the opposite of `pass`. */
  readonly message: string;
}

/** Parts of a message, a blank line between them. */
export function paragraphs(...parts: readonly string[]): string {
  return parts
    .map((part) => part.replace(/\n+$/, ''))
    .filter((part) => part !== '')
    .join('\n\n');
}

export function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}

/** The canvas of messages: runners cut and colour as they like. */
export const paper = { width: 100, colour: false } as const;
