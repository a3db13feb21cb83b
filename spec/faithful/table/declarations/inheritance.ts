/**
 * Methods that come from another class: bases, abstract ones, mixins, overrides.
 */
import { holding } from '../annotate.js';
import { type Declaration, onInstance } from './declaration.js';

type Constructor = new () => object;
type Running = new () => { run(...args: unknown[]): unknown };

export const inheritance: readonly Declaration[] = [
  {
    name: 'a method of a base class',
    layers: ['Base.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Base {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      class Derived extends Base {}
      return onInstance(Derived, { classes: [Base, Derived] }, Base.prototype);
    },
  },
  {
    name: 'a static method called on a subclass',
    layers: ['StaticBase.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class StaticBase {
        @member
        @holding(body)
        static run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      class StaticDerived extends StaticBase {}
      return {
        self: StaticDerived,
        invoke: (args) => StaticDerived.run(...args),
        places: [[StaticBase, 'run']],
        classes: [StaticBase, StaticDerived],
      };
    },
  },
  {
    name: 'a method that a class takes in from its base',
    layers: ['Taking.run'],
    on: 'class',
    declare(body, { owner }) {
      class Plain {
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      @owner(true)
      class Taking extends Plain {}
      return onInstance(Taking, { classes: [Plain, Taking] }, Plain.prototype);
    },
  },
  {
    name: 'a method of an abstract class',
    layers: ['Abstract.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      abstract class Abstract {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return this.other();
        }
        abstract other(): unknown;
      }
      class Concrete extends Abstract {
        other(): unknown {
          return undefined;
        }
      }
      return onInstance(Concrete, { classes: [Abstract, Concrete] }, Abstract.prototype);
    },
  },
  {
    name: 'a method of a mixin',
    layers: ['Mixed.run'],
    on: 'either',
    declare(body, { member, owner }) {
      const mixin = (base: Constructor): Running => {
        @owner()
        class Mixed extends base {
          @member
          @holding(body)
          run(..._args: unknown[]): unknown {
            return undefined;
          }
        }
        return Mixed;
      };
      class Base {
        readonly base = true;
      }
      const WithRun = mixin(Base);
      class Whole extends WithRun {}
      return onInstance(Whole, { classes: [Base, WithRun, Whole] }, WithRun.prototype as object);
    },
  },
  {
    name: 'an override that calls super, both annotated',
    layers: ['Over.run', 'Under.run'],
    on: 'either',
    plain: true,
    declare(body, { member, owner }) {
      @owner()
      class Under {
        @member
        @holding(body)
        run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      @owner()
      class Over extends Under {
        @member
        override run(...args: unknown[]): unknown {
          return super.run(...args);
        }
      }
      const places = [Under, Over].map(({ prototype }) => [prototype, 'run'] as const);
      return onInstance(Over, { places, classes: [Under, Over] });
    },
  },
  {
    name: 'an override that does not call super, both annotated',
    layers: ['Override.run'],
    on: 'either',
    declare(body, { member, owner }) {
      @owner()
      class Overridden {
        @member
        run(..._args: unknown[]): unknown {
          throw new Error('overridden');
        }
      }
      @owner()
      class Override extends Overridden {
        @member
        @holding(body)
        override run(..._args: unknown[]): unknown {
          return undefined;
        }
      }
      return onInstance(Override, { classes: [Overridden, Override] });
    },
  },
];
