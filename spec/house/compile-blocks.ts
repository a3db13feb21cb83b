/**
 * Compiles the TypeScript of documents against `lib/`, strictly, as a user's project would: one program for all blocks
 * of a dialect.
 *
 * A block whose first line is a comment with a file name (`// shop.ts`) can be imported by the other blocks of its
 * document (`./shop.js`).
 */
import { join } from 'node:path';
import ts from 'typescript';
import { type Dialect, diagnosticsOf, messageOf, programOf, projectOptions } from '../support/in-memory-program.js';
import type { Block } from './documents.js';
import { root } from './project-files.js';
import { isDecorated, nodesOf } from './syntax.js';

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
  const program = programOf(new Map([...laid.values()].map(({ path, text }) => [path, text])), options);
  return [...laid.values()].flatMap(({ path, block }) =>
    diagnosticsOf(program, path).map((found) => {
      const line = block.line + (found.file?.getLineAndCharacterOfPosition(found.start ?? 0).line ?? 0);
      return `${block.document}:${line}: ${messageOf(found)}`;
    }),
  );
}

/** Whether a block is written differently for the two dialects' compilers. */
export function hasDecorators({ code }: Block): boolean {
  return [...nodesOf(ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true))].some(isDecorated);
}

/** Whether a block decorates a `#private` member, which the legacy dialect's compiler refuses. */
export function isStandardOnly({ code }: Block): boolean {
  return [...nodesOf(ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true))].some(
    (node) =>
      isDecorated(node) && ts.isClassElement(node) && node.name !== undefined && ts.isPrivateIdentifier(node.name),
  );
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
  // An excerpt may declare what only the reader will use.
  return { ...projectOptions(dialect), noUnusedLocals: false, noUnusedParameters: false };
}
