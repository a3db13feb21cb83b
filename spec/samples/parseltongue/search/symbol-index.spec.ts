// How names become words, and how search tells of copies.

import { wordsOf } from '../../../../samples/parseltongue/search/symbol-search.js';
import { graphOf } from '../graph-of.js';

describe('the words of a name', () => {
  it.each([
    ['parseFile', ['parseFile', 'parse', 'File']],
    ['HTMLParser', ['HTMLParser', 'HTML', 'Parser']],
    ['snake_case', ['snake', 'case']],
    ['plain', ['plain']],
    ['größteZahl', ['größteZahl', 'größte', 'Zahl']],
    ['', []],
  ])('%s', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });
});

describe('search results', () => {
  it('count what is alike instead of repeating it', async () => {
    const copy = 'export function sharedThing(): void {}';
    const { queries } = await graphOf({ 'esm/a.ts': copy, 'cjs/a.ts': copy, 'src/a.ts': copy });
    expect(queries.execute({ type: 'search', words: 'shared thing' }).lines).toEqual([
      'function    sharedThing  cjs/a.ts:1  and 2 alike',
    ]);
  });

  it('find a name with a dot of its own', async () => {
    const { queries, place } = await graphOf({
      'a.ts': 'export class List { *[Symbol.iterator](): Generator { yield 1; } }',
    });
    const { nodes } = queries.execute({ type: 'definition', name: '[Symbol.iterator]' });
    expect(nodes.map(place)).toEqual(['a.ts List.[Symbol.iterator]']);
  });
});
