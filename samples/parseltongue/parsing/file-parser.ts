// Parses one source file: reads it, lets the compiler parse it, walks the tree for facts, asks the compiler for syntax errors.
//
// Two ways to be in error. A file that cannot be read or parsed at all is thrown as a FileProblem. A file with syntax errors
// still has declarations, so it is returned together with them. Either way it is one file in `parseltongue.errors.count`,
// by its kind, and its outcome in `parseltongue.files.processed.total` is 'error'; every other file is a 'success'.

import { Counted, call, log, Timed, Traced } from 'spandrel';
import ts from 'typescript';
import { FileProblem } from '../tree/file-problem.js';
import type { SourceFile } from '../tree/source-tree.js';
import { FactCollector } from './fact-collector.js';
import type { FileFacts } from './file-facts.js';
import { type CompiledFile, SingleFileCompiler } from './single-file-compiler.js';
import { readSource } from './source-text.js';

export interface SyntaxProblem {
  readonly line: number;
  readonly message: string;
}

export interface ParsedFile {
  readonly file: SourceFile;
  readonly facts: FileFacts;
  readonly syntaxProblems: readonly SyntaxProblem[];
}

/** typescript.js, with nine megabytes, is to be analysed; a data set of a hundred is not source code. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

const language = call.arg(0, 'language');

export class FileParser {
  readonly #compiler = new SingleFileCompiler();
  readonly #maxBytes: number;

  constructor(maxBytes = MAX_FILE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  @Traced({
    name: 'parseltongue.parse.file',
    attributes: { 'file.path': call.arg(0, 'path'), 'parse.language': language, 'parse.nodes.count': call.result('facts.nodes') },
  })
  @Timed('parseltongue.parse.latency', {
    unit: 's',
    description: 'Time from asking for a file to having read, parsed and checked it',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    attributes: { language },
  })
  @Counted('parseltongue.files.processed.total', {
    unit: '{file}',
    description: 'Source files taken up, whatever came of it',
    attributes: { language, outcome: ({ result }) => (isWithoutErrors(result) ? 'success' : 'error') },
  })
  @Counted('parseltongue.errors.count', { when: 'error', attributes: { kind: call.error('kind') } })
  async parse(file: SourceFile): Promise<ParsedFile> {
    try {
      const text = await readSource(file, this.#maxBytes);
      const compiled = this.#compiler.compile(file.location, text);
      const facts = this.traverse(compiled.source);
      // Last, because it counts the file as one in error: nothing may throw, and count it again, after this.
      return { file, facts, syntaxProblems: this.analyze(compiled) };
    } catch (thrown) {
      const problem = FileProblem.from(thrown, file.path);
      log.warn('file not analysed', { 'file.path': file.path, kind: problem.kind });
      throw problem;
    }
  }

  @Traced({ name: 'parseltongue.ast.traverse', attributes: { 'ast.symbols.count': call.result('symbols.length') } })
  traverse(source: ts.SourceFile): FileFacts {
    return new FactCollector(source).collect();
  }

  @Traced({ name: 'parseltongue.syntax.analyze', attributes: { 'syntax.errors.count': call.result('length') } })
  @Counted('parseltongue.errors.count', {
    when: 'success',
    attributes: { kind: 'syntax' },
    amount: call.result('length').map(errors => (errors === 0 ? 0 : 1)),
  })
  analyze(compiled: CompiledFile): SyntaxProblem[] {
    return compiled.syntaxErrors().map(({ file, start, messageText }) => ({
      line: file.getLineAndCharacterOfPosition(start).line + 1,
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
    }));
  }
}

function isWithoutErrors(result: unknown): boolean {
  return (
    typeof result === 'object'
    && result !== null
    && 'syntaxProblems' in result
    && Array.isArray(result.syntaxProblems)
    && result.syntaxProblems.length === 0
  );
}
