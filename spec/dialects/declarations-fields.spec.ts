/**
 * Fields with `useDefineForClassFields` on and off: what a field does to an annotated member of its base is what it does to
 * one without annotations. Compiled by TypeScript in the test.
 */
import { byTypeScript } from '../support/compiled.js';
import { dialect } from '../support/dialect.js';
import { recorded, span } from '../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

/** `annotated` puts the annotations in, or leaves the classes bare. */
const source = (annotated: boolean, gauge: string): string =>
  `
  import { Counted, Gauged, Traced } from 'spandrel';
  class Base {
    held = 1;
    label = 'base';
    @Traced() method() { return 'method ' + this.label; }
    @Traced() static make() { return 'made'; }
    @Traced() get level() { return this.held; }
    set level(value) { this.held = value * 10; }
    @Counted('fields.counted') replaced() { return 'replaced'; }
    @Gauged('${gauge}') gauge() { return this.held; }
    early = this.method();
  }
  class Derived extends Base {
    label = 'derived';
    level = 5;
    replaced = () => 'field';
    later;
    calls = this.method();
    #own = this.replaced();
    own() { return this.#own; }
    static made = Derived.make();
  }
  const keysOf = (one) => Object.getOwnPropertyNames(one).sort();
  const flagsOf = (one, key) => {
    const found = Object.getOwnPropertyDescriptor(one, key);
    return found && [found.writable, found.enumerable, found.configurable];
  };
  export const kept = [];
  export const seen = () => {
    const [base, derived] = [new Base(), new Derived()];
    kept.push(base, derived);
    base.level = 3;
    derived.level = 4;
    return [
      [base.method(), base.level, base.replaced(), base.early, keysOf(base)],
      [derived.method(), derived.level, derived.held, derived.replaced(), derived.early, derived.calls, derived.own()],
      [keysOf(derived), flagsOf(derived, 'level'), flagsOf(derived, 'replaced'), Derived.made, Derived.make()],
      [keysOf(Base.prototype), keysOf(Derived.prototype), flagsOf(Base.prototype, 'method')],
    ];
  };
`.replace(annotated ? / {4}(?=@)/g : /@\w+\([^)]*\) ?/g, annotated ? '    ' : '');

interface Fixture {
  seen(): unknown[];
  readonly kept: unknown[];
}

test.each([true, false])('useDefineForClassFields: %s', async (useDefineForClassFields) => {
  const gauge = `fields.held.${useDefineForClassFields}`;
  const compile = (annotated: boolean): Fixture =>
    byTypeScript<Fixture>(source(annotated, gauge), { useDefineForClassFields });
  const bare = compile(false).seen();
  // The two ways differ in this: a field hides an accessor of the base, or is written through it.
  expect(bare[1]).toEqual([
    ...['method derived', useDefineForClassFields ? 4 : 40, useDefineForClassFields ? 1 : 40],
    ...['field', 'method base', 'method derived', 'field'],
  ]);

  const { seen, kept } = compile(true);
  expect(seen()).toEqual(bare);
  // Instances made before are known to gauges in the standard dialect alone.
  if (dialect === 'legacy') kept.splice(0);
  recorded.start();
  expect(seen()).toEqual(bare);
  const late = compile(true);
  await Promise.resolve();
  expect(late.seen()).toEqual(bare);
  expect(await recorded.points('fields.counted')).toEqual([[{}, 2]]);

  const method = span('Base.method');
  const level = span('Base.level');
  const once = [
    // Two constructions: the base's early call, that of the base inside the derived, and the derived's own.
    ...[method, method, method],
    ...[method, level, method, ...(useDefineForClassFields ? [] : [level])],
    span('Base.make'),
  ];
  // The static initializer of a class that appears late calls a woven method of its base.
  const early = span('Base.make');
  expect(sorted(await recorded.trees())).toEqual(sorted([...once, ...once, early]));
  const held = [...kept, ...late.kept].reduce<number>((sum, one) => sum + (one as { held: number }).held, 0);
  expect(await recorded.points(gauge)).toEqual([[{}, held]]);

  await recorded.stop();
  expect(seen()).toEqual(bare);
});

const sorted = (trees: readonly { readonly name: string }[]): unknown[] =>
  [...trees].sort((a, b) => (a.name < b.name ? -1 : 1));
