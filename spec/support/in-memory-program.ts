/**
 * Compiles TypeScript that is only in memory, as files of this project: what the compiler says of a snippet is then a
 * value that can be held against what it should say.
 */
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../house/project-files.js';

export type Dialect = 'standard' | 'legacy';

/** The options of this project's own `tsconfig.json`, for a dialect. */
export function projectOptions(dialect: Dialect): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  return { ...options, experimentalDecorators: dialect === 'legacy', emitDecoratorMetadata: dialect === 'legacy' };
}

/** A program of files by their absolute paths; what they import may be on the disk. `paths` are checked, all unless given. */
export function programOf(
  texts: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
  paths: Iterable<string> = texts.keys(),
): ts.Program {
  return ts.createProgram([...paths], options, hostWith(texts, options));
}

/** A message with all that explains it, in one line. */
export function messageOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, ' ').replace(/\s+/g, ' ');
}

/** What the compiler says against one file. */
export function diagnosticsOf(program: ts.Program, path: string): readonly ts.Diagnostic[] {
  const file = program.getSourceFile(path);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
}

/** What is on the disk is parsed once for all programs. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function hostWith(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists, getSourceFile } = host;
  const folders = new Set([...texts.keys()].flatMap(foldersOf));
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || directoryExists?.(path) === true;
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const own = texts.get(path);
    if (own !== undefined) return ts.createSourceFile(path, own, languageVersion, true);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, languageVersion, ...rest));
    return parsed.get(path);
  };
  return host;
}

/** The folders a file lies in, up to the root of the project. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder)) folders.push(folder);
  return folders;
}
