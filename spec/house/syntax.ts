/**
 * TypeScript files as syntax trees: the rules of the house look at what the compiler sees, not at text.
 */
import ts from 'typescript';
import { textOf } from './project-files.js';

const parsed = new Map<string, ts.SourceFile>();

/** The syntax tree of a file, by its path from the root. */
export function syntaxOf(path: string): ts.SourceFile {
  let tree = parsed.get(path);
  if (tree === undefined) {
    tree = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true);
    parsed.set(path, tree);
  }
  return tree;
}

/** A node and all below it, in the order they are written. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    below.push(child);
  });
  for (const child of below) yield* nodesOf(child);
}

/** `lib/log.ts:12`, for a message that can be clicked. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** Whether a declaration carries a decorator. */
export function isDecorated(node: ts.Node): boolean {
  return ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;
}
