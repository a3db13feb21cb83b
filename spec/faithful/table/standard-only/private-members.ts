/**
 * Members that only the standard dialect can have annotated: `#private` ones.
 */
import { holding } from '../annotate.js';
import { type Declaration, onInstance } from '../declarations/declaration.js';

export const privateMembers: readonly Declaration[] = [
  {
    name: 'a private method',
    layers: ['Private.#run'],
    on: 'member',
    declare(body, { member }) {
      class Private {
        @member
        @holding(body)
        #run(..._args: unknown[]): unknown {
          return undefined;
        }
        run(...args: unknown[]): unknown {
          return this.#run(...args);
        }
      }
      return onInstance(Private);
    },
  },
  {
    name: 'a private static method',
    layers: ['PrivateStatic.#run'],
    on: 'member',
    declare(body, { member }) {
      // biome-ignore lint/complexity/noStaticOnlyClass: it is what is tested
      class PrivateStatic {
        @member
        @holding(body)
        static #run(..._args: unknown[]): unknown {
          return undefined;
        }
        static run(...args: unknown[]): unknown {
          return PrivateStatic.#run(...args);
        }
      }
      return {
        self: PrivateStatic,
        invoke: (args) => PrivateStatic.run(...args),
        places: [[PrivateStatic, 'run']],
        classes: [PrivateStatic],
      };
    },
  },
  {
    name: 'a private getter',
    layers: ['PrivateGetting.#run'],
    on: 'member',
    getter: true,
    declare(body, { member }) {
      class PrivateGetting {
        @member
        @holding(body)
        get #run(): unknown {
          return undefined;
        }
        run(): unknown {
          return this.#run;
        }
      }
      return onInstance(PrivateGetting);
    },
  },
  {
    name: 'a private accessor field',
    layers: ['PrivateAccessing.#run'],
    on: 'member',
    getter: true,
    declare(body, { member }) {
      class PrivateAccessing {
        @member
        @holding(body)
        accessor #run: unknown = undefined;
        run(): unknown {
          return this.#run;
        }
      }
      return onInstance(PrivateAccessing);
    },
  },
];
