/**
 * Methods that somebody else has a hand in: other decorators, other classes in the place of theirs, proxies, spies,
 * frozen and sealed classes.
 */
import { otherDecorator } from '../../../support/other-decorators.js';
import { type AnyDecorator, holding } from '../annotate.js';
import type { Body } from '../scenario.js';
import { type Declaration, onInstance } from './declaration.js';

type Running = new () => { run(...args: unknown[]): unknown };

const mark = Symbol('mark');

const wrapper = (method: Body): Body =>
  function wrapper(this: unknown, ...args: unknown[]): unknown {
    return Reflect.apply(method, this, args);
  };

/** Wraps the method as a library would, with something hung on the wrapper. */
const wrapped = otherDecorator((method) =>
  Object.assign(wrapper(method as Body), { [mark]: 'wrapped' }),
) as unknown as AnyDecorator;

/** Looks at the method and leaves it where it is, with something hung on it. */
const marked = otherDecorator((method) => void Object.assign(method, { [mark]: 'marked' })) as unknown as AnyDecorator;

/** Puts a subclass in the place of the class. */
const extended = ((target: Running) => class extends target {}) as unknown as <C>(target: C) => C;

export const surroundings: readonly Declaration[] = [
  {
    name: 'a method with another decorator above',
    layers: ['Above.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Above {
        @marked
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      return onInstance(Above);
    },
  },
  {
    name: 'a method with a wrapper above',
    layers: ['WrappedAbove.run'],
    on: 'either',
    plain: true,
    declare(body, { member, owner }) {
      @owner()
      class WrappedAbove {
        @wrapped
        @member
        run(...args: unknown[]): unknown {
          return Reflect.apply(body, this, args);
        }
      }
      return onInstance(WrappedAbove);
    },
  },
  {
    name: 'a method with a wrapper below',
    layers: ['WrappedBelow.run'],
    on: 'either',
    plain: true,
    declare(body, { member, owner }) {
      @owner()
      class WrappedBelow {
        @member
        @wrapped
        run(...args: unknown[]): unknown {
          return Reflect.apply(body, this, args);
        }
      }
      return onInstance(WrappedBelow);
    },
  },
  {
    name: 'a method whose class is replaced by a subclass',
    layers: ['Replaced.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @extended
      @owner()
      class Replaced {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      return onInstance(Replaced, {}, Object.getPrototypeOf(Replaced.prototype) as object);
    },
  },
  {
    name: 'a method called through a proxy of its object',
    layers: ['Proxied.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Proxied {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      const self = new Proxy(new Proxied(), {});
      return { ...onInstance(Proxied), self, invoke: (args) => self.run(...args) };
    },
  },
  {
    name: 'a method of a sealed class',
    layers: ['Sealed.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Sealed {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      const declared = onInstance(Sealed);
      Object.seal(Sealed.prototype);
      Object.seal(Sealed);
      return declared;
    },
  },
  {
    name: 'a method of a frozen class',
    layers: ['Frozen.run'],
    on: 'either',
    fixed: true,
    declare(body, { member, owner }) {
      @owner()
      class Frozen {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      const declared = onInstance(Frozen);
      Object.freeze(Frozen.prototype);
      Object.freeze(Frozen);
      return declared;
    },
  },
  {
    name: 'a method that a spy wraps for the time of a call',
    layers: ['Spied.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Spied {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      const declared = onInstance(Spied);
      return {
        ...declared,
        invoke(args) {
          const found = Object.getOwnPropertyDescriptor(Spied.prototype, 'run') as PropertyDescriptor;
          const spy = wrapper(found.value as Body);
          Object.defineProperty(Spied.prototype, 'run', { ...found, value: spy });
          try {
            return declared.invoke(args);
          } finally {
            Object.defineProperty(Spied.prototype, 'run', found);
          }
        },
      };
    },
  },
  {
    name: 'a method on a frozen object',
    layers: ['OfFrozen.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class OfFrozen {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      const self = Object.freeze(new OfFrozen());
      return { ...onInstance(OfFrozen), self, invoke: (args) => self.run(...args) };
    },
  },
];
