/**
 * Compiles the TypeScript of documents against `lib/`, strictly, as a user's project would: one program for all blocks
 * of a dialect.
 *
 * A block whose first line is a comment with a file name (`// shop.ts`) can be imported by the other blocks of its
 * document (`./shop.js`).
 */
import { join } from 'node:path';
import ts from 'typescript';
import type { Block } from './documents.js';
import { root } from './project-files.js';
import { isDecorated, nodesOf } from './syntax.js';

export type Dialect = 'standard' | 'legacy';

/** A file that is only in memory, and the block it stands for. */
interface Laid {
  readonly path: string;
  readonly block: Block;
  readonly text: string;
}

/** What the compiler says against the blocks, each with the line of the document. */
export function compileBlocks(blocks: readonly Block[], dialect: Dialect): string[] {
  const laid = new Map(layOut(blocks).map((one) => [one.path, one]));
  const options = optionsFor(dialect);
  const program = ts.createProgram([...laid.keys()], options, hostWith(laid, options));
  return [...laid.values()].flatMap(({ path, block }) => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ start = 0, messageText }) => {
      const line = block.line + (file?.getLineAndCharacterOfPosition(start).line ?? 0);
      return `${block.document}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

/** Whether a block is written differently for the two dialects' compilers. */
export function hasDecorators({ code }: Block): boolean {
  return [...nodesOf(ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true))].some(isDecorated);
}

function layOut(blocks: readonly Block[]): Laid[] {
  const taken = new Set<string>();
  return blocks.map((block) => {
    const folder = join(root, `.blocks/${block.document.replace(/\W+/g, '-')}`);
    const [, name] = /^\/\/\s*(?:[\w-]+\/)*([\w.-]+\.ts)\s*\n/.exec(block.code) ?? [];
    const unnamed = `line-${block.line}.ts`;
    // A file that is shown twice, as it grows, is the first one to those who import it.
    const path = join(folder, name === undefined || taken.has(join(folder, name)) ? unnamed : name);
    taken.add(path);
    return { path, block, text: `${block.code}\nexport {};\n` };
  });
}

function optionsFor(dialect: Dialect): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  return {
    ...options,
    experimentalDecorators: dialect === 'legacy',
    emitDecoratorMetadata: dialect === 'legacy',
    // An excerpt may declare what only the reader will use.
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
}

/** Both dialects parse the same libraries: once is enough. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function hostWith(laid: ReadonlyMap<string, Laid>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists, getSourceFile } = host;
  const folders = new Set([join(root, '.blocks'), ...[...laid.keys()].map((path) => join(path, '..'))]);
  host.fileExists = (path) => laid.has(path) || fileExists(path);
  host.readFile = (path) => laid.get(path)?.text ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || directoryExists?.(path) === true;
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const own = laid.get(path);
    if (own !== undefined) return ts.createSourceFile(path, own.text, languageVersion, true);
    const known = parsed.get(path);
    if (known !== undefined) return known;
    const file = getSourceFile(path, languageVersion, ...rest);
    parsed.set(path, file);
    return file;
  };
  return host;
}
