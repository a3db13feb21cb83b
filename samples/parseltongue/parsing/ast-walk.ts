// Visits every node of a syntax tree in source order, without recursion: minified and generated code nests deeper than a stack.

import ts from 'typescript';

/** Called when a node is entered; may return what is to be done when everything below it has been visited. */
export type Enter = (node: ts.Node, parent: ts.Node | undefined) => (() => void) | undefined;

/** Returns the number of nodes. */
export function walk(root: ts.Node, enter: Enter): number {
  // Two stacks in step rather than one of pairs: a tree of a million nodes should not cost a million small objects.
  const ahead: (ts.Node | (() => void))[] = [root];
  const parents: (ts.Node | undefined)[] = [undefined];
  const children: ts.Node[] = [];
  const collect = (child: ts.Node): void => void children.push(child);
  let count = 0;
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const parent = parents.pop();
    if (typeof next === 'function') {
      next();
      continue;
    }
    count += 1;
    const leave = enter(next, parent);
    if (leave) {
      ahead.push(leave);
      parents.push(undefined);
    }
    ts.forEachChild(next, collect);
    for (let child = children.pop(); child; child = children.pop()) {
      ahead.push(child);
      parents.push(next);
    }
  }
  return count;
}
