/**
 * What others do to a class while it is woven stays when it is given back; and methods that a class has from elsewhere:
 * copied from another that is told, or from a base that is only watched for its gauges.
 */
import { Gauged, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

test('a method that was deleted stays so, and a side of an accessor that was replaced', async () => {
  const declare = () => {
    class Sized {
      kept = 1;
      @Traced()
      get size(): number {
        return this.kept;
      }
      set size(value: number) {
        this.kept = value;
      }
      @Traced()
      run(): void {}
      @Traced()
      other(): void {}
    }
    new Sized();
    return Sized;
  };
  const [Read, Written] = [declare(), declare()];
  const { other } = Read.prototype;
  recorded.start();
  Reflect.deleteProperty(Read.prototype, 'run');
  Object.defineProperty(Read.prototype, 'size', { get: () => 5 });
  Object.defineProperty(Written.prototype, 'size', {
    set(this: { kept: number }, value: number) {
      this.kept = value * 10;
    },
  });
  await recorded.stop();
  expect(Object.hasOwn(Read.prototype, 'run')).toBe(false);
  expect(Read.prototype.other).toBe(other);
  expect(new Read().size).toBe(5);
  const written = new Written();
  written.size = 2;
  expect(written.size).toBe(20);
  expect(await recorded.spans()).toEqual([]);
});

test('a base’s method that is told already, a copy from another class, is told once', async () => {
  class Mixin {
    @Traced()
    shared(): string {
      return 'shared';
    }
  }
  new Mixin();
  recorded.start();
  class Base {
    declare shared: () => string;
  }
  Base.prototype.shared = Mixin.prototype.shared;
  @Traced({ inherited: true })
  class Derived extends Base {
    own(): void {}
  }
  await Promise.resolve();
  expect(new Derived().shared()).toBe('shared');
  expect(await recorded.trees()).toEqual([span('Mixin.shared')]);
});

test('a base’s method that is watched for instances alone is told where a subclass takes it in', async () => {
  class Base {
    @Gauged('meanwhile.size')
    size(): number {
      return 2;
    }
    touch(): void {}
  }
  @Traced({ inherited: true })
  class Derived extends Base {}
  const derived = new Derived();
  recorded.start();
  derived.touch();
  expect(await recorded.trees()).toEqual([span('Derived.touch')]);
  expect(await recorded.points('meanwhile.size')).toEqual([[{}, 2]]);
});

test('what a base does not have any more fails at each call as it would have', async () => {
  class Base {
    run(): string {
      return 'ran';
    }
  }
  @Traced({ inherited: true })
  class Derived extends Base {}
  const derived = new Derived();
  recorded.start();
  expect(derived.run()).toBe('ran');
  Reflect.deleteProperty(Base.prototype, 'run');
  for (let i = 0; i < 2; i += 1) expect(() => derived.run()).toThrow(TypeError);
  expect(await recorded.trees()).toEqual([span('Derived.run')]);
});
