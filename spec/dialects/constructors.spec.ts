/**
 * Functions that can be called with `new`: what stands in for them can, too, and for no other, whether telemetry is on or off.
 */
import { Traced, traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

type Constructor = new (...args: unknown[]) => { readonly given: unknown };

class Written {
  readonly given: unknown;
  readonly target: unknown;
  constructor(given: unknown) {
    this.given = given;
    this.target = new.target;
  }
}

/** As it was done before there were classes: nothing leads from the prototype back to the function. */
function Old(this: { given: unknown }, given: unknown): void {
  this.given = given;
}
Old.prototype = { old: true };

const constructors: readonly (readonly [string, Constructor])[] = [
  ['a class', Written],
  ['a function with a prototype of its own', Old as unknown as Constructor],
  ['a bound class', Written.bind(undefined) as unknown as Constructor],
  ['a bound function', Old.bind(undefined as never) as unknown as Constructor],
];

const prototypeOf = (value: object): unknown => Object.getPrototypeOf(value) as unknown;

const same = (made: Constructor, original: Constructor): void => {
  const [built, expected] = [new made(5), new original(5)];
  expect(built).toEqual(expected);
  expect(prototypeOf(built)).toBe(prototypeOf(expected));
  expect([built instanceof made, expected instanceof made, {} instanceof made]).toEqual([true, true, false]);
  expect(new Set(Reflect.ownKeys(made))).toEqual(new Set(Reflect.ownKeys(original)));
  expect([made.name, made.length]).toEqual([original.name, original.length]);
};

describe.each(constructors)('%s', (_, original) => {
  test('stays a constructor in traced()', () => {
    const made = traced('made', original as never) as unknown as Constructor;
    same(made, original);
    recorded.start();
    same(made, original);
  });

  test('stays a constructor as a callback', async () => {
    class Calling {
      @Traced({ callback: 'last' })
      with(callback: unknown): unknown {
        return callback;
      }
    }
    recorded.start();
    const given = new Calling().with(original) as Constructor;
    expect(given).not.toBe(original);
    same(given, original);
  });
});

test('so does a proxy of one', () => {
  const proxy = new Proxy(Written, {});
  same(traced('made', proxy as never) as unknown as Constructor, proxy);
});

test('one that is built by a subclass of its stand-in is told of the subclass', () => {
  const made = traced('made', Written as never) as unknown as typeof Written;
  class Extended extends made {}
  const extended = new Extended(1);
  expect([extended.target, extended.given, extended instanceof Written]).toEqual([Extended, 1, true]);
  expect(new made(1).target).toBe(Written);
});

const none: readonly (readonly [string, (...args: never[]) => unknown])[] = [
  ['an arrow function', () => 1],
  ['a method', { run: () => 1, method(): void {} }.method],
  ['a bound method', { method(): void {} }.method.bind(undefined)],
  ['an async function', async () => 1],
  [
    'a generator function',
    function* steps() {
      yield 1;
    },
  ],
  ['an arrow function with a prototype', Object.assign(() => 1, { prototype: {} })],
];

test.each(none)('%s does not become one', (_, original) => {
  const made = traced('made', original as never);
  expect(() => Reflect.construct(made, [])).toThrow(TypeError);
  expect(new Set(Reflect.ownKeys(made))).toEqual(new Set(Reflect.ownKeys(original)));
});

test('nothing of a function is run or read to find out, and calls are told', async () => {
  const read: PropertyKey[] = [];
  const watching = new Proxy(Written, {
    construct: () => {
      throw new Error('constructed');
    },
    get: (target, key) => {
      read.push(key);
      return Reflect.get(target, key) as unknown;
    },
  });
  const hidden = Object.defineProperty(() => 7, 'prototype', {
    get: () => {
      throw new Error('read');
    },
  });
  traced('watching', watching as never);
  // It asks what the function is called.
  expect(read.filter((key) => key !== 'name')).toEqual([]);
  recorded.start();
  expect(traced('hidden', hidden)()).toBe(7);
  expect(traced('bound', Old.bind({ given: 0 }) as () => void)()).toBeUndefined();
  expect(await recorded.trees()).toEqual([span('hidden'), span('bound', { at: 'bound Old' })]);
});
