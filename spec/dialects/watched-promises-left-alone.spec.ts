/**
 * What is not watched of promises that are more than promises: the ones that take nothing more, or have no `then` to
 * call, and on those that are watched, whatever is no method of their class.
 */
import { runInNewContext } from 'node:vm';
import { trace } from '@opentelemetry/api';
import { Counted, InFlight, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Maker {
  @Traced()
  @Counted('maker.given')
  @InFlight('maker.open')
  give<T>(value: T): T {
    return value;
  }
}

class Sub<T> extends Promise<T> {
  more(): string {
    return 'more';
  }
}

const maker = new Maker();
const given = span('Maker.give');
const open = () => recorded.points('maker.open');
const ownOf = (promise: object) => Object.getOwnPropertyNames(promise).sort();

/** A promise of a class with these on its prototype. */
function subWith(...properties: [name: string, property: PropertyDescriptor][]): Sub<number> {
  class Own<T> extends Sub<T> {}
  for (const [name, property] of properties) Object.defineProperty(Own.prototype, name, property);
  return new Own((resolve) => resolve(1));
}

test('sixteen calls watch one promise, the seventeenth ends as it returns', async () => {
  const sub = Sub.resolve(1);
  for (let i = 1; i <= 16; i += 1) {
    maker.give(sub);
    expect(await open()).toEqual([[{}, i]]);
  }
  expect(await recorded.trees()).toEqual([]);
  expect(maker.give(sub)).toBe(sub);
  expect(await open()).toEqual([[{}, 16]]);
  expect(await recorded.trees()).toEqual([given]);
  expect(await sub).toBe(1);
  expect(await open()).toEqual([[{}, 0]]);
  expect(await recorded.points('maker.given')).toEqual([[{}, 17]]);
});

test.each([
  ['that is frozen', () => Object.freeze(Sub.resolve(1))],
  ['that takes nothing more', () => Object.preventExtensions(Sub.resolve(1))],
  [
    'that takes nothing more, with a then of its own',
    () => {
      const then = { value: Promise.prototype.then, configurable: true, writable: true };
      return Object.preventExtensions(Object.defineProperty(Promise.resolve(1), 'then', then));
    },
  ],
  ['with a then that is there to stay', () => Object.defineProperty(Sub.resolve(1), 'then', { value: () => 1 })],
  ['with something else under then', () => subWith(['then', { value: 1 }])],
  ['with a then that is read', () => subWith(['then', { get: () => undefined }])],
  [
    'with a method that can’t be looked at',
    () => {
      const { proxy, revoke } = Proxy.revocable(() => 1, {});
      revoke();
      return subWith(['closed', { value: proxy }]);
    },
  ],
])('one %s ends as it is returned, once', async (_, make) => {
  const promise = make();
  const before = ownOf(promise);
  expect(maker.give(promise)).toBe(promise);
  expect(await open()).toEqual([[{}, 0]]);
  expect(await recorded.trees()).toEqual([given]);
  expect(ownOf(promise)).toEqual(before);
  expect(await recorded.points('maker.given')).toEqual([[{}, 1]]);
  expect(recorded.faults()).toEqual([]);
});

test('data, getters and classes on a prototype are no methods, and hinder nothing', async () => {
  class Model {}
  const sub = subWith(['size', { get: () => 3 }], ['kind', { value: 'own' }], ['Model', { value: Model }]);
  expect(maker.give(sub)).toBe(sub);
  expect(ownOf(sub)).toEqual(['more', 'then']);
  const { size, kind, Model: got } = sub as unknown as { size: number; kind: string; Model: typeof Model };
  expect([size, kind, got]).toEqual([3, 'own', Model]);
  expect(new got()).toBeInstanceOf(Model);
  expect(await recorded.trees()).toEqual([]);
  expect(await sub).toBe(1);
  expect(await recorded.trees()).toEqual([given]);
});

test('a constructor is never covered, be it a function', async () => {
  function Old(executor: (resolve: (value: number) => void) => void): unknown {
    return Reflect.construct(Promise, [executor], Old);
  }
  Object.setPrototypeOf(Old, Promise);
  Object.setPrototypeOf(Old.prototype, Promise.prototype);
  const old = maker.give(Reflect.construct(Old, [(resolve: (value: number) => void) => resolve(1)]) as Promise<number>);
  expect(old.constructor).toBe(Old);
  expect(ownOf(old)).toEqual(['then']);
  expect(old.then(String)).toBeInstanceOf(Old);
  expect(await old).toBe(1);
  expect(await recorded.trees()).toEqual([given]);
});

test('of a promise of another realm only the then, and what its class adds', async () => {
  const foreign = runInNewContext('Promise.resolve(1)') as Promise<number>;
  const more = runInNewContext(
    '(class extends Promise { more() { return this.then((value) => value + 1); } }).resolve(1)',
  );
  expect(maker.give(foreign)).toBe(foreign);
  expect(ownOf(foreign)).toEqual(['then']);
  expect(maker.give(more)).toBe(more);
  expect(ownOf(more)).toEqual(['more', 'then']);
  expect(await recorded.trees()).toEqual([]);
  expect(await foreign.catch(() => 0)).toBe(1);
  expect(await recorded.trees()).toEqual([given]);
  expect(await (more as Sub<number>).more()).toBe(2);
  expect(await recorded.trees()).toEqual([given, given]);
});

test('where somebody has replaced the language’s then it is still the language’s promise', async () => {
  const { then } = Promise.prototype;
  const sub = Sub.resolve(1);
  const replaced = function (this: Promise<unknown>, ...handlers: never[]): unknown {
    return Reflect.apply(then, this, handlers);
  };
  Object.defineProperty(Promise.prototype, 'then', { value: replaced, configurable: true, writable: true });
  try {
    maker.give(sub);
  } finally {
    Object.defineProperty(Promise.prototype, 'then', { value: then, configurable: true, writable: true });
  }
  expect(ownOf(sub)).toEqual(['more', 'then']);
  expect(await recorded.trees()).toEqual([]);
  expect(await sub).toBe(1);
  expect(await recorded.trees()).toEqual([given]);
});

test('a method that somebody kept is after the call what it was', async () => {
  class Looking<T> extends Promise<T> {
    look(): string | undefined {
      return trace.getActiveSpan()?.spanContext().spanId;
    }
  }
  const looking = maker.give(new Looking<number>((resolve) => resolve(1)));
  const { look } = looking;
  const inside = Reflect.apply(look, looking, []);
  expect(await looking).toBe(1);
  const [ended] = await recorded.spans();
  expect(inside).toBe(ended?.spanContext().spanId);
  expect(Reflect.apply(look, looking, [])).toBeUndefined();
  expect(await recorded.points('maker.given')).toEqual([[{}, 1]]);
});
