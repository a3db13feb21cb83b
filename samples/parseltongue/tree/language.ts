// Which files are source files, and in which language. The one list that discovery, the parser and the help text share;
// `find` over these extensions must come to the same number as the analyser.

export type Language = 'typescript' | 'javascript';

/** By ending, not by `path.extname`: `.d.ts` ends in `.ts` and is TypeScript, as `find -name '*.ts'` would say. */
export const SOURCE_EXTENSIONS: ReadonlyMap<string, Language> = new Map([
  ['.ts', 'typescript'],
  ['.tsx', 'typescript'],
  ['.mts', 'typescript'],
  ['.cts', 'typescript'],
  ['.js', 'javascript'],
  ['.jsx', 'javascript'],
  ['.mjs', 'javascript'],
  ['.cjs', 'javascript'],
]);

/** The language of a file by its name, or undefined for a file that is not ours to read. Case matters, as to the compiler. */
export function languageOf(path: string): Language | undefined {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? undefined : SOURCE_EXTENSIONS.get(path.slice(dot));
}
