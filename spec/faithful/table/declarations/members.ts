/**
 * Members of one class: instance and static, by name and by symbol, methods and getters.
 */
import { holding } from '../annotate.js';
import { type Declaration, onInstance } from './declaration.js';

const symbol = Symbol('run');
const computed = `computed ${'name'}`;

export const members: readonly Declaration[] = [
  {
    name: 'an instance method',
    layers: ['Instance.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Instance {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      return onInstance(Instance);
    },
  },
  {
    name: 'a static method',
    layers: ['Static.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Static {
        @member
        @holding(body)
        static run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      return { self: Static, invoke: (args) => Static.run(...args), places: [[Static, 'run']], classes: [Static] };
    },
  },
  {
    name: 'a method named by a symbol',
    layers: ['Symbolic[run]'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Symbolic {
        @member
        @holding(body)
        [symbol](..._args: unknown[]): unknown {
          return undefined;
        }
      }
      const self = new Symbolic();
      const places = [[Symbolic.prototype, symbol]] as const;
      return { self, invoke: (args) => self[symbol](...args), places, classes: [Symbolic] };
    },
  },
  {
    name: 'a method with a computed name',
    layers: ['Computed.computed name'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Computed {
        @member
        @holding(body)
        [computed](..._args: unknown[]): unknown {
          return undefined;
        }
      }
      const self = new Computed() as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
      const places = [[Computed.prototype, computed]] as const;
      return { self, invoke: (args) => self[computed]?.(...args), places, classes: [Computed] };
    },
  },
  {
    name: 'a method called on something else',
    layers: ['Detached.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Detached {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      const self = {};
      new Detached();
      return {
        ...onInstance(Detached),
        self,
        invoke: (args) => Reflect.apply(Detached.prototype.run, self, args),
      };
    },
  },
  {
    name: 'a method called on nothing',
    layers: ['Strict.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Strict {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      return {
        ...onInstance(Strict),
        self: undefined,
        invoke(args) {
          const { run } = Strict.prototype;
          return run(...args);
        },
      };
    },
  },
  {
    name: 'a getter',
    layers: ['Getting.run'],
    on: 'member',
    getter: true,
    declare(body, { member }) {
      class Getting {
        @member
        @holding(body)
        get run(): unknown {
          return undefined;
        }
        set run(_value: unknown) {}
      }
      const self = new Getting();
      return { self, invoke: () => self.run, places: [[Getting.prototype, 'run']], classes: [Getting] };
    },
  },
  {
    name: 'a static getter',
    layers: ['StaticGetting.run'],
    on: 'member',
    getter: true,
    declare(body, { member }) {
      // biome-ignore lint/complexity/noStaticOnlyClass: it is what is tested
      class StaticGetting {
        @member
        @holding(body)
        static get run(): unknown {
          return undefined;
        }
      }
      const classes = [StaticGetting];
      return { self: StaticGetting, invoke: () => StaticGetting.run, places: [[StaticGetting, 'run']], classes };
    },
  },
  {
    name: 'an accessor field',
    layers: ['Accessing.run'],
    on: 'member',
    getter: true,
    declare(body, { member }) {
      class Accessing {
        @member
        @holding(body)
        accessor run: unknown = undefined;
      }
      const self = new Accessing();
      return { self, invoke: () => self.run, places: [[Accessing.prototype, 'run']], classes: [Accessing] };
    },
  },
  {
    name: 'a method that is written out',
    layers: ['Written.run'],
    on: 'either',
    plain: true,
    declare(body, { member, owner }) {
      @owner()
      class Written {
        @member
        run(...args: unknown[]): unknown {
          return Reflect.apply(body, this, args);
        }
      }
      return onInstance(Written);
    },
  },
];
