/**
 * `docs/reference/api.md` is what the types say, and each of the package's exports says what it is.
 */

import { blocksOf } from './documents.js';
import { doorExports } from './door-exports.js';
import { textOf } from './project-files.js';
import { groups } from './reference-groups.js';
import { referencePage, referencePagePath } from './reference-page.js';

const exported = new Set(doorExports().doors.flatMap(({ names }) => [...names.keys()]));

describe('the page of the API', () => {
  const page = textOf(referencePagePath);

  test('is what the types say, and each export and each member has a comment (if not: npm run docs:reference)', () => {
    expect(page).toBe(referencePage());
  }, 60_000);

  test('has a section with a signature for each name that can be imported', () => {
    const headings = new Set([...page.matchAll(/^### (\w+)\n\n```ts$/gm)].map(([, name]) => name));
    expect([...exported].filter((name) => !headings.has(name))).toEqual([]);
    expect(blocksOf(referencePagePath).filter(({ code }) => code.trim() === '')).toEqual([]);
  });
});

test('every name that the groups of the page have is exported', () => {
  expect(groups.flatMap(({ names }) => names).filter((name) => !exported.has(name))).toEqual([]);
});
