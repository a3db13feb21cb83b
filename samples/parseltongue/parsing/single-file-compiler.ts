// Parses one file exactly as the compiler parses it in a program of its own, with the compiler's own syntax errors.
//
// A whole program is the exact way, not just the parser: for JavaScript the compiler adds errors of its own (types in a `.js`
// file), and whether a file is a module (which decides what `await` means) depends on the nearest package.json. A program of
// one file with nothing resolved costs a millisecond or two, and it asks us for the source file, so it parses only once.

import ts from 'typescript';

export interface CompiledFile {
  readonly source: ts.SourceFile;
  syntaxErrors(): readonly ts.DiagnosticWithLocation[];
}

const OPTIONS: ts.CompilerOptions = { noResolve: true, noLib: true, allowJs: true, types: [] };

export class SingleFileCompiler {
  /** The only other files the compiler looks for are package.json of the directories above; the answers are kept. */
  readonly #manifests = new Map<string, string | undefined>();

  compile(location: string, text: string): CompiledFile {
    const name = location.replaceAll('\\', '/');
    const host: ts.CompilerHost = {
      getSourceFile: (path, options) => (path === name ? ts.createSourceFile(path, text, options) : undefined),
      fileExists: path => path === name || this.#manifest(path) !== undefined,
      readFile: path => (path === name ? text : this.#manifest(path)),
      writeFile: () => undefined,
      getDefaultLibFileName: () => 'lib.d.ts',
      getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
      getCanonicalFileName: path => path,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
    };
    const program = ts.createProgram({ rootNames: [name], options: OPTIONS, host });
    const source = program.getSourceFile(name);
    if (!source) throw new Error('the compiler did not take the file into its program');
    return { source, syntaxErrors: () => program.getSyntacticDiagnostics(source) };
  }

  #manifest(path: string): string | undefined {
    if (!path.endsWith('/package.json')) return undefined;
    if (!this.#manifests.has(path)) this.#manifests.set(path, ts.sys.readFile(path));
    return this.#manifests.get(path);
  }
}
