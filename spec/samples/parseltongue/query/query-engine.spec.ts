// What the graph answers about a small shop: definitions, dependents, search; exactly what, and in which order.

import { graphOf, type Program } from '../graph-of.js';

const FILES = {
  'shop/cart.ts': `
    import { priceOf } from './price.js';
    /** Holds what a customer wants to buy. */
    export class Cart { total(): number { return priceOf(); } }
  `,
  'shop/price.ts': `
    import { round } from '../math/round.js';
    /** The price of a thing, with taxes. */
    export function priceOf(): number { return round(1); }
  `,
  'shop/checkout.ts': `import { Cart } from './cart.js'; export class Express extends Cart { pay(): void { this.total(); } }`,
  'math/round.ts': '/** Rounds to two digits. */ export function round(n: number): number { return n; }',
  'page.ts': `import { Express } from './shop/checkout.js'; function round(): void {} round(); export const cart = new Express();`,
};

let program: Program;

beforeAll(async () => {
  program = await graphOf(FILES);
});

const places = (nodes: readonly number[]): string[] => nodes.map((node) => program.place(node));

describe('going to a definition', () => {
  it('finds what a name means in the file that uses it', () => {
    const { nodes } = program.queries.execute({ type: 'definition', name: 'round', usedIn: 'shop/price.ts' });
    expect(places(nodes)).toEqual(['math/round.ts round']);
    const local = program.queries.execute({ type: 'definition', name: 'round', usedIn: 'page.ts' });
    expect(places(local.nodes)).toEqual(['page.ts round']);
  });

  it('finds all of a name without a place, those that are exported and used first', () => {
    const answer = program.queries.execute({ type: 'definition', name: 'round' });
    expect(places(answer.nodes)).toEqual(['math/round.ts round', 'page.ts round']);
    expect(answer.summary).toBe('found, the first of 2');
    expect(answer.lines[0]).toBe('function    round  math/round.ts:1');
  });

  it('takes a name with its container, and the path of a file', () => {
    expect(places(program.queries.execute({ type: 'definition', name: 'Cart.total' }).nodes)).toEqual([
      'shop/cart.ts Cart.total',
    ]);
    expect(program.queries.execute({ type: 'definition', name: 'shop/cart.ts' }).lines).toEqual([
      'file        cart.ts  shop/cart.ts',
    ]);
  });

  it('says that a name is not there, and shows what comes near', () => {
    const answer = program.queries.execute({ type: 'definition', name: 'Card' });
    expect(answer.nodes).toEqual([]);
    expect(answer.summary).toContain('no such name');
    expect(program.queries.execute({ type: 'definition', name: 'zzzzzz' })).toMatchObject({ nodes: [], lines: [] });
  });
});

describe('what depends on a symbol', () => {
  it('is everything that calls or extends it, directly or through others, nearest first', () => {
    const answer = program.queries.execute({ type: 'dependents', name: 'priceOf' });
    expect(places(answer.nodes)).toEqual(['shop/cart.ts Cart.total', 'shop/checkout.ts Express.pay']);
    expect(answer.summary).toMatch(/^2 dependents in 2 files of 1 project/);
  });

  it('reaches, through a class, all that extends it and whoever uses that', () => {
    const { nodes } = program.queries.execute({ type: 'dependents', name: 'Cart' });
    expect(places(nodes)).toEqual(['shop/checkout.ts Express', 'shop/checkout.ts Express.pay', 'page.ts cart']);
  });

  it('is, of a file, also whoever imports it', () => {
    const { nodes } = program.queries.execute({ type: 'dependents', name: 'shop/checkout.ts' });
    expect(places(nodes).sort()).toEqual(['page.ts', 'page.ts cart']);
  });

  it('is nothing for what nobody uses', () => {
    expect(program.queries.execute({ type: 'dependents', name: 'cart' })).toMatchObject({
      nodes: [],
      summary: 'nothing in the tree depends on it',
    });
  });
});

describe('search', () => {
  it('finds by words of names and of documentation, names first', () => {
    expect(places(program.queries.execute({ type: 'search', words: 'price' }).nodes)[0]).toBe('shop/price.ts priceOf');
    expect(places(program.queries.execute({ type: 'search', words: 'taxes' }).nodes)).toEqual([
      'shop/price.ts priceOf',
    ]);
    expect(places(program.queries.execute({ type: 'search', words: 'customer' }).nodes)).toEqual(['shop/cart.ts Cart']);
  });

  it('finds words that are begun or misspelt', () => {
    expect(places(program.queries.execute({ type: 'search', words: 'custom' }).nodes)).toEqual(['shop/cart.ts Cart']);
    expect(places(program.queries.execute({ type: 'search', words: 'expresss' }).nodes)).toEqual([
      'shop/checkout.ts Express',
    ]);
  });

  it('puts what is used more first where names are the same', () => {
    expect(places(program.queries.execute({ type: 'search', words: 'round' }).nodes)[0]).toBe('math/round.ts round');
  });

  it('says when there is nothing', () => {
    expect(program.queries.execute({ type: 'search', words: 'zzzzzz' })).toMatchObject({ nodes: [], lines: [] });
  });
});
