/**
 * No file reaches itself through its imports, not even through types: what needs each other belongs together, and what
 * does not can be read one at a time.
 */
import { importsOf } from './imports.js';
import { filesIn } from './project-files.js';

/** The first way round that comes back to where it began, as the files it goes through. */
function cycleAmong(files: readonly string[]): string[] | undefined {
  const targets = new Map(files.map((file) => [file, importsOf(file).flatMap(({ target }) => target ?? [])]));
  const done = new Set<string>();
  const path: string[] = [];

  const walk = (file: string): string[] | undefined => {
    const before = path.indexOf(file);
    if (before >= 0) return [...path.slice(before), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const target of targets.get(file) ?? []) {
      const found = walk(target);
      if (found !== undefined) return found;
    }
    path.pop();
    done.add(file);
    return undefined;
  };

  for (const file of files) {
    const found = walk(file);
    if (found !== undefined) return found;
  }
  return undefined;
}

test.each(['lib', 'samples', 'spec'])('%s has no import cycles', (folder) => {
  const files = filesIn(folder, '.ts');
  expect(files).not.toEqual([]);
  expect(cycleAmong(files)).toBeUndefined();
});
