// Which answers are made up: exactly the names that a small program does not have.

import { join } from 'node:path';
import { AnswersFileProblem, readAnswers } from '../../../../samples/parseltongue/judge/answers-file.js';
import { namedThings } from '../../../../samples/parseltongue/judge/named-things.js';
import { graphOf, type Program } from '../graph-of.js';
import { treeOf } from '../tree-of.js';

let program: Program;

beforeAll(async () => {
  program = await graphOf({
    'package.json': JSON.stringify({ name: '@x/shop' }),
    'src/cart.ts':
      'export class Base { clear(): void {} } export class Cart extends Base { total(): number { return 1 } #items = 0 }',
  });
});

const judged = (answer: string): { known: readonly string[]; invented: readonly string[] } => {
  const { known, invented } = program.judge.judge({ question: '?', answer });
  return { known, invented };
};

describe('an answer', () => {
  it('is true when all it names is in the graph', () => {
    expect(judged('Call `Cart.total()` of `src/cart.ts` in `@x/shop`; `Cart` has `#items`.')).toEqual({
      known: ['Cart.total', 'src/cart.ts', '@x/shop', 'Cart', '#items'],
      invented: [],
    });
  });

  it('is made up where it names what is not there', () => {
    expect(
      judged('`Cart.total` is right, `Cart.discount()`, `Basket`, `src/basket.ts` and `@x/basket` are not.'),
    ).toEqual({
      known: ['Cart.total'],
      invented: ['Cart.discount', 'Basket', 'src/basket.ts', '@x/basket'],
    });
  });

  it('may name what a class inherits', () => {
    expect(judged('`Cart.clear()`')).toEqual({ known: ['Cart.clear'], invented: [] });
    expect(judged('`Base.total()`')).toEqual({ known: [], invented: ['Base.total'] });
  });

  it('may name what belongs to the language', () => {
    expect(judged('It returns a `Promise` of `string`; use `Promise.all` and `await`.')).toEqual({
      known: [],
      invented: [],
    });
  });

  it('is not judged by words outside of backticks, nor by code that is no name', () => {
    expect(judged('Basket: `a + b`, `if (x) y()`, `npm install`')).toEqual({ known: [], invented: [] });
  });

  it('counts a name once', () => {
    expect(namedThings('`a` and `a()` and `a`')).toEqual([{ name: 'a', kind: 'symbol' }]);
  });
});

describe('a file of answers', () => {
  it('is read, with what it is about', async () => {
    const folder = await treeOf({ 'a.json': '{ "about": "x", "answers": [{ "question": "q", "answer": "a" }] }' });
    await expect(readAnswers(join(folder, 'a.json'))).resolves.toEqual({
      about: 'x',
      answers: [{ question: 'q', answer: 'a' }],
    });
  });

  it.each([
    ['not JSON', 'nonsense'],
    ['no list', '{}'],
    ['not an object', 'null'],
    ['an answer without a text', '{ "answers": [{ "question": "q" }] }'],
  ])('is refused in one sentence: %s', async (_, content) => {
    const folder = await treeOf({ 'a.json': content });
    await expect(readAnswers(join(folder, 'a.json'))).rejects.toThrow(AnswersFileProblem);
  });

  it('is refused when it is not there', async () => {
    await expect(readAnswers('/nowhere.json')).rejects.toThrow(/\/nowhere\.json cannot be read/);
  });
});
