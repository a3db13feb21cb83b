/**
 * What an annotation on a class reaches of the methods it inherits, and what becomes of them.
 */
import { Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('inherited reaches the methods of bases, but not those a base annotates or the language brings', async () => {
  const hidden: string = 'hidden';
  class Root extends Array<number> {
    fromRoot(): void {}
    [hidden](): void {}
  }
  class Base extends Root {
    fromBase(): void {}
    @Traced('base.own')
    annotated(): void {}
    overridden(): void {}
    static make(): void {}
  }
  @Traced({ inherited: true })
  class Derived extends Base {
    own(): void {}
    override overridden(): void {
      super.overridden();
    }
    get [hidden](): () => void {
      return () => undefined;
    }
  }
  class Between extends Root {
    get [hidden](): () => void {
      return () => undefined;
    }
  }
  @Traced({ inherited: true, include: [hidden] })
  class Lower extends Between {}
  (new Lower() as unknown as Record<string, () => void>).hidden?.();
  const derived = new Derived();
  derived.fromRoot();
  (derived as unknown as Record<string, () => void>).hidden?.();
  derived.fromBase();
  derived.annotated();
  derived.overridden();
  derived.own();
  derived.push(1);
  Derived.make();
  new Base().fromBase();
  expect(await recorded.trees()).toEqual([
    span('Derived.fromRoot'),
    span('Derived.fromBase'),
    span('base.own', { at: 'Base.annotated' }),
    span('Derived.overridden'),
    span('Derived.own'),
    span('Derived.make'),
  ]);
  expect(recorded.faults()).toEqual([]);
  await recorded.stop();
  expect(Object.getOwnPropertyNames(Derived.prototype)).toEqual(['constructor', 'own', 'overridden', 'hidden']);
  expect(Object.getOwnPropertyNames(Derived)).not.toContain('make');
});

test('what is inherited is found at each call: a base may be given another method while it is woven', async () => {
  class Base {
    run(): string {
      return 'run';
    }
    static make(): string {
      return 'make';
    }
    gone(): void {}
  }
  @Traced({ inherited: true })
  class Derived extends Base {}
  const derived = new Derived();
  expect([derived.run(), Derived.make()]).toEqual(['run', 'make']);
  Base.prototype.run = function (this: unknown) {
    return this === derived ? 'patched run' : 'another';
  };
  Base.make = function (this: unknown) {
    return this === Derived ? 'patched make' : 'another';
  };
  expect([derived.run(), Derived.make()]).toEqual(['patched run', 'patched make']);
  Base.prototype.run = function* () {
    yield 'step';
  } as never;
  expect([...derived.run()]).toEqual(['step']);
  Reflect.deleteProperty(Base.prototype, 'gone');
  expect(() => derived.gone()).toThrow(TypeError);
  expect((await recorded.trees()).map(({ name }) => name)).toEqual([
    'Derived.run',
    'Derived.make',
    'Derived.run',
    'Derived.make',
    'Derived.run',
  ]);
  expect(recorded.faults()).toEqual([]);
  await recorded.stop();
  expect([...derived.run()]).toEqual(['step']);
  expect(Object.hasOwn(Derived.prototype, 'run')).toBe(false);
});

test('a class alone does not reach what it inherits', async () => {
  class Base {
    fromBase(): void {}
  }
  @Traced()
  class Derived extends Base {}
  new Derived().fromBase();
  expect(await recorded.trees()).toEqual([]);
});

test('a long chain of classes that all take in what they inherit is planned level by level', async () => {
  let Level: new () => object = class Root {
    shared(): void {}
  };
  for (let depth = 0; depth < 25; depth += 1) {
    @Traced({ inherited: true, prefix: 'chain' })
    class Deeper extends Level {
      [`own${depth}`](): void {}
    }
    Level = Deeper;
  }
  const last = new Level() as Record<string, () => void>;
  for (const name of ['own0', 'own24', 'shared']) last[name]?.();
  expect((await recorded.spans()).map(({ name }) => name)).toEqual(['chain.own0', 'chain.own24', 'chain.shared']);
});
