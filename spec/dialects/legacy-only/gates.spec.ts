/**
 * Classes of the legacy dialect that appear while telemetry runs: they are woven when all of their decorators have run,
 * and what those left on a method, or put around it, stays.
 */
import 'reflect-metadata';
import { Counted, Traced } from 'spandrel';
import { type AnyFunction, keeping, otherDecorator, wrapping } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

type AnyClass = new (...args: never[]) => object;

/** Replaces every method of the class by a function that notes its calls and calls the method. */
const wrappingAll =
  (log: string[], name: string) =>
  (target: AnyClass): void => {
    const prototype = target.prototype as Record<string, AnyFunction>;
    for (const key of Object.getOwnPropertyNames(prototype).filter((one) => one !== 'constructor')) {
      const method = prototype[key] as AnyFunction;
      const value = function (this: unknown, ...args: unknown[]): unknown {
        log.push(`${name} ${key}`);
        return Reflect.apply(method, this, args);
      };
      Object.defineProperty(prototype, key, { value, configurable: true, writable: true });
    }
  };

const marking = otherDecorator((method) => {
  Object.assign(method, { role: 'admin' });
  Reflect.defineMetadata('path', '/orders', method);
  Reflect.defineMetadata('roles', ['admin'], method);
  return undefined;
});

const marksOf = (method: object): unknown => ({
  role: (method as { role?: string }).role,
  name: (method as AnyFunction).name,
  length: (method as AnyFunction).length,
  path: Reflect.getMetadata('path', method),
  roles: Reflect.getMetadata('roles', method),
});

test('what decorators above ours leave on a method is there when it is woven, and after', async () => {
  const kept: Record<string, unknown> = {};
  const naming = otherDecorator((method) => {
    Object.defineProperty(method, 'name', { value: 'listed', configurable: true });
    return undefined;
  });
  @Traced({ exclude: ['plain'] })
  class Orders {
    @naming
    @marking
    @Traced()
    @keeping(kept, 'list')
    list(_page: number): void {}
    @marking
    @Traced()
    @keeping(kept, 'make')
    static make(): void {}
    @keeping(kept, 'plain')
    plain(): void {}
  }
  // A class decorator of others may mark what only the class annotates.
  const marks = { role: 'admin', path: '/orders', roles: ['admin'] };
  expect(marksOf(Orders.prototype.list)).toEqual({ ...marks, name: 'listed', length: 1 });
  await Promise.resolve();
  expect(Orders.prototype.list).not.toBe(kept.list);
  expect(marksOf(Orders.prototype.list)).toEqual({ ...marks, name: 'listed', length: 1 });
  expect(marksOf(Orders.make)).toEqual({ ...marks, name: 'make', length: 0 });
  await recorded.stop();
  expect([Orders.prototype.list, Orders.make, Orders.prototype.plain]).toEqual([kept.list, kept.make, kept.plain]);
  expect(marksOf(Orders.prototype.list)).toEqual({ ...marks, name: 'listed', length: 1 });
  expect(marksOf(Orders.make)).toEqual({ ...marks, name: 'make', length: 0 });
});

test('so is what a class decorator leaves on a method that the class annotation reaches, inherited or its own', async () => {
  const marked = (target: AnyClass): void => {
    const { own, fromBase } = target.prototype as Record<string, object>;
    for (const method of [own, fromBase] as object[]) Reflect.defineMetadata('path', '/all', method);
  };
  class Base {
    fromBase(): void {}
  }
  const written = Base.prototype.fromBase;
  @marked
  @Traced({ inherited: true })
  class Derived extends Base {
    own(): void {}
  }
  new Derived().own();
  new Derived().fromBase();
  expect(await recorded.trees()).toEqual([span('Derived.own'), span('Derived.fromBase')]);
  const paths = (): unknown[] =>
    [Derived.prototype.own, Derived.prototype.fromBase].map((method) => Reflect.getMetadata('path', method));
  expect(paths()).toEqual(['/all', '/all']);
  await recorded.stop();
  expect(paths()).toEqual(['/all', '/all']);
  expect(Object.hasOwn(Derived.prototype, 'fromBase')).toBe(false);
  expect(Derived.prototype.fromBase).toBe(written);
});

test.each(['in the same tick', 'later'])(
  'a class decorator that wraps the methods: one span a call, %s',
  async (when) => {
    const log: string[] = [];
    @wrappingAll(log, 'outer')
    @Counted('gates.wrapped')
    @wrappingAll(log, 'inner')
    @Traced()
    class Wrapped {
      @Traced('wrapped.a')
      a(): string {
        return 'a';
      }
      b(): string {
        return 'b';
      }
      @wrapping(log, 'own')
      c(): string {
        return 'c';
      }
    }
    if (when === 'later') await Promise.resolve();
    const wrapped = new Wrapped();
    const calls = (): string[] => [wrapped.a(), wrapped.b(), wrapped.c(), wrapped.a(), wrapped.b(), wrapped.c()];
    expect(calls()).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
    const once = ['outer a', 'inner a', 'outer b', 'inner b', 'outer c', 'inner c', 'own'];
    expect(log).toEqual([...once, ...once]);
    await Promise.resolve();
    calls();
    expect((await recorded.trees()).map(({ name, children }) => [name, children.length])).toEqual(
      [1, 2, 3, 4].flatMap(() => [
        ['wrapped.a', 0],
        ['Wrapped.b', 0],
        ['Wrapped.c', 0],
      ]),
    );
    expect((await recorded.points('gates.wrapped')).map(([, count]) => count)).toEqual([4, 4, 4]);
    await recorded.stop();
    log.length = 0;
    expect(calls()).toHaveLength(6);
    expect(log).toEqual([...once, ...once]);
    expect(await recorded.spans()).toHaveLength(12);
  },
);

test('a class that is frozen by another decorator is woven all the same, and works bare after', async () => {
  const frozen = (target: AnyClass): void => void Object.freeze(target.prototype);
  @frozen
  @Traced()
  class Frozen {
    run(): string {
      return 'ran';
    }
  }
  await Promise.resolve();
  expect(new Frozen().run()).toBe('ran');
  expect(await recorded.trees()).toEqual([span('Frozen.run')]);
  await recorded.stop();
  expect(new Frozen().run()).toBe('ran');
  expect(await recorded.spans()).toHaveLength(1);
  recorded.start();
  expect(new Frozen().run()).toBe('ran');
  expect(await recorded.trees()).toEqual([span('Frozen.run')]);
});

test('a gate that somebody puts back after the class was woven without it is woven then', async () => {
  class Late {
    @Traced()
    run(): string {
      return 'ran';
    }
  }
  const gate = Object.getOwnPropertyDescriptor(Late.prototype, 'run') as PropertyDescriptor;
  Late.prototype.run = () => 'spied';
  await Promise.resolve();
  expect(new Late().run()).toBe('spied');
  Object.defineProperty(Late.prototype, 'run', gate);
  expect([new Late().run(), new Late().run()]).toEqual(['ran', 'ran']);
  // What stood there when the class was woven is told as well.
  expect(await recorded.trees()).toEqual([span('Late.run'), span('Late.run'), span('Late.run')]);
});
