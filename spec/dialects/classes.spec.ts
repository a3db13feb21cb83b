/**
 * What an annotation on a class reaches, and how it meets what its methods say themselves.
 */
import { call, Traced, Untraced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const tag = Symbol('tag');
const anonymousSymbol = Symbol();

test('every own method is traced, statics and symbol-named ones too, and no accessor, field or constructor', async () => {
  const read: string[] = [];

  @Traced()
  class Everything {
    field = (): string => 'field';
    static staticField = (): string => 'static field';
    method(): string {
      return 'method';
    }
    static make(): Everything {
      return new Everything();
    }
    [tag](): string {
      return 'tag';
    }
    [anonymousSymbol](): string {
      return 'anonymous';
    }
    static [Symbol.iterator](): string {
      return 'iterator';
    }
    get value(): number {
      read.push('value');
      return 1;
    }
    set value(_given: number) {}
    static get total(): number {
      read.push('total');
      return 2;
    }
  }
  // Weaving reads descriptors: no getter has run yet.
  expect(read).toEqual([]);

  const everything = Everything.make();
  expect(everything.method()).toBe('method');
  expect(everything[tag]()).toBe('tag');
  expect(everything[anonymousSymbol]()).toBe('anonymous');
  expect(Everything[Symbol.iterator]()).toBe('iterator');
  expect([everything.field(), Everything.staticField(), everything.value, Everything.total]).toEqual([
    'field',
    'static field',
    1,
    2,
  ]);
  expect(await recorded.trees()).toEqual([
    span('Everything.make'),
    span('Everything.method'),
    span('Everything[tag]'),
    span('Everything[]'),
    span('Everything[Symbol.iterator]'),
  ]);
});

test('include selects by name, symbol and pattern; exclude is stronger', async () => {
  @Traced({ include: ['exact', tag, /^get/g], exclude: [/Secret$/, 'getNothing'] })
  class Selected {
    exact(): void {}
    [tag](): void {}
    getOne(): void {}
    getTwo(): void {}
    getSecret(): void {}
    getNothing(): void {}
    other(): void {}
    static getStatic(): void {}
  }
  const selected = new Selected();
  selected.exact();
  selected[tag]();
  selected.getOne();
  selected.getTwo();
  selected.getSecret();
  selected.getNothing();
  selected.other();
  Selected.getStatic();
  expect((await recorded.trees()).map(({ name }) => name)).toEqual([
    'Selected.exact',
    'Selected[tag]',
    'Selected.getOne',
    'Selected.getTwo',
    'Selected.getStatic',
  ]);
});

test('prefix stands in for the class, a separator of its own is kept, and the code keeps its name', async () => {
  @Traced({ prefix: 'shop' })
  class Dotted {
    pay(): void {}
    @Traced('paid.back')
    refund(): void {}
  }
  @Traced({ prefix: 'shop/' })
  class Slashed {
    pay(): void {}
  }
  new Dotted().pay();
  new Dotted().refund();
  new Slashed().pay();
  expect(await recorded.trees()).toEqual([
    span('shop.pay', { at: 'Dotted.pay' }),
    span('paid.back', { at: 'Dotted.refund' }),
    span('shop/pay', { at: 'Slashed.pay' }),
  ]);
});

test('the options of the class hold for each method, the method’s own word is the stronger', async () => {
  @Traced({ kind: 'client', attributes: { component: 'indexer', first: call.arg(0), level: 1 } })
  class Indexer {
    plain(_word: string): void {}
    @Traced({ kind: 'server', attributes: { level: 2, second: call.arg(1) } })
    own(_a: string, _b: string): void {}
    @Untraced()
    quiet(): void {}
  }
  const indexer = new Indexer();
  indexer.plain('a');
  indexer.own('b', 'c');
  indexer.quiet();
  expect(await recorded.trees()).toEqual([
    span('Indexer.plain', { kind: 'CLIENT', attributes: { component: 'indexer', first: 'a', level: 1 } }),
    span('Indexer.own', {
      kind: 'SERVER',
      attributes: { component: 'indexer', first: 'b', level: 2, second: 'c' },
    }),
  ]);
});

test('an annotated member outside what the class selects keeps its own annotation', async () => {
  @Traced({ include: ['first'], attributes: { from: 'class' } })
  class Mixed {
    first(): void {}
    @Traced()
    second(): void {}
    @Traced()
    get size(): number {
      return 1;
    }
  }
  const mixed = new Mixed();
  mixed.first();
  mixed.second();
  expect(mixed.size).toBe(1);
  expect(await recorded.trees()).toEqual([
    span('Mixed.first', { attributes: { from: 'class' } }),
    span('Mixed.second'),
    span('Mixed.size'),
  ]);
});

test('static members called name and length do not hide the class’s name', async () => {
  class Hidden {
    static name(): string {
      return 'name';
    }
    @Traced()
    method(): void {}
    @Traced()
    static make(): void {}
  }
  Hidden.make();
  new Hidden().method();
  expect(await recorded.trees()).toEqual([span('Hidden.make'), span('Hidden.method')]);
});
