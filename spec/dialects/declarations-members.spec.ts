/**
 * Members however they are written: static blocks, symbols, computed and numeric names, names of the language's own.
 */
import { Counted, Traced } from 'spandrel';
import { dialect } from '../support/dialect.js';
import { recorded, span } from '../support/recorded-telemetry.js';
import { outside, snapshot } from '../support/snapshot.js';

afterEach(() => recorded.stop());

const tag = Symbol('tag');
const nameless = Symbol();
const computed = (part: string): string => `get ${part}`;

const declare = () => {
  class Odd {
    static readonly ready: string[] = [];
    @Traced()
    [tag](): string {
      return 'tag';
    }
    @Traced()
    [nameless](): string {
      return 'nameless';
    }
    @Traced()
    [computed('price')](): string {
      return 'price';
    }
    @Traced()
    42(): string {
      return '42';
    }
    @Traced()
    'with-dash'(): string {
      return 'dash';
    }
    @Traced()
    toString(): string {
      return 'odd';
    }
    @Traced()
    __proto__(): string {
      return 'proto';
    }
    @Traced()
    static [Symbol.hasInstance](): boolean {
      return false;
    }
    @Traced()
    static prepare(): string {
      Odd.ready.push('prepared');
      return 'prepared';
    }
    @Traced()
    static get [Symbol.species](): string {
      return 'species';
    }
    static {
      Odd.prepare();
    }
  }
  return Odd;
};

type Indexed = Record<string | symbol, () => unknown>;
const members = [tag, nameless, 'get price', '42', 'with-dash', 'toString', '__proto__'] as const;
const statics = [Symbol.hasInstance, 'prepare'] as const;
const expected = [
  ...['Odd[tag]', 'Odd[]', 'Odd.get price', 'Odd.42', 'Odd.with-dash', 'Odd.toString', 'Odd.__proto__'],
  ...['Odd[Symbol.hasInstance]', 'Odd.prepare', 'Odd[Symbol.species]'],
].map((name) => span(name));

const use = (Odd: ReturnType<typeof declare>): unknown[] => {
  const odd = new Odd() as unknown as Indexed;
  const made = Odd as unknown as Indexed;
  return [
    ...members.map((key) => (odd[key] as () => unknown)()),
    ...statics.map((key) => (made[key] as () => unknown)()),
    made[Symbol.species],
  ];
};
const values = ['tag', 'nameless', 'price', '42', 'dash', 'odd', 'proto', false, 'prepared', 'species'];

test.each(['before', 'after'])('all are told, of a class that appears %s bootstrap()', async (when) => {
  if (when === 'after') recorded.start();
  const Odd = declare();
  expect(Odd.ready).toEqual(['prepared']);
  new Odd();
  const written = when === 'before' ? snapshot(Odd) : undefined;
  const seen = (): unknown[] => [
    ...members.map((key) => outside(Odd.prototype, key)),
    ...statics.map((key) => outside(Odd, key)),
    outside(Odd, Symbol.species),
  ];
  const before = seen();
  if (when === 'before') recorded.start();
  await Promise.resolve();
  // In the standard dialect static methods are told from the static initializers on.
  const early = (await recorded.trees()).length;
  expect(early).toBe(when === 'after' && dialect === 'standard' ? 1 : 0);
  expect(use(Odd)).toEqual(values);
  expect((await recorded.trees()).slice(early)).toEqual(expected);
  expect(seen()).toEqual(before);
  expect(await recorded.faults()).toEqual([]);
  await recorded.stop();
  if (written !== undefined) expect(snapshot(Odd)).toEqual(written);
  expect(use(Odd)).toEqual(values);
});

test('a method kept in a static field, or given by Object.assign, is no member of the class', async () => {
  @Counted('members.class')
  class Fielded {
    static field = (): string => 'field';
    declare mixed: () => string;
    run(): string {
      return 'ran';
    }
  }
  Object.assign(Fielded.prototype, { mixed: () => 'mixed' });
  recorded.start();
  const fielded = new Fielded();
  expect([Fielded.field(), fielded.run(), fielded.mixed()]).toEqual(['field', 'ran', 'mixed']);
  expect(await recorded.points('members.class')).toEqual([
    [{ 'code.function.name': 'Fielded.mixed' }, 1],
    [{ 'code.function.name': 'Fielded.run' }, 1],
  ]);
});
