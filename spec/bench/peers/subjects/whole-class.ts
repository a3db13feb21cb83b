/**
 * A class that is annotated as a whole. Its getter must not be run by that: on a prototype it has no instance to read.
 */
import { annotatedClass } from './annotated.js';

export const symbolName = Symbol('named by a symbol');

/** How often the getter was run. */
export const reads = { count: 0 };

class Base {
  inherited(): number {
    return 1;
  }
}

@annotatedClass
export class WholeClass extends Base {
  static fixed(): number {
    return 2;
  }

  plain(): number {
    return 3;
  }

  [symbolName](): number {
    return 4;
  }

  get size(): number {
    reads.count += 1;
    return this.plain();
  }
}
